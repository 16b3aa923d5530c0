package dev.scientist.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a SQL text into tokens: words in capitals, single symbols, quoted names in capitals after the mark {@code "},
 * and a placeholder for each string and number. Comments are left out. For one use by one thread.
 */
final class SqlTokens {

    /** The token for a string or a number. */
    static final String OPAQUE = "'";

    private static final String NAME = "\""; // stands before a quoted name; in MySQL that may be a string

    private final String text;
    private final SqlDialect dialect;
    private final boolean isMySql;
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private boolean isBroken;

    private SqlTokens(String text, SqlDialect dialect) {
        this.text = text;
        this.dialect = dialect;
        this.isMySql = dialect == SqlDialect.MYSQL;
    }

    /**
     * The tokens in order; null if a quote or comment has no end, in which case no database of the dialect runs the
     * text.
     */
    static @Nullable List<String> of(String text, SqlDialect dialect) {
        SqlTokens scanner = new SqlTokens(text, dialect);
        while (!scanner.isBroken && scanner.at < text.length()) {
            scanner.step();
        }
        return scanner.isBroken ? null : scanner.tokens;
    }

    /** The token at an index, or an empty text if there is none. */
    static String at(int i, List<String> tokens) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : "";
    }

    static boolean isQuotedName(String token) {
        return token.startsWith(NAME);
    }

    private void step() {
        char c = text.charAt(at);
        if (isBlank(c)) {
            at++;
        } else if (isLineComment(c)) {
            skipLine();
        } else if (c == '/' && peek(1) == '*') {
            skipComment();
        } else if (isMySql && c == '*' && peek(1) == '/') {
            at += 2; // ends a comment that is executed
        } else if (c == '\'') {
            quoted(c, isMySql);
        } else if (c == '"') {
            quoted(c, isMySql);
        } else if (c == '`') {
            quoted(c, false);
        } else if (c == '[' && dialect.quotesInBrackets()) {
            quoted(']', false);
        } else if (c == '$' && dialect == SqlDialect.STANDARD && dollarTagEnd() > 0) {
            dollarQuoted(text.substring(at, dollarTagEnd()));
        } else if (isWordStart(c)) {
            word();
        } else if (c >= '0' && c <= '9') {
            number();
        } else {
            tokens.add(String.valueOf(c));
            at++;
        }
    }

    private boolean isLineComment(char c) {
        if (c == '#') {
            return isMySql;
        }
        // MySQL needs a blank after it: 1--1 is arithmetic there.
        return c == '-' && peek(1) == '-' && (!isMySql || at + 2 >= text.length() || isBlank(peek(2)));
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipComment() {
        if (dialect.nestsComments()) {
            skipNestedComment();
            return;
        }
        int mark = peek(2) == 'M' ? 3 : 2;
        if (isMySql && peek(mark) == '!') { // MySQL and MariaDB execute its content, from a given version on
            at += mark + 1;
            while (isDigit(peek(0))) {
                at++;
            }
            return;
        }
        int end = text.indexOf("*/", at + 2);
        isBroken = end < 0;
        at = end + 2;
    }

    private void skipNestedComment() {
        int depth = 0;
        do {
            if (at + 1 >= text.length()) {
                isBroken = true;
                return;
            }
            boolean opens = text.charAt(at) == '/' && text.charAt(at + 1) == '*';
            boolean closes = text.charAt(at) == '*' && text.charAt(at + 1) == '/';
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
        } while (depth > 0);
    }

    /** Reads a string or a quoted name up to its closing quote; a doubled quote is part of it. */
    private void quoted(char quote, boolean escapes) {
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && escapes) {
                at++;
            } else if (c == quote) {
                if (peek(0) != quote) {
                    boolean isString = quote == '\'';
                    tokens.add(isString ? OPAQUE : NAME + upper(start, at - 1));
                    return;
                }
                at++;
            }
        }
        isBroken = true;
    }

    /** The index after the opening {@code $tag$} of a dollar-quoted string, or -1 if there is none here. */
    private int dollarTagEnd() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '$') {
            char c = text.charAt(end);
            boolean fits = isWordStart(c) || (isDigit(c) && end > at + 1);
            if (!fits) {
                return -1;
            }
            end++;
        }
        return end < text.length() ? end + 1 : -1;
    }

    private void dollarQuoted(String tag) {
        int end = text.indexOf(tag, at + tag.length());
        isBroken = end < 0;
        at = end + tag.length();
        tokens.add(OPAQUE);
    }

    private void word() {
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        String word = upper(start, at);
        boolean isPrefix = peek(0) == '\'';
        if (isPrefix && dialect == SqlDialect.STANDARD && word.equals("E")) { // PostgreSQL's E'...': backslashes escape
            quoted('\'', true);
        } else if (isPrefix && dialect == SqlDialect.ORACLE && (word.equals("Q") || word.equals("NQ"))) {
            quotedUntilSaid();
        } else {
            tokens.add(word);
        }
    }

    private String upper(int start, int end) {
        return text.substring(start, end).toUpperCase(Locale.ROOT);
    }

    /**
     * Reads a string of Oracle such as {@code q'[it's]'}: it ends with the partner of its first character, and a quote.
     */
    private void quotedUntilSaid() {
        int kind = "[({<".indexOf(peek(1));
        String end = (kind < 0 ? peek(1) : "])}>".charAt(kind)) + "'";
        int closed = text.indexOf(end, at + 2);
        isBroken = closed < 0;
        at = closed + 2;
        tokens.add(OPAQUE);
    }

    /** Reads a number. A word that follows without a blank is a token of its own, as in {@code LIMIT 1FOR UPDATE}. */
    private void number() {
        while (isDigit(peek(0)) || peek(0) == '.') {
            at++;
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            int digits = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
            if (isDigit(peek(digits))) {
                at += digits;
                while (isDigit(peek(0))) {
                    at++;
                }
            }
        }
        tokens.add(OPAQUE);
    }

    /** The character at a distance from the current one, or the null character after the end. */
    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && !isBlank(c));
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
