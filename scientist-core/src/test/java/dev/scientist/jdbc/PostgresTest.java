package dev.scientist.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Runs with a PostgreSQL: samples/shop/with-postgres mvn test -pl scientist-core -Dtest=PostgresTest. */
@Tag("promise-12")
@DisplayName("Promise 12: PostgreSQL refuses too what no word tells")
@EnabledIfEnvironmentVariable(named = "SPRING_DATASOURCE_URL", matches = "jdbc:postgresql:.*")
class PostgresTest {

    private static HikariDataSource pool;
    private static GuardedDatabase database;

    @BeforeAll
    static void connect() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getenv("SPRING_DATASOURCE_URL"));
        config.setUsername(System.getenv("SPRING_DATASOURCE_USERNAME"));
        config.setPassword(System.getenv("SPRING_DATASOURCE_PASSWORD"));
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
        database = new GuardedDatabase(pool);
        database.direct("create or replace function tidy() returns int language plpgsql as"
                + " $$ begin delete from stock; return 1; end $$");
    }

    @AfterAll
    static void disconnect() {
        database.close();
        pool.close();
    }

    static Stream<GuardedDatabase.Work> writes() {
        return Stream.of(
                connection -> connection.createStatement().executeQuery("select tidy()"),
                connection -> connection.createStatement().executeQuery("select \"nextval\"('numbers')"),
                PostgresTest::writeThroughAnArray,
                connection -> connection
                        .createStatement()
                        .executeQuery("with gone as (delete from stock returning sku) select sku from gone"),
                connection -> connection.createStatement().executeQuery("explain analyze delete from stock"),
                connection -> connection.createStatement().execute("do $$ begin delete from stock; end $$"),
                connection -> connection.createStatement().execute("select * into stocks from stock"),
                connection -> connection.unwrap(PGConnection.class).getCopyAPI());
    }

    private static Object writeThroughAnArray(Connection connection) throws SQLException {
        ResultSet row = connection.createStatement().executeQuery("select array['a']");
        row.next();
        Connection same = row.getArray(1).getResultSet().getStatement().getConnection();
        return same.createStatement().executeUpdate("delete from stock");
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteIsRefusedAndNotedWhoeverRefusesIt(GuardedDatabase.Work write) throws SQLException {
        AtomicReference<SQLException> refusal = new AtomicReference<>();

        Trial.Candidate<?> candidate = database.shadow(connection -> {
            try {
                return write.with(connection);
            } catch (SQLException refused) {
                refusal.set(refused);
                return "primary";
            }
        });

        assertThat(candidate.reason()).isEqualTo(Reason.EFFECT_REFUSED);
        assertThat(refusal.get().getSQLState()).isEqualTo("25006");
        assertThat(database.stock()).isEqualTo("a1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select $$ delete from stock; $$",
                "select E'it\\'s; delete from stock'",
                "select sku from stock where sku like 'a' escape '\\'",
                "explain analyze select sku from stock",
                "values (1), (2)",
                "table stock",
                "show server_version",
                "with recursive r(n) as (values (1) union all select n + 1 from r where n < 5) select n from r",
                "select '{\"a\": 1}'::json ->> 'a'"
            })
    void aReadIsAnswered(String sql) {
        Trial.Candidate<?> candidate = database.shadow(connection -> {
            try (ResultSet rows = connection.createStatement().executeQuery(sql)) {
                return rows.next() ? "primary" : "no row";
            }
        });

        assertThat(candidate.verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void theConnectionGoesBackAsItCame() throws SQLException {
        String before = session();

        Trial.Candidate<?> candidate = database.shadow(connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setSchema("pg_catalog");
            connection.setReadOnly(false);
            connection.createStatement().executeQuery("select 1");
            return "primary";
        });

        assertThat(candidate.verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(session()).isEqualTo(before);
    }

    private static String session() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('transaction_read_only'),"
                        + " current_setting('transaction_isolation'), current_setting('search_path')")) {
            row.next();
            return connection.getAutoCommit() + row.getString(1) + row.getString(2) + row.getString(3);
        }
    }

    @Test
    void withoutATransactionAStatementThatFailsLetsTheNextOnesWork() {
        Trial.Candidate<?> candidate = database.shadow(connection -> {
            try {
                connection.createStatement().executeQuery("select nothing from nowhere");
            } catch (SQLException unknown) {
                return GuardedDatabase.stock(connection);
            }
            return null;
        });

        assertThat(candidate.outcome().valueOrNull()).isEqualTo("a1");
    }

    @Test
    void aPrimaryThatGetsTheConnectionNextWrites() throws SQLException {
        database.shadow(GuardedDatabase::stock);

        database.direct("update stock set pieces = 1");

        assertThat(database.stock()).isEqualTo("a1");
    }

    /** Work that succeeds for a caller with auto-commit. */
    static Stream<GuardedDatabase.Work> worksWithAutoCommit() {
        return Stream.of(
                connection -> {
                    connection.createStatement().executeQuery("select 1").close();
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    return GuardedDatabase.stock(connection);
                },
                connection -> {
                    connection.createStatement().executeQuery("select 1"); // stays open
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    return GuardedDatabase.stock(connection);
                },
                connection -> {
                    connection.setAutoCommit(false);
                    GuardedDatabase.stock(connection);
                    connection.commit();
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    return GuardedDatabase.stock(connection);
                },
                connection -> {
                    connection.setAutoCommit(false);
                    GuardedDatabase.stock(connection);
                    connection.setAutoCommit(true);
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    return GuardedDatabase.stock(connection);
                },
                connection -> {
                    connection.setSchema("pg_catalog");
                    connection.setAutoCommit(false);
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    String schema = text(connection, "select current_schema()");
                    connection.commit();
                    return schema.equals("pg_catalog")
                                    && text(connection, "select current_schema()")
                                            .equals(schema)
                            ? "a1"
                            : schema;
                },
                PostgresTest::readOnAfterAFailure,
                connection -> {
                    String names = "select array['a']";
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(names);
                    row.next();
                    PreparedStatement prepared = connection.prepareStatement("select (?::text[])[1] || '1'");
                    prepared.setArray(1, row.getArray(1));
                    ResultSet same = prepared.executeQuery();
                    same.next();
                    return same.getString(1);
                });
    }

    private static String readOnAfterAFailure(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(2);
        ResultSet rows = statement.executeQuery("select n from generate_series(1, 9) as n");
        int last = 0;
        while (rows.next()) {
            last = rows.getInt(1);
            try {
                connection.createStatement().executeQuery("select nothing from nowhere");
            } catch (SQLException unknown) {
                // The rows belong to another statement.
            }
        }
        return last == 9 ? GuardedDatabase.stock(connection) : "ended at " + last;
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @MethodSource("worksWithAutoCommit")
    void whatWorksForACallerWorksForACandidate(GuardedDatabase.Work work) throws Exception {
        Object callers;
        try (Connection connection = pool.getConnection()) {
            callers = work.with(connection);
            connection.setAutoCommit(true);
            connection.createStatement().execute("reset search_path");
        }

        Trial.Candidate<?> candidate = database.shadow(work);

        assertThat(callers).isEqualTo("a1");
        assertThat(candidate.outcome().valueOrNull()).isEqualTo(callers);
        assertThat(candidate.reason()).isNotEqualTo(Reason.EFFECT_REFUSED);
    }

    @Test
    void whatTheTransactionOfAnOpenResultSetForbidsIsNotHeldAgainstACandidate() {
        Trial.Candidate<?> candidate = database.shadow(connection -> {
            Statement statement = connection.createStatement();
            statement.setFetchSize(1);
            statement.executeQuery("select n from generate_series(1, 9) as n").next();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return "primary";
        });

        assertThat(candidate.verdict()).isEqualTo(Verdict.UNCOMPARED);
    }

    @Test
    void anAbortedConnectionIsReplacedInThePool() throws SQLException {
        Trial.Candidate<?> candidate = database.shadow(connection -> {
            GuardedDatabase.stock(connection);
            connection.abort(never -> {});
            return "primary";
        });

        assertThat(candidate.verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(database.stock()).isEqualTo("a1");
    }
}
