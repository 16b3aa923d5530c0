package dev.scientist.jdbc;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells statements that clearly only read from all others. Not a parser: it knows the words that begin a read, and the
 * words that make an effect of what begins like one. What it does not know is no read.
 */
final class SqlEffects {

    private static final Set<String> READS = Set.of("SELECT", "WITH", "VALUES", "TABLE");
    private static final Set<String> LOOKS = Set.of("SHOW", "DESCRIBE", "DESC");

    /** Have an effect wherever they stand; as the name of a column they must follow a dot, or be quoted. */
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
            "XLOCK");

    /** Functions that are known to change what others see, with or without a schema before them. */
    private static final Set<String> FUNCTIONS = Set.of(
            "NEXTVAL",
            "SETVAL",
            "GET_LOCK",
            "RELEASE_LOCK",
            "RELEASE_ALL_LOCKS",
            "PG_NOTIFY",
            "PG_CANCEL_BACKEND",
            "PG_TERMINATE_BACKEND",
            "DBLINK",
            "DBLINK_EXEC",
            "LO_EXPORT",
            "LO_IMPORT",
            "FILE_WRITE",
            "CSVWRITE",
            "LINK_SCHEMA",
            "LOAD_EXTENSION");

    private static final Set<String> LOCKED_FOR = Set.of("UPDATE", "SHARE", "NO", "KEY");
    private static final Set<String> EXECUTED = Set.of("EXECUTE", "EXEC", "REFRESH", "DECLARE", "SET", "DO");

    /** What a transaction that is only to read may begin with: Spring's managers send it where they enforce that. */
    private static final List<String> READ_ONLY = List.of("SET", "TRANSACTION", "READ", "ONLY");

    private SqlEffects() {}

    /**
     * What makes a text more than a read: a word of it, or a description. Null if every database that may be meant takes
     * it for a read or refuses to run it.
     */
    static @Nullable String of(String text, Set<SqlDialect> dialects) {
        boolean isRead = false;
        for (SqlDialect dialect : dialects) {
            List<String> tokens = SqlTokens.of(text, dialect);
            if (tokens != null) {
                String effect = of(tokens);
                if (effect != null) {
                    return effect;
                }
                isRead = true;
            }
        }
        return isRead ? null : "a text with an open quote or comment";
    }

    private static @Nullable String of(List<String> tokens) {
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
            effect = at(i, tokens, end);
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
        return Character.isLetter(token.charAt(0)) ? token : "what begins with " + token;
    }

    private static @Nullable String at(int i, List<String> tokens, int end) {
        String token = tokens.get(i);
        String next = i + 1 < end ? tokens.get(i + 1) : "";
        if (token.equals(";")) {
            return "a text of several statements";
        }
        if (FUNCTIONS.contains(token) || token.startsWith("PG_ADVISORY_") || token.startsWith("PG_TRY_ADVISORY_")) {
            return token;
        }
        if (i > 0 && tokens.get(i - 1).equals(".")) {
            return null; // a column or a table of that name
        }
        if (EFFECTS.contains(token)) {
            return isHarmless(token, next) ? null : token;
        }
        boolean locks =
                (token.equals("FOR") && LOCKED_FOR.contains(next)) || (token.equals("LOCK") && next.equals("IN"));
        boolean takes = token.equals("NEXT") && next.equals("VALUE");
        return locks || takes ? token + " " + next : null;
    }

    /** The functions INSERT and TRUNCATE of texts and numbers, and the hint for a join. */
    private static boolean isHarmless(String token, String next) {
        return switch (token) {
            case "INSERT", "TRUNCATE" -> next.equals("(");
            case "MERGE" -> next.equals("JOIN");
            default -> false;
        };
    }
}
