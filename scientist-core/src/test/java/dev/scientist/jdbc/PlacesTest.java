package dev.scientist.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Effects;
import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.Trial;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("promise-2")
@DisplayName("Promise 2: slow candidates leave the pool to callers")
class PlacesTest {

    @ParameterizedTest
    @CsvSource({"0.25, 10, 2", "0.25, 3, 1", "0.25, 2, 1", "0.5, 7, 3", "1, 10, 10", "1, 1, 1"})
    void shadowsHaveTheirShareAndAtLeastOnePlace(double share, int size, int places) throws SQLException {
        try (HikariDataSource pool = pool(size)) {
            int limit = new Places(share, 0, pool).limit();

            assertThat(limit).isEqualTo(places);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.99})
    void theOnlyConnectionOfAPoolIsTheCallers(double share) throws SQLException {
        try (HikariDataSource pool = pool(1)) {
            boolean isTaken = new Places(share, 0, pool).take();

            assertThat(isTaken).isFalse();
        }
    }

    @Test
    void aPoolThatIsNotKnownHasNoLimitUnlessItsSizeIsSaid() {
        Places unknown = new Places(0.25, 0, mock(DataSource.class));

        Places said = new Places(0.25, 8, mock(DataSource.class));

        assertThat(unknown.limit()).isEqualTo(Integer.MAX_VALUE);
        assertThat(said.limit()).isEqualTo(2);
    }

    /** Has the getter of DBCP2. */
    public interface Total {
        int getMaxTotal();
    }

    /** Has the getter of Tomcat's pool and of Druid. */
    public interface Active {
        int getMaxActive();
    }

    /** Has the getter of C3P0 and UCP. */
    public interface Size {
        int getMaxPoolSize();
    }

    @ParameterizedTest
    @ValueSource(classes = {Total.class, Active.class, Size.class})
    void otherPoolsSayTheirSizeInTheirOwnWords(Class<?> words) {
        DataSource pool = mock(
                DataSource.class,
                withSettings()
                        .extraInterfaces(words)
                        .defaultAnswer(call -> call.getMethod().getReturnType() == int.class ? 8 : null));

        Places places = new Places(0.5, 0, pool);

        assertThat(places.limit()).isEqualTo(4);
    }

    @Test
    void aPoolThatGrowsHasMorePlaces() {
        try (HikariDataSource pool = pool(4)) {
            Places places = new Places(0.5, 0, pool);

            pool.setMaximumPoolSize(20);

            assertThat(places.limit()).isEqualTo(10);
        }
    }

    @Test
    void sharesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> ShadowDataSource.wrap(GuardedDatabase.h2Source(), options -> options.poolShare(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poolShare must be more than 0 and at most 1 but was 0.0");
        assertThatThrownBy(() -> ShadowDataSource.wrap(GuardedDatabase.h2Source(), options -> options.poolSize(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poolSize must be at least 1 but was 0");
    }

    @ParameterizedTest
    @EnumSource
    void aCandidateWithoutAPlaceIsUncomparedAndNotFailed(Effects effects) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();

        try (HikariDataSource pool = pool(4);
                GuardedDatabase database = new GuardedDatabase(pool, ShadowDataSource.wrap(pool), effects)) {
            Trial.Candidate<?> candidate = database.shadow(first -> {
                try (Connection second = database.guard().getConnection()) {
                    return second;
                } catch (SQLException none) {
                    thrown.set(none);
                    throw none;
                }
            });
            Trial.Candidate<?> next = database.shadow(connection -> "primary");

            assertThat(candidate.verdict()).isEqualTo(Verdict.UNCOMPARED);
            assertThat(candidate.reason()).isEqualTo(Reason.POOL);
            assertThat(thrown.get())
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("its share of the pool, which is 1");
            assertThat(next.verdict()).as("the place came back").isEqualTo(Verdict.MATCHED);
        }
    }

    @Test
    void aConnectionThatCannotBeHadTakesNoPlace() {
        HikariDataSource pool = pool(4);
        try (GuardedDatabase database = new GuardedDatabase(pool)) {
            pool.close();

            List<Reason> reasons = List.of(
                    database.shadow(connection -> 1).reason(),
                    database.shadow(connection -> 1).reason());

            assertThat(reasons).containsOnly(Reason.NONE);
        }
    }

    @Test
    void aConnectionThatCannotBeGuardedTakesNoPlace() throws SQLException {
        Connection broken = mock(Connection.class, call -> {
            throw new SQLException("broken");
        });
        DataSource pool = mock(DataSource.class);
        when(pool.getConnection()).thenReturn(broken);

        try (GuardedDatabase database = new GuardedDatabase(
                GuardedDatabase.h2Source(),
                ShadowDataSource.wrap(pool, options -> options.poolSize(2)),
                Effects.READ_ONLY)) {
            List<Reason> reasons = List.of(
                    database.shadow(connection -> 1).reason(),
                    database.shadow(connection -> 1).reason());

            assertThat(reasons).containsOnly(Reason.NONE);
        }
    }

    @Test
    void slowCandidatesThatIgnoreInterruptsCostNoCallerItsConnection() throws Exception {
        CountDownLatch held = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (HikariDataSource pool = pool(10);
                Scientist scientist = Scientist.builder().logging(false).build()) {
            ShadowDataSource guard = ShadowDataSource.wrap(pool);
            Experiment<Integer> experiment = scientist.experiment("slow");
            Callable<Integer> caller = () -> {
                int answered = 0;
                for (int call = 0; call < 25; call++) {
                    answered += experiment.run(() -> read(guard), () -> readAndWork(guard, held, end));
                }
                return answered;
            };
            while (held.getCount() > 0) { // until candidates have taken all their places in the pool of ten
                experiment.run(() -> read(guard), () -> readAndWork(guard, held, end));
                held.await(1, TimeUnit.MILLISECONDS);
            }

            List<Future<Integer>> answers = callers.invokeAll(List.of(caller, caller, caller, caller));
            int active = pool.getHikariPoolMXBean().getActiveConnections();
            end.countDown();
            int answered = 0;
            for (Future<Integer> answer : answers) {
                answered += answer.get();
            }

            assertThat(answered).isEqualTo(100);
            assertThat(active).isEqualTo(2);
        } finally {
            end.countDown();
            callers.shutdown();
        }
    }

    private static int read(ShadowDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(1) ? 1 : 0;
        }
    }

    /** Holds a connection until the latch opens, and ignores interrupts, as JDBC drivers do. */
    private static int readAndWork(ShadowDataSource source, CountDownLatch held, CountDownLatch end)
            throws SQLException {
        try (Connection connection = source.getConnection()) {
            int valid = connection.isValid(1) ? 1 : 0;
            held.countDown();
            boolean ended = false;
            while (!ended) {
                try {
                    end.await();
                    ended = true;
                } catch (InterruptedException ignored) {
                    Thread.interrupted();
                }
            }
            return valid;
        }
    }

    private static HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(GuardedDatabase.h2Source());
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }
}
