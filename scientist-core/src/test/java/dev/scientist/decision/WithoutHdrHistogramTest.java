package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.ExperimentSettings;
import dev.scientist.Scientist;
import dev.scientist.Verdict;
import dev.scientist.decision.DecisionPolicy.Step;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/** HdrHistogram is optional. */
class WithoutHdrHistogramTest {

    @Test
    void allIsCountedButLatencyWhichIsSaidToBeMissing() throws Exception {
        try (URLClassLoader poor =
                new URLClassLoader(rootsWithoutHdrHistogram(), ClassLoader.getPlatformClassLoader())) {
            Object probe = poor.loadClass(Probe.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            String decision = (String) ((Supplier<?>) probe).get();

            assertThat(decision)
                    .startsWith("1 compared, HOLD")
                    .contains("how long calls take was not counted")
                    .contains("it needs org.hdrhistogram:HdrHistogram");
        }
    }

    @Test
    void adaptiveSamplingDoesWithoutTheTimesOfThePrimary() throws Exception {
        try (URLClassLoader poor =
                new URLClassLoader(rootsWithoutHdrHistogram(), ClassLoader.getPlatformClassLoader())) {
            Object probe = poor.loadClass(AdaptiveProbe.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            String counted = (String) ((Supplier<?>) probe).get();

            assertThat(counted).isEqualTo("99 skipped, share 0.5 of 1.0");
        }
    }

    private static URL[] rootsWithoutHdrHistogram() {
        return Stream.of(Evidence.class, Probe.class, LoggerFactory.class, SLF4JServiceProvider.class)
                .map(WithoutHdrHistogramTest::root)
                .distinct()
                .toArray(URL[]::new);
    }

    /** The folder or jar that a class is read from. */
    private static URL root(Class<?> type) {
        String file = '/' + type.getName().replace('.', '/') + ".class";
        String found = String.valueOf(type.getResource(file));
        String root = found.substring(0, found.length() - file.length() + 1);
        try {
            return URI.create(root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root)
                    .toURL();
        } catch (IOException e) {
            throw new IllegalStateException(root, e);
        }
    }

    /** Code that runs without the library. */
    public static final class Probe implements Supplier<String> {

        @Override
        public String get() {
            Evidence evidence = Evidence.builder().build();
            try (Scientist scientist =
                    Scientist.builder().logging(false).publisher(evidence).build()) {
                Experiment<String> experiment =
                        scientist.experiment("poor", options -> options.start(Start.SAME_THREAD));
                experiment.run(() -> "a", () -> "a");
                EvidenceSnapshot snapshot = evidence.snapshot("poor");
                Decision decision = Decision.decide(snapshot, DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT));
                return snapshot.compared() + " compared, " + decision.kind() + decision.reasons();
            }
        }
    }

    /**
     * An adaptive experiment without the library. It does not compare the primary's latency in sampled and other calls,
     * but refusals still halve the share of sampled calls.
     */
    public static final class AdaptiveProbe implements Supplier<String> {

        @Override
        public String get() {
            try (Scientist scientist = Scientist.builder().logging(false).build()) {
                Experiment<String> experiment = scientist.experiment(
                        "poor",
                        options -> options.start(Start.SAME_THREAD)
                                .sampling(Sampling.ADAPTIVE)
                                .maxPerSecond(1));
                for (int i = 0; i < 100; i++) {
                    experiment.run(() -> "a", () -> "a");
                }
                ExperimentSettings settings = experiment.settings();
                return experiment.tally().count(Verdict.SKIPPED) + " skipped, share " + settings.share() + " of "
                        + settings.sampleRate();
            }
        }
    }
}
