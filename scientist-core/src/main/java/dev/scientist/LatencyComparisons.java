package dev.scientist;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the latency comparison of an experiment, or logs why there is none. */
final class LatencyComparisons {

    private static final Logger log = LoggerFactory.getLogger(Experiment.class);

    private LatencyComparisons() {}

    /** Returns the comparison; null if the primary's latency is not compared, which is logged. */
    static @Nullable LatencyComparison of(String experiment, ExperimentOptions<?> options) {
        String choice = choice(options);
        if (choice != null) {
            log.info(
                    "experiment {}: its sampling is adaptive, but how long the primary takes is not compared, because {}"
                            + " chooses the sampled calls, and those may take another time than others",
                    experiment,
                    choice);
            return null;
        }
        LatencyComparison found = found();
        if (found == null) {
            log.warn(
                    "experiment {}: its sampling is adaptive, but how long the primary takes is not compared; that needs"
                            + " org.hdrhistogram:HdrHistogram, which Micrometer brings",
                    experiment);
        }
        return found;
    }

    private static @Nullable String choice(ExperimentOptions<?> options) {
        if (options.sampleByKey) {
            return "the key";
        }
        if (options.sampler != null) {
            return "a sampler";
        }
        return options.runIf == null ? null : "a condition";
    }

    private static @Nullable LatencyComparison found() {
        try {
            Iterator<LatencyComparison> providers = ServiceLoader.load(
                            LatencyComparison.class, LatencyComparisons.class.getClassLoader())
                    .iterator();
            return providers.hasNext() ? providers.next().begin() : null;
        } catch (ServiceConfigurationError | LinkageError absent) {
            log.debug("a comparison of latencies was not found: {}", ContextCarriers.trouble(absent));
            return null;
        }
    }
}
