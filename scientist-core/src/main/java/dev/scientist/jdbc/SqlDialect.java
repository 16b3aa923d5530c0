package dev.scientist.jdbc;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a database reads what stands between the words of a statement: strings, comments and quotes. */
enum SqlDialect {
    /** The standard, whose comments nest, with the strings of PostgreSQL and H2 that begin with dollars or with E. */
    STANDARD,

    /** MySQL and MariaDB: a backslash escapes, # begins a comment, and some comments are executed. */
    MYSQL,

    /** Oracle: strings that begin with q and end where they say, and comments that do not nest. */
    ORACLE,

    /** SQL Server: names in brackets, and statements that follow each other without a semicolon. */
    SQL_SERVER,

    /** SQLite: names in brackets, and comments that do not nest. */
    SQLITE;

    /** What a statement may be read as where nothing is known of the database. */
    static final Set<SqlDialect> ANY = Set.copyOf(EnumSet.allOf(SqlDialect.class));

    private static final Set<String> LIKE_THE_STANDARD = Set.of("postgresql", "h2", "apache derby");

    /** Those of the database that calls itself so. */
    static Set<SqlDialect> of(String product) {
        String name = product.toLowerCase(Locale.ROOT);
        if (name.contains("mysql") || name.contains("mariadb")) {
            return Set.of(MYSQL);
        }
        if (name.startsWith("oracle")) {
            return Set.of(ORACLE);
        }
        if (name.equals("microsoft sql server")) {
            return Set.of(SQL_SERVER);
        }
        if (name.equals("sqlite")) {
            return Set.of(SQLITE);
        }
        if (name.startsWith("hsql")) {
            return Set.of(STANDARD, ORACLE); // the standard's strings, and comments that do not nest
        }
        return LIKE_THE_STANDARD.contains(name) || name.startsWith("db2") ? Set.of(STANDARD) : ANY;
    }

    boolean nestsComments() {
        return this == STANDARD || this == SQL_SERVER;
    }

    boolean quotesInBrackets() {
        return this == SQL_SERVER || this == SQLITE;
    }
}
