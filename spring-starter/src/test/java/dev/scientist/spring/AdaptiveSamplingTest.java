package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Experiment;
import dev.scientist.ExperimentRegistry;
import dev.scientist.ExperimentSettings.Halving.Cause;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

@DisplayName("sampling: adaptive")
class AdaptiveSamplingTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withUserConfiguration(GuardedDataSourcesTest.Pooled.class)
            .withBean(Reports.class)
            .withPropertyValues(
                    "scientist.defaults.start=immediate",
                    "scientist.defaults.candidate-timeout=1m",
                    "scientist.defaults.sample-by-key=true");

    /** A service whose candidate holds a connection for a long time. */
    static class Reports {

        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        private final DataSource source;

        Reports(DataSource source) {
            this.source = source;
        }

        @ParallelRun(name = "report", method = "slowReport", key = "#day")
        public String report(String day) {
            return day;
        }

        public String slowReport(String day) throws Exception {
            try (Connection connection = source.getConnection()) {
                held.countDown();
                end.await();
                return connection.isReadOnly() ? day : "";
            }
        }

        /** Waits until the candidate holds its connection. */
        void awaitCandidate() throws InterruptedException {
            assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void end() {
            end.countDown();
        }
    }

    private static Experiment<?> experiment(ApplicationContext context) {
        return context.getBean(ExperimentRegistry.class).find("report").orElseThrow();
    }

    /** Lets callers take all free connections, so that one more waits in vain. */
    private static void exhaust(HikariDataSource pool) throws SQLException {
        pool.setConnectionTimeout(250); // the shortest timeout that the pool accepts
        List<Connection> callers = new ArrayList<>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize() - 1; i++) {
                callers.add(pool.getConnection());
            }
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
        } finally {
            for (Connection connection : callers) {
                connection.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "scientist.defaults.sampling=adaptive, 0.5",
        "scientist.experiments.report.sampling=adaptive, 0.5",
        "scientist.defaults.sampling=constant, 1"
    })
    void callersWhoWaitForConnectionsOfCandidatesHalveTheShareWhereAskedFor(String property, double share) {
        runner.withPropertyValues(property).run(context -> {
            Reports reports = context.getBean(Reports.class);
            reports.report("monday");
            reports.awaitCandidate();

            exhaust(context.getBean(HikariDataSource.class));
            double after = experiment(context).settings().share();
            reports.end();

            assertThat(after).isEqualTo(share);
            assertThat(experiment(context).tally().halvings(Cause.POOL)).isEqualTo(share < 1 ? 1 : 0);
        });
    }

    @Test
    void theExperimentsOwnPropertyHasTheLastWord() {
        runner.withPropertyValues(
                        "scientist.defaults.sampling=adaptive", "scientist.experiments.report.sampling=constant")
                .run(context -> {
                    Reports reports = context.getBean(Reports.class);
                    reports.report("monday");
                    reports.awaitCandidate();

                    exhaust(context.getBean(HikariDataSource.class));
                    double after = experiment(context).settings().share();
                    reports.end();

                    assertThat(after).isEqualTo(1);
                });
    }

    @Test
    void aPrimaryThatIsSlowedInSampledCallsIsSeenThroughTheAnnotation() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withBean(Slowed.class)
                .withPropertyValues(
                        "scientist.defaults.start=same-thread",
                        "scientist.defaults.sampling=adaptive",
                        "scientist.defaults.sample-rate=0.5")
                .run(context -> {
                    Slowed slowed = context.getBean(Slowed.class);
                    Experiment<?> experiment = context.getBean(ExperimentRegistry.class)
                            .find("slowed")
                            .orElseThrow();
                    slowed.watch(experiment);

                    long until = System.nanoTime() + 30_000_000_000L;
                    while (experiment.tally().halvings(Cause.LATENCY) == 0 && System.nanoTime() < until) {
                        slowed.answer();
                    }

                    assertThat(experiment.settings().share()).isEqualTo(0.25);
                });
    }

    /** A service that takes a millisecond longer while its candidate is in flight. */
    static class Slowed {

        private volatile Experiment<?> experiment;

        @ParallelRun(name = "slowed", method = "again")
        public int answer() {
            long until = System.nanoTime() + (experiment.tally().inFlight() > 0 ? 1_000_000 : 0);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return 1;
        }

        void watch(Experiment<?> own) {
            experiment = own;
        }

        public int again() {
            return 1;
        }
    }
}
