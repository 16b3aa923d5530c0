package dev.scientist.jdbc;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The rules by which a database reads strings, comments and quoted names in the text of a statement. */
enum SqlDialect {
    /**
     * The SQL standard, where comments nest, and the strings of PostgreSQL and H2 that begin with {@code $} or {@code
     * E}.
     */
    STANDARD,

    /** MySQL and MariaDB: a backslash escapes, {@code #} begins a comment, and some comments are executed. */
    MYSQL,

    /** Oracle: {@code q'[...]'} strings with a delimiter of their own, and comments that do not nest. */
    ORACLE,

    /** SQL Server: names in brackets, and statements that follow each other without a semicolon. */
    SQL_SERVER,

    /** SQLite: names in brackets, and comments that do not nest. */
    SQLITE;

    /** All dialects, for a database that is not known. */
    static final Set<SqlDialect> ANY = Set.copyOf(EnumSet.allOf(SqlDialect.class));

    private static final Set<String> LIKE_THE_STANDARD = Set.of("postgresql", "h2", "apache derby");

    /** The dialects of a database, by its product name; {@link #ANY} for an unknown one. */
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
