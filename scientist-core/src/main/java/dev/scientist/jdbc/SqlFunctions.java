package dev.scientist.jdbc;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions that are known by their name to have an effect that outlives a SELECT: they change sequences, sessions and
 * their locks, files or other servers, or execute a text that is not looked at. Every other function is assumed to only
 * read: most statements call functions, and those that users have written are as common as those of the database.
 */
final class SqlFunctions {

    private static final Set<String> NAMES = Set.of(
            // several databases
            "NEXTVAL",
            "SETVAL",
            "SET",
            // PostgreSQL
            "SET_CONFIG",
            "PG_NOTIFY",
            "PG_CANCEL_BACKEND",
            "PG_TERMINATE_BACKEND",
            "PG_RELOAD_CONF",
            "PG_ROTATE_LOGFILE",
            "PG_PROMOTE",
            "PG_EXPORT_SNAPSHOT",
            "LOWRITE",
            "LOREAD",
            // MySQL and MariaDB, and libraries that are often added to them
            "GET_LOCK",
            "RELEASE_LOCK",
            "RELEASE_ALL_LOCKS",
            "LOAD_FILE",
            "SYS_EXEC",
            "SYS_EVAL",
            "SYS_SET",
            // H2
            "FILE_WRITE",
            "CSVWRITE",
            "LINK_SCHEMA",
            "ABORT_SESSION",
            "CANCEL_SESSION",
            // SQL Server
            "OPENQUERY",
            "OPENROWSET",
            "OPENDATASOURCE",
            // Oracle
            "HTTPURITYPE",
            // SQLite
            "LOAD_EXTENSION",
            "WRITEFILE");

    private static final List<String> PREFIXES = List.of(
            "DBLINK",
            "PG_ADVISORY_",
            "PG_TRY_ADVISORY_",
            "QUERY_TO_XML",
            "TABLE_TO_XML",
            "CURSOR_TO_XML",
            "SCHEMA_TO_XML",
            "DATABASE_TO_XML",
            "PG_STAT_RESET",
            "PG_STAT_STATEMENTS_RESET",
            "PG_LOGICAL_",
            "PG_REPLICATION_",
            "PG_FILE_",
            "PG_SWITCH_",
            "PG_BACKUP_",
            "PG_START_",
            "PG_STOP_",
            "PG_CREATE_",
            "PG_DROP_",
            "PG_COPY_",
            "PG_SYNC_",
            "PG_WAL_REPLAY_",
            "PG_LOG_",
            "LO_",
            "SERVICE_GET_",
            "SERVICE_RELEASE_",
            "KEYRING_KEY_",
            "GROUP_REPLICATION_");

    /** Oracle packages whose functions only compute, as far as a query can call them. */
    private static final Set<String> PURE_PACKAGES = Set.of(
            "DBMS_LOB", "DBMS_RANDOM", "DBMS_CRYPTO", "UTL_RAW", "UTL_MATCH", "UTL_ENCODE", "UTL_URL", "UTL_I18N");

    private SqlFunctions() {}

    /** The name of the function with an effect that is called at a token, or null. */
    static @Nullable String calledAt(int i, List<String> tokens) {
        String token = tokens.get(i);
        boolean isQuoted = token.length() > 1 && SqlTokens.isQuotedName(token);
        String name = isQuoted ? token.substring(1) : token;
        int after = SqlTokens.at(i + 1, tokens).equals("]") ? i + 2 : i + 1; // the end of a name in brackets
        String next = SqlTokens.at(after, tokens);
        boolean isCalled = next.equals("(") && (isKnown(name) || setsLastId(name, after, tokens));
        boolean isSequence = name.equals("NEXTVAL")
                && (!isQuoted || SqlTokens.at(i - 1, tokens).equals("."));
        boolean isPackage = next.equals(".") && isPackage(name);
        return isCalled || isSequence || isPackage ? name : null;
    }

    private static boolean isKnown(String name) {
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /**
     * Whether MySQL's {@code LAST_INSERT_ID} is called with an argument, which sets it; without one it is only read.
     */
    private static boolean setsLastId(String name, int open, List<String> tokens) {
        return name.equals("LAST_INSERT_ID") && !SqlTokens.at(open + 1, tokens).equals(")");
    }

    private static boolean isPackage(String name) {
        return (name.startsWith("DBMS_") || name.startsWith("UTL_")) && !PURE_PACKAGES.contains(name);
    }
}
