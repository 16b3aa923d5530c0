package dev.scientist.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes a SQL text apart as far as it takes to see its words: those in capitals, symbols one by one, quoted names behind
 * a mark, and a placeholder for strings and numbers. Comments are gone. One use, one thread.
 */
final class SqlTokens {

    /** Stands for strings and numbers. */
    static final String OPAQUE = "'";

    private static final String NAME = "\""; // before a quoted name, in capitals; in MySQL it may be a string

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

    /** The tokens in order, or null where a quote or comment has no end, so that no database would run the text. */
    static @Nullable List<String> of(String text, SqlDialect dialect) {
        SqlTokens scanner = new SqlTokens(text, dialect);
        while (!scanner.isBroken && scanner.at < text.length()) {
            scanner.step();
        }
        return scanner.isBroken ? null : scanner.tokens;
    }

    /** The token of that number, or an empty text where there is none. */
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
            at += 2; // the end of a comment that is executed
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
        // MySQL wants a blank after it: 1--1 is a sum there.
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
        if (isMySql && peek(mark) == '!') { // MySQL and MariaDB execute it, from a version on
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

    /** From quote to quote; a doubled one is part of it. */
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

    /** Where $tag$ ends, or -1 if there is none here. */
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
        if (isPrefix && dialect == SqlDialect.STANDARD && word.equals("E")) { // of PostgreSQL: backslashes escape
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

    /** A string of Oracle such as q'[it's]', which ends with the character that it begins with, and a quote. */
    private void quotedUntilSaid() {
        int kind = "[({<".indexOf(peek(1));
        String end = (kind < 0 ? peek(1) : "])}>".charAt(kind)) + "'";
        int closed = text.indexOf(end, at + 2);
        isBroken = closed < 0;
        at = closed + 2;
        tokens.add(OPAQUE);
    }

    /** What follows a number without a blank is a word of its own: LIMIT 1FOR UPDATE. */
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

    /** The character so far on, or the null character behind the end. */
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
