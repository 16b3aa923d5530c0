package dev.scientist.jdbc;

import dev.scientist.Effects;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.testing.RecordingPublisher;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database with a table of one row, a guard around it, and an experiment whose candidates run at once. */
final class GuardedDatabase implements AutoCloseable {

    private final RecordingPublisher recording = new RecordingPublisher();
    private final Scientist scientist;
    private final DataSource pool;
    private final ShadowDataSource guard;

    GuardedDatabase(DataSource pool) {
        this(pool, ShadowDataSource.wrap(pool, options -> options.poolShare(1)), Effects.READ_ONLY);
    }

    GuardedDatabase(DataSource pool, ShadowDataSource guard, Effects effects) {
        this.pool = pool;
        this.guard = guard;
        this.scientist = Scientist.builder()
                .logging(false)
                .publisher(recording)
                .defaults(options ->
                        options.start(Start.SAME_THREAD).effects(effects).candidateTimeout(Duration.ofMinutes(5)))
                .build();
        direct("create table if not exists stock (sku varchar(20) primary key, pieces int)");
        direct("delete from stock");
        direct("insert into stock values ('a', 1)");
        direct("create sequence if not exists numbers");
    }

    static GuardedDatabase h2() {
        return new GuardedDatabase(h2Source());
    }

    /** A new database in memory, with a pool of ten connections. */
    static DataSource h2Source() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    /** The work of a candidate. */
    interface Work {
        Object with(Connection connection) throws Exception;
    }

    /** Lets a candidate work with a connection, and returns its part of the trial. */
    Trial.Candidate<?> shadow(Work work) {
        Experiment<Object> experiment = scientist.experiment("stock-" + UUID.randomUUID());
        experiment.run(() -> "primary", () -> {
            try (Connection connection = guard.getConnection()) {
                return work.with(connection);
            }
        });
        return recording.takeTrials().get(0).candidates().get(0);
    }

    ShadowDataSource guard() {
        return guard;
    }

    /** Executes a statement without a guard. */
    void direct(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The content of the table, read without a guard. */
    String stock() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return stock(connection);
        }
    }

    /** The content of the table as a connection sees it. */
    static String stock(Connection connection) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select sku, pieces from stock order by sku")) {
            while (rows.next()) {
                all.append(rows.getString(1)).append(rows.getInt(2));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        scientist.close();
    }
}
