package dev.scientist.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Effects;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcStatement;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("promise-12")
@DisplayName("Promise 12: writes of a shadow through a guarded data source are refused, visibly")
class ShadowDataSourceTest {

    @AutoClose
    private final GuardedDatabase database = GuardedDatabase.h2();

    /** Different ways in which a candidate may try to write. */
    static Stream<GuardedDatabase.Work> writes() {
        return Stream.of(
                connection -> update(connection, "update stock set pieces = 2"),
                connection -> update(connection, "delete from stock"),
                connection -> update(connection, "drop table stock"),
                connection -> connection.createStatement().execute("insert into stock values ('b', 1)"),
                connection -> connection.createStatement().executeQuery("select * from stock for update"),
                connection -> connection.createStatement().executeQuery("select next value for numbers"),
                connection -> connection
                        .createStatement()
                        .executeQuery("select * from final table (update stock set pieces = 2)"),
                connection -> connection.createStatement().execute("select 1; delete from stock"),
                connection -> connection.createStatement().executeLargeUpdate("delete from stock"),
                connection -> connection
                        .createStatement()
                        .executeUpdate("delete from stock", Statement.RETURN_GENERATED_KEYS),
                connection -> batch(connection),
                connection -> prepare(connection, "update stock set pieces = ?"),
                connection -> connection.prepareStatement("delete from stock", new String[] {"sku"}),
                connection -> connection.prepareCall("{call 1}"),
                connection -> connection.setShardingKeyIfValid(null, 1),
                connection -> connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE),
                connection -> connection.prepareStatement(
                        "select * from stock", ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE),
                connection -> update(connection.getMetaData().getConnection(), "delete from stock"),
                connection -> update(connection.createStatement().getConnection(), "delete from stock"),
                connection -> connection
                        .createStatement()
                        .executeQuery("select 1")
                        .getStatement()
                        .executeUpdate("delete from stock"),
                connection -> update(connection.unwrap(JdbcConnection.class), "delete from stock"),
                connection -> connection.createStatement().unwrap(JdbcStatement.class));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteIsRefusedAndNoted(GuardedDatabase.Work write) throws SQLException {
        AtomicReference<SQLException> refusal = new AtomicReference<>();

        Trial.Candidate<?> candidate = database.shadow(connection -> {
            try {
                return write.with(connection);
            } catch (SQLException refused) {
                refusal.set(refused);
                return "primary"; // as if nothing had happened
            }
        });

        assertThat(candidate.verdict()).isEqualTo(Verdict.UNCOMPARED);
        assertThat(candidate.reason()).isEqualTo(Reason.EFFECT_REFUSED);
        assertThat(refusal.get().getSQLState()).isEqualTo("25006");
        assertThat(refusal.get().getMessage()).contains("may only read");
        assertThat(database.stock()).isEqualTo("a1");
    }

    @Test
    void readsAreAnsweredAndComparedAsEver() {
        Trial.Candidate<?> candidate = database.shadow(connection -> {
            connection.setAutoCommit(false);
            PreparedStatement prepared = prepare(connection, "select pieces from stock where sku = ?");
            prepared.setString(1, "a");
            ResultSet rows = prepared.executeQuery();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.getStatement()).isEqualTo(prepared);
            connection.rollback(connection.setSavepoint());
            connection.commit();
            return GuardedDatabase.stock(connection).equals("a1") ? "primary" : "other";
        });

        assertThat(candidate.verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void noMethodOfAResultSetChangesARow() throws Exception {
        List<Method> changes = Arrays.stream(ResultSet.class.getMethods())
                .filter(method -> method.getName().matches("(update|insert|delete)[A-Z].*"))
                .toList();
        List<String> passed = new ArrayList<>();

        database.shadow(connection -> {
            ResultSet rows = connection.createStatement().executeQuery("select sku, pieces from stock");
            rows.next();
            for (Method change : changes) {
                Object[] arguments = Arrays.stream(change.getParameterTypes())
                        .map(ShadowDataSourceTest::anyOf)
                        .toArray();
                try {
                    change.invoke(rows, arguments);
                    passed.add(change.toString());
                } catch (ReflectiveOperationException refused) {
                    boolean isOurs =
                            refused.getCause() instanceof SQLException sql && "25006".equals(sql.getSQLState());
                    passed.addAll(isOurs ? List.of() : List.of(change + " " + refused.getCause()));
                }
            }
            return null;
        });

        assertThat(changes).hasSizeGreaterThan(80);
        assertThat(passed).isEmpty();
    }

    @Test
    void callersGetThePoolsOwnConnection() throws SQLException {
        DataSource pool = GuardedDatabase.h2Source();
        // tag::shadow-data-source[]
        DataSource orders = ShadowDataSource.wrap(pool);
        // end::shadow-data-source[]
        Connection own = orders.getConnection();

        Connection unwrapped = own.unwrap(JdbcConnection.class);

        assertThat(own).isInstanceOf(JdbcConnection.class);
        assertThat(unwrapped).isSameAs(own);
        own.close();
    }

    @Test
    void whatAStatementDoesBesidesIsUndoneAtTheEnd() throws SQLException {
        database.direct("create alias tidy for \"dev.scientist.jdbc.ShadowDataSourceTest$Tidying.tidy\"");

        Trial.Candidate<?> candidate = database.shadow(connection -> {
            connection.createStatement().executeQuery("select tidy()");
            connection.commit();
            return GuardedDatabase.stock(connection);
        });

        assertThat(candidate.outcome().valueOrNull()).isEqualTo("");
        assertThat(database.stock()).isEqualTo("a1");
    }

    /** A function of the database whose effect the text of a statement does not show. */
    public static final class Tidying {

        public static int tidy(Connection connection) throws SQLException {
            return update(connection, "delete from stock");
        }
    }

    @Test
    void aConnectionGoesBackAsItCame() throws Exception {
        try (HikariDataSource pool = pool(1);
                GuardedDatabase pooled = new GuardedDatabase(pool)) {
            String before = session(pool);

            Trial.Candidate<?> candidate = pooled.shadow(connection -> {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setSchema("INFORMATION_SCHEMA");
                connection.setReadOnly(false);
                connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
                return connection.isReadOnly() ? "primary" : "not read-only";
            });

            assertThat(candidate.verdict()).isEqualTo(Verdict.MATCHED);
            assertThat(session(pool)).isEqualTo(before);
        }
    }

    private static String session(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.getAutoCommit() + " " + connection.isReadOnly() + " "
                    + connection.getTransactionIsolation() + " " + connection.getSchema() + " "
                    + connection.getHoldability();
        }
    }

    @Test
    void aConnectionKeepsItsGuardOnAnotherThread() throws SQLException {
        Trial.Candidate<?> candidate = database.shadow(connection -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return update(connection, "delete from stock");
                    } catch (SQLException refused) {
                        return "primary";
                    }
                })
                .join());

        assertThat(candidate.reason()).isEqualTo(Reason.EFFECT_REFUSED);
        assertThat(database.stock()).isEqualTo("a1");
    }

    @Test
    void aClosedConnectionIsNobodysAnyMore() throws SQLException {
        AtomicReference<Connection> kept = new AtomicReference<>();
        database.shadow(connection -> {
            kept.set(connection);
            return null;
        });

        kept.get().close();

        assertThat(kept.get().isClosed()).isTrue();
        assertThatThrownBy(() -> kept.get().createStatement())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
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
        assertThat(candidate.reason()).isNotEqualTo(Reason.EFFECT_REFUSED);
    }

    @Test
    void aGuardAroundAGuardRefusesAsOne() throws SQLException {
        DataSource pool = GuardedDatabase.h2Source();
        ShadowDataSource twice = ShadowDataSource.wrap(ShadowDataSource.wrap(pool));

        try (GuardedDatabase nested = new GuardedDatabase(pool, twice, Effects.READ_ONLY)) {
            Trial.Candidate<?> reads = nested.shadow(
                    connection -> GuardedDatabase.stock(connection).replace("a1", "primary"));
            Trial.Candidate<?> writes = nested.shadow(connection -> update(connection, "delete from stock"));

            assertThat(reads.verdict()).isEqualTo(Verdict.MATCHED);
            assertThat(writes.reason()).isEqualTo(Reason.EFFECT_REFUSED);
            assertThat(nested.stock()).isEqualTo("a1");
        }
    }

    @Test
    void anExperimentThatAllowsEffectsHasThem() throws SQLException {
        DataSource pool = GuardedDatabase.h2Source();

        try (GuardedDatabase allowed = new GuardedDatabase(pool, ShadowDataSource.wrap(pool), Effects.ALLOWED)) {
            Trial.Candidate<?> candidate = allowed.shadow(connection -> {
                connection.unwrap(JdbcConnection.class).createStatement().execute("delete from stock");
                return "primary";
            });

            assertThat(candidate.verdict()).isEqualTo(Verdict.MATCHED);
            assertThat(allowed.stock()).isEmpty();
        }
    }

    @Test
    void theDataSourceItselfDoesNotLeadAroundTheGuard() {
        Trial.Candidate<?> candidate =
                database.shadow(connection -> database.guard().unwrap(JdbcConnectionPool.class));

        assertThat(candidate.reason()).isEqualTo(Reason.EFFECT_REFUSED);
    }

    private static HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(GuardedDatabase.h2Source());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    private static int[] batch(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.addBatch("delete from stock");
        return statement.executeBatch();
    }

    /** A value that fits a parameter; nobody looks at it. */
    private static Object anyOf(Class<?> type) {
        if (!type.isPrimitive()) {
            return null;
        }
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 1 : Array.get(Array.newInstance(type, 1), 0);
    }
}
