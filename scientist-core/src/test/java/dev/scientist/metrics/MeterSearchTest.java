package dev.scientist.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Scientist;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Experiments are declared and ended without a look at all meters for each of them")
class MeterSearchTest {

    private static final int EXPERIMENTS = 50;

    /** Counts how often all meters are asked for, as every search does. */
    private static final class CountedRegistry extends SimpleMeterRegistry {

        private int looks;

        @Override
        public List<Meter> getMeters() {
            looks++;
            return super.getMeters();
        }
    }

    private final CountedRegistry counted = new CountedRegistry();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void alsoInAPartOfAComposite(boolean isPart) {
        MeterRegistry registry =
                isPart ? new CompositeMeterRegistry().add(new CompositeMeterRegistry().add(counted)) : counted;
        Scientist scientist = Scientist.builder()
                .logging(false)
                .publisher(new MicrometerPublisher(registry))
                .build();
        for (int i = 0; i < EXPERIMENTS; i++) {
            scientist.experiment("experiment " + i);
        }
        int whileDeclared = counted.looks;

        scientist.close();

        assertThat(whileDeclared).isZero();
        assertThat(counted.looks).isLessThanOrEqualTo(1);
        assertThat(counted.getMeters()).isEmpty();
    }
}
