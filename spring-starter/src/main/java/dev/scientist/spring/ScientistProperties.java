package dev.scientist.spring;

import dev.scientist.Scientist;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The properties {@code scientist.*}. Those of single experiments, {@code
 * scientist.experiments.<name>.*}, are not among them: {@link PropertyLayers} binds each when its
 * experiment is declared, because names of experiments contain dots.
 *
 * @param enabled Whether experiments run at all. With false every call is a plain call of its primary.
 * @param maxConcurrent How many candidates of all experiments together may be in flight, 1 to 100000.
 * @param publisherBacklog How many trials may wait for each publisher before further ones are
 *     dropped and counted, 1 to 1000000.
 * @param closeTimeout How long the shutdown waits for candidates and publishers before it cancels them; longer than
 *     zero; milliseconds where no unit is given.
 * @param logging Whether each new kind of disagreement is logged once, at WARN and without values.
 * @param showValues Whether log and endpoint show the two values of disagreements, except what is a @Secret or
 *     redacted; for development. Stops the start where a profile such as prod, production or live is active.
 * @param virtualThreads Whether each candidate runs on a virtual thread of its own, which takes Java 21 or later. Only
 *     for candidates that wait: one that computes or spins can stop callers that are on virtual threads.
 * @param freshThreads Whether each candidate runs on a thread of its own, so that nothing that it leaves in the thread
 *     reaches another candidate; costs about 100 us of processor per sampled call.
 * @param adviceOrder Where the advice of @ParallelRun stands among the other advice of a bean; lower is further out.
 * @param strict Whether a method whose answer or arguments share something with the caller, without a snapshot or a
 *     copier, stops the application instead of being warned of.
 * @param observeCandidates Whether each run of a candidate is an observation, where the
 *     application has an ObservationRegistry.
 * @param guardCaches Whether a candidate leaves the application's caches as they are: it reads there, and what it would
 *     put, evict or clear is counted.
 * @param guardDataSources Whether candidates can only read through the data sources and connection factories of the
 *     application, and commit nothing. Default: where the application has experiments.
 * @param poolShare The share of each connection pool that candidates may hold, 0 to 1, 0 excluded; they may hold at
 *     least one connection, and never the last one.
 * @param candidatePools The names of connection pool beans that only candidates use, and may use up. Default: none.
 * @param defaults Options of every experiment, unless its code or its own properties say otherwise.
 */
@ConfigurationProperties("scientist")
record ScientistProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("256") int maxConcurrent,
        @DefaultValue("1024") int publisherBacklog,
        @DefaultValue("5s") Duration closeTimeout,
        @DefaultValue("true") boolean logging,
        @DefaultValue("false") boolean showValues,
        @DefaultValue("false") boolean virtualThreads,
        @DefaultValue("false") boolean freshThreads,
        @DefaultValue("2147483547") int adviceOrder, // outside of caching and transactions, which come last
        @DefaultValue("false") boolean strict,
        @DefaultValue("true") boolean observeCandidates,
        @DefaultValue("true") boolean guardCaches,
        @Nullable Boolean guardDataSources,
        @DefaultValue("0.25") double poolShare,
        @DefaultValue List<String> candidatePools,
        @NestedConfigurationProperty @DefaultValue ExperimentProperties defaults) {

    /** Sets the properties that do not belong to single experiments. */
    void apply(Scientist.Builder builder, ConfigurableEnvironment environment) {
        PropertyBlock block = PropertyBlock.at(PropertyBlock.SCIENTIST, environment);
        set(block, "max-concurrent", maxConcurrent, builder::maxConcurrent);
        set(block, "publisher-backlog", publisherBacklog, builder::publisherBacklog);
        set(block, "close-timeout", closeTimeout, builder::closeTimeout);
        set(block, "logging", logging, builder::logging);
        int java = Runtime.version().feature();
        if (virtualThreads && java < 21) {
            throw block.invalid(
                    "virtual-threads",
                    virtualThreads,
                    "must be false on Java " + java,
                    "run on Java 21 or later, or remove the property");
        }
        set(block, "virtual-threads", virtualThreads, builder::virtualThreads);
        set(block, "fresh-threads", freshThreads, builder::freshThreads);
    }

    /** Sets one option. The builder checks its rules; here the message gets the name of the property. */
    private static <V> void set(PropertyBlock block, String key, V value, Consumer<V> option) {
        try {
            option.accept(value);
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            throw block.invalid(key, value, "breaks a rule: " + wrong.getMessage(), "change the value");
        }
    }
}
