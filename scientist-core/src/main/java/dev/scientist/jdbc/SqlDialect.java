package dev.scientist.jdbc;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a database reads what stands between the words of a statement: strings, comments and quotes. */
enum SqlDialect {
    /** The standard, with the strings of PostgreSQL and H2 that begin with dollars or with E. */
    STANDARD,

    /** MySQL and MariaDB: a backslash escapes, # begins a comment, and some comments are executed. */
    MYSQL;

    /** What a statement may be read as where nothing is known of the database. */
    static final Set<SqlDialect> ANY = Set.copyOf(EnumSet.allOf(SqlDialect.class));

    private static final Set<SqlDialect> STANDARD_ONLY = Set.of(STANDARD);
    private static final Set<SqlDialect> MYSQL_ONLY = Set.of(MYSQL);
    private static final Set<String> KNOWN = Set.of(
            "postgresql",
            "h2",
            "hsql database engine",
            "oracle",
            "microsoft sql server",
            "apache derby",
            "sqlite",
            "db2");

    /** Those of the database that calls itself so. */
    static Set<SqlDialect> of(String product) {
        String name = product.toLowerCase(Locale.ROOT);
        if (name.contains("mysql") || name.contains("mariadb")) {
            return MYSQL_ONLY;
        }
        return KNOWN.contains(name) || name.startsWith("db2") ? STANDARD_ONLY : ANY;
    }
}
