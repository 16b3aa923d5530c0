package dev.scientist.jdbc;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes statements that clearly only read from all others. This is not a parser: it knows the words with which
 * a read begins, and the words that give an effect to a statement that begins like a read. A statement that it does not
 * know is not a read.
 */
final class SqlEffects {

    private static final Set<String> READS = Set.of("SELECT", "WITH", "VALUES", "TABLE");
    private static final Set<String> LOOKS = Set.of("SHOW", "DESCRIBE", "DESC");

    /**
     * Words that have an effect anywhere in a statement. As the name of a column they must follow a dot or be quoted.
     */
    private static final Set<String> EFFECTS = Set.of(
            "INTO",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "UPSERT",
            "TRUNCATE",
            "CREATE",
            "ALTER",
            "DROP",
            "GRANT",
            "REVOKE",
            "CALL",
            "UPDLOCK",
            "XLOCK",
            "TABLOCKX",
            "HOLDLOCK");

    /** Words that begin another statement of SQL Server, which needs no semicolon between statements. */
    private static final Set<String> STATEMENTS = Set.of(
            "EXEC",
            "EXECUTE",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "SAVE",
            "DECLARE",
            "SET",
            "USE",
            "KILL",
            "SHUTDOWN",
            "DBCC",
            "BACKUP",
            "RESTORE",
            "DENY",
            "RECONFIGURE",
            "CHECKPOINT",
            "RAISERROR",
            "WAITFOR",
            "REVERT",
            "SETUSER",
            "WRITETEXT",
            "UPDATETEXT");

    /** After one of these words, and after most symbols, no statement can end: the next word is a name. */
    private static final Set<String> GO_ON = Set.of(
            "SELECT",
            "DISTINCT",
            "ALL",
            "FROM",
            "JOIN",
            "ON",
            "WHERE",
            "AND",
            "OR",
            "NOT",
            "IN",
            "LIKE",
            "BETWEEN",
            "BY",
            "HAVING",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "AS",
            "CHARACTER");

    private static final Set<String> LOCKED_FOR = Set.of("UPDATE", "SHARE", "NO", "KEY");
    private static final Set<String> EXECUTED = Set.of("EXECUTE", "EXEC", "REFRESH", "DECLARE", "SET", "DO");

    /** The statement that Spring's transaction managers send to enforce a read-only transaction. */
    private static final List<String> READ_ONLY = List.of("SET", "TRANSACTION", "READ", "ONLY");

    private SqlEffects() {}

    /**
     * Returns what gives a statement an effect: a word of its text, or a description. Null if the statement is a read
     * in each of the dialects, or cannot be run in it, and is a read in at least one.
     */
    static @Nullable String of(String text, Set<SqlDialect> dialects) {
        boolean isRead = false;
        for (SqlDialect dialect : dialects) {
            List<String> tokens = SqlTokens.of(text, dialect);
            if (tokens != null) {
                String effect = of(tokens, dialect);
                if (effect != null) {
                    return effect;
                }
                isRead = true;
            }
        }
        return isRead ? null : "a text with an open quote or comment";
    }

    private static @Nullable String of(List<String> tokens, SqlDialect dialect) {
        int end = tokens.size();
        while (end > 0 && tokens.get(end - 1).equals(";")) {
            end--;
        }
        int start = 0;
        while (start < end && tokens.get(start).equals("(")) {
            start++;
        }
        if (start == end) {
            return "an empty statement";
        }
        if (tokens.subList(start, end).equals(READ_ONLY)) {
            return null;
        }
        String effect = ofBeginning(tokens.subList(start, end));
        for (int i = start; effect == null && i < end; i++) {
            effect = at(i, tokens.subList(0, end), dialect);
        }
        return effect;
    }

    private static @Nullable String ofBeginning(List<String> tokens) {
        String first = tokens.get(0);
        if (first.equals("EXPLAIN")) {
            boolean explainsRead = tokens.stream().anyMatch(READS::contains);
            return explainsRead && tokens.stream().noneMatch(EXECUTED::contains) ? null : first;
        }
        return READS.contains(first) || LOOKS.contains(first) ? null : nameOf(first);
    }

    private static String nameOf(String token) {
        return Character.isLetter(token.charAt(0)) ? token : "what begins with " + token.charAt(0);
    }

    private static @Nullable String at(int i, List<String> tokens, SqlDialect dialect) {
        String token = tokens.get(i);
        if (token.equals(";")) {
            return "a text of several statements";
        }
        if (isAssignment(i, tokens)) {
            return "a value for a variable";
        }
        if (SqlTokens.isQuotedName(token) && isEscaped(i, tokens)) {
            return "a quoted name with escapes";
        }
        String function = SqlFunctions.calledAt(i, tokens);
        if (function != null) {
            return function;
        }
        if (SqlTokens.at(i - 1, tokens).equals(".")) {
            return null; // the word is the name of a column or a table
        }
        if (EFFECTS.contains(token)) {
            return isHarmless(i, tokens) ? null : token;
        }
        boolean begins = dialect == SqlDialect.SQL_SERVER && beginsStatement(i, tokens);
        return begins ? token : lockOrNumber(i, tokens);
    }

    private static @Nullable String lockOrNumber(int i, List<String> tokens) {
        String token = tokens.get(i);
        String next = SqlTokens.at(i + 1, tokens);
        boolean locks = switch (token) {
            case "FOR" -> LOCKED_FOR.contains(next);
            case "LOCK" -> next.equals("IN") && SqlTokens.at(i + 2, tokens).equals("SHARE");
            case "KEEP" -> next.equals("EXCLUSIVE") || next.equals("SHARE");
            default -> false;
        };
        boolean takes = token.equals("NEXT") && next.equals("VALUE");
        return locks || takes ? token + " " + next : null;
    }

    /**
     * Whether a token is the colon of an assignment to a session variable of MySQL or H2, such as {@code @x := 1}; the
     * variable outlives the statement.
     */
    private static boolean isAssignment(int i, List<String> tokens) {
        if (!tokens.get(i).equals(":") || !SqlTokens.at(i + 1, tokens).equals("=")) {
            return false;
        }
        int name = i - 1;
        while (SqlTokens.at(name - 1, tokens).equals(".")) {
            name -= 2;
        }
        return SqlTokens.at(name - 1, tokens).equals("@");
    }

    /**
     * Whether a quoted name is written as the standard's {@code U&"..."}, where letters may be given by their numbers.
     */
    private static boolean isEscaped(int i, List<String> tokens) {
        return SqlTokens.at(i - 1, tokens).equals("&")
                && SqlTokens.at(i - 2, tokens).equals("U");
    }

    private static boolean beginsStatement(int i, List<String> tokens) {
        String before = SqlTokens.at(i - 1, tokens);
        String next = SqlTokens.at(i + 1, tokens);
        boolean isHint = tokens.get(i).equals("USE") && (next.equals("INDEX") || next.equals("KEY"));
        return STATEMENTS.contains(tokens.get(i)) && !isHint && mayEnd(before);
    }

    private static boolean mayEnd(String token) {
        boolean isSymbol = token.length() == 1 && !Character.isLetterOrDigit(token.charAt(0));
        return isSymbol ? ")]}?'_\"".contains(token) : !token.isEmpty() && !GO_ON.contains(token);
    }

    /**
     * Whether a word of {@link #EFFECTS} has no effect at this place: the functions INSERT and TRUNCATE, the TRUNCATE
     * of LISTAGG, the join hint and set hint MERGE, and MySQL's SHOW CREATE.
     */
    private static boolean isHarmless(int i, List<String> tokens) {
        String before = SqlTokens.at(i - 1, tokens);
        String next = SqlTokens.at(i + 1, tokens);
        return switch (tokens.get(i)) {
            case "INSERT" -> next.equals("(");
            case "TRUNCATE" -> next.equals("(") || before.equals("OVERFLOW"); // LISTAGG
            case "MERGE" -> next.equals("JOIN") || next.equals("UNION");
            case "CREATE" -> i == 1 && before.equals("SHOW");
            default -> false;
        };
    }
}
