package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Tag("promise-2")
@DisplayName("Promise 2: shadows have their share of a pool, as the properties say")
class PoolSharesTest {

    static class Hoard {
        private final DataSource source;

        Hoard(DataSource source) {
            this.source = source;
        }

        @ParallelRun(method = "takeAll", name = "hoard")
        public int take(int most) {
            return most;
        }

        /** The number of connections that can be taken, up to the wanted number. */
        public int takeAll(int most) throws SQLException {
            List<Connection> taken = new ArrayList<>();
            try {
                for (int i = 0; i < most; i++) {
                    taken.add(source.getConnection());
                }
                return taken.size();
            } finally {
                for (Connection connection : taken) {
                    connection.close();
                }
            }
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application(GuardedDataSourcesTest.Pooled.class).withBean(Hoard.class);

    @ParameterizedTest
    @CsvSource({"pool-share=0.25, 1", "pool-share=0.5, 2", "pool-share=1, 4", "candidate-pools=dataSource, 4"})
    void aPoolOfFourHasSoManyPlaces(String property, int places) {
        application.withPropertyValues("scientist." + property).run(context -> {
            Hoard hoard = context.getBean(Hoard.class);

            hoard.take(places);
            long refusedBefore = GuardedDataSourcesTest.tally(context, "hoard", Reason.POOL);
            hoard.take(places + 1);

            assertThat(refusedBefore).isZero();
            assertThat(GuardedDataSourcesTest.tally(context, "hoard", Reason.POOL))
                    .isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.5", "-1"})
    void aShareThatIsNoneStopsTheApplication(String share) {
        application.withPropertyValues("scientist.pool-share=" + share).run(context -> {
            Throwable failure = context.getStartupFailure();

            assertThat(failure)
                    .rootCause()
                    .isInstanceOf(InvalidPropertyException.class)
                    .hasMessageContaining("scientist.pool-share");
        });
    }
}
