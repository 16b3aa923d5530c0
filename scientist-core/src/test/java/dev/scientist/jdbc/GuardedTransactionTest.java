package dev.scientist.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Effects;
import dev.scientist.Trial;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("promise-12")
@DisplayName("Promise 12: transactions of a shadow end where it ends them, and are never committed")
class GuardedTransactionTest {

    @AutoClose
    private final GuardedDatabase database = GuardedDatabase.h2();

    @ParameterizedTest
    @CsvSource({"true, a1a2", "false, a1a1"})
    void aStatementWithAutoCommitSeesWhatHasChangedSince(boolean isAutoCommit, String seen) {
        Trial.Candidate<?> candidate = database.shadow(connection -> {
            connection.setAutoCommit(isAutoCommit);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String before = GuardedDatabase.stock(connection);
            database.direct("update stock set pieces = 2");
            return before + GuardedDatabase.stock(connection);
        });

        assertThat(candidate.outcome().valueOrNull()).isEqualTo(seen);
    }

    @Test
    void aCommitBeginsAnotherTransactionAndKeepsNothing() throws SQLException {
        database.direct("create alias tidy for \"dev.scientist.jdbc.ShadowDataSourceTest$Tidying.tidy\"");

        Trial.Candidate<?> candidate = database.shadow(connection -> {
            connection.setAutoCommit(false);
            connection.createStatement().executeQuery("select tidy()").close();
            String before = GuardedDatabase.stock(connection);
            connection.commit();
            return before + GuardedDatabase.stock(connection);
        });

        assertThat(candidate.outcome().valueOrNull()).isEqualTo("a1");
        assertThat(database.stock()).isEqualTo("a1");
    }

    @Test
    void aResultSetThatIsHeldOverACommitGoesOn() {
        database.direct("insert into stock values ('b', 2)");

        Trial.Candidate<?> candidate = database.shadow(connection -> {
            connection.setAutoCommit(false);
            ResultSet rows = connection.createStatement().executeQuery("select sku from stock order by sku");
            rows.next();
            connection.commit();
            rows.next();
            return rows.getString(1);
        });

        assertThat(candidate.outcome().valueOrNull()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({"READ_ONLY, true", "READ_ONLY, false", "ALLOWED, true", "ALLOWED, false"})
    void anAbortedConnectionIsNoLongerLent(Effects effects, boolean isClosedToo) throws SQLException {
        try (HikariDataSource pool = hikari();
                GuardedDatabase pooled = new GuardedDatabase(pool, ShadowDataSource.wrap(pool), effects)) {

            for (int i = 0; i < 3; i++) {
                pooled.shadow(unused -> {
                    Connection aborted = pooled.guard().getConnection();
                    aborted.createStatement().executeQuery("select 1");
                    aborted.abort(never -> {});
                    if (isClosedToo) {
                        aborted.close();
                    }
                    return aborted.isClosed();
                });
            }

            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    private static HikariDataSource hikari() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(GuardedDatabase.h2Source());
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }
}
