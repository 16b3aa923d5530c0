package dev.scientist.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentSettings.Halving.Cause;
import dev.scientist.FakeTicker;
import dev.scientist.Implementation;
import dev.scientist.Scientist;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Callers who wait for connections of which candidates hold some")
class CallersWaitTest {

    private static final Duration WAITING = Duration.ofNanos(Holders.WAITING_NANOS);

    private final FakeTicker ticker = new FakeTicker();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @AutoClose
    private final Scientist scientist = Scientist.builder().logging(false).build();

    private Experiment<String> experiment(Sampling sampling) {
        return scientist.experiment(
                sampling.name(),
                options -> options.sampling(sampling)
                        .sampleByKey()
                        .start(Start.IMMEDIATE)
                        .candidateTimeout(Duration.ofMinutes(1)));
    }

    /** A pool from which getting a connection takes a given time. */
    private DataSource slow(Duration wait) {
        return mock(DataSource.class, call -> {
            if (call.getMethod().getName().equals("getConnection")) {
                ticker.advance(wait);
                return mock(Connection.class);
            }
            return null;
        });
    }

    private ShadowDataSource guard(DataSource pool) {
        return ShadowDataSource.wrap(pool, options -> options.ticker(ticker).poolSize(8));
    }

    private static void call(Experiment<String> experiment, Implementation<String, ?> candidate) {
        experiment.call().key("any").candidate(candidate).run(() -> "a");
    }

    /** Has a candidate hold a connection until the test ends it. */
    private void hold(Experiment<String> experiment, DataSource guard) throws InterruptedException {
        call(experiment, () -> {
            try (Connection connection = guard.getConnection()) {
                held.countDown();
                end.await();
                return String.valueOf(connection.isReadOnly());
            }
        });
        held.await();
    }

    @Test
    void aWaitOfTenMillisecondsWhileACandidateHoldsAConnectionHalvesTheShare() throws Exception {
        Experiment<String> experiment = experiment(Sampling.ADAPTIVE);
        ShadowDataSource guard = guard(slow(WAITING));
        hold(experiment, guard);

        Connection caller = guard.getConnection();
        end.countDown();

        assertThat(caller).isNotNull();
        assertThat(experiment.tally().halvings(Cause.POOL)).isEqualTo(1);
        assertThat(experiment.settings().share()).isEqualTo(0.5);
    }

    @Test
    void soDoesAWaitForAConnectionOfANamedUser() throws Exception {
        Experiment<String> experiment = experiment(Sampling.ADAPTIVE);
        ShadowDataSource guard = guard(slow(WAITING));
        hold(experiment, guard);

        guard.getConnection("user", "password").close();
        end.countDown();

        assertThat(experiment.tally().halvings(Cause.POOL)).isEqualTo(1);
    }

    @Test
    void aShorterWaitHalvesNothing() throws Exception {
        Experiment<String> experiment = experiment(Sampling.ADAPTIVE);
        ShadowDataSource guard = guard(slow(WAITING.minusNanos(1)));
        hold(experiment, guard);

        guard.getConnection().close();
        end.countDown();

        assertThat(experiment.settings().share()).isEqualTo(1);
    }

    @Test
    void aWaitHalvesNothingWhereTheCandidatesHoldNoneOrTheShareIsConstant() throws Exception {
        Experiment<String> adaptive = experiment(Sampling.ADAPTIVE);
        Experiment<String> constant = experiment(Sampling.CONSTANT);
        ShadowDataSource guard = guard(slow(WAITING));
        call(adaptive, () -> "a");
        hold(constant, guard);

        guard.getConnection().close();
        end.countDown();

        assertThat(adaptive.settings().share()).isEqualTo(1);
        assertThat(constant.settings().share()).isEqualTo(1);
    }

    @Test
    void aWaitIsOfNobodysDoingOnceTheCandidateHasClosedItsConnection() throws Exception {
        Experiment<String> experiment = experiment(Sampling.ADAPTIVE);
        ShadowDataSource guard = guard(slow(WAITING));
        call(experiment, () -> {
            guard.getConnection().close();
            held.countDown();
            end.await();
            return "a";
        });
        held.await();

        guard.getConnection().close();
        end.countDown();

        assertThat(experiment.settings().share()).isEqualTo(1);
    }

    @Test
    void aCallerWhoGetsNoneFromARealPoolHasWaitedToo() throws Exception {
        Experiment<String> experiment = experiment(Sampling.ADAPTIVE);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:waits");
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(250); // the minimum of HikariCP
        try (HikariDataSource pool = new HikariDataSource(config)) {
            ShadowDataSource guard = ShadowDataSource.wrap(pool);
            hold(experiment, guard);
            Connection other = guard.getConnection();

            assertThatThrownBy(guard::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            other.close();
            end.countDown();

            assertThat(experiment.tally().halvings(Cause.POOL)).isEqualTo(1);
        } finally {
            end.countDown();
        }
    }
}
