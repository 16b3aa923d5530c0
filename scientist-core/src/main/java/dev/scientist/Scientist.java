package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The front door: declares experiments, and owns the threads, publishers and limits they share. Create one per
 * application and close it at the end. Thread-safe.
 *
 * <pre>{@code
 * try (Scientist scientist = Scientist.create()) {
 *     Experiment<Quote> quotes = scientist.experiment("pricing.quote", options -> options
 *             .sampleRate(0.1).candidateTimeout(Duration.ofMillis(300)));
 *     Quote quote = quotes.run(() -> ledger.quote(request), () -> rewrite.quote(request));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Scientist implements AutoCloseable {

    private static final int MOST_CONCURRENT = 100_000;
    private static final int MOST_BACKLOG = 1_000_000;

    private final List<Consumer<? super ExperimentOptions.Builder<?>>> defaults;
    private final List<BiConsumer<String, ? super ExperimentOptions.Builder<?>>> customizers;
    private final Engine engine;
    // To refuse a second experiment of one name, and to end those that are left. No call asks it.
    private final Map<String, TrialRunner<?>> experiments = new ConcurrentHashMap<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    private Scientist(Builder builder) {
        this.defaults = List.copyOf(builder.defaults);
        this.customizers = List.copyOf(builder.customizers);
        Rehearsal.holdOnce();
        List<TrialPublisher> publishers = new ArrayList<>(builder.publishers);
        if (builder.logging) {
            publishers.add(new LoggingPublisher());
        }
        WorkQueue queue = new WorkQueue();
        ExecutorService workers =
                Workers.create(builder.virtualThreads, builder.freshThreads, builder.maxConcurrent, queue);
        Dispatcher dispatcher = new Dispatcher(queue, workers, builder.ticker);
        this.engine = new Engine(
                dispatcher,
                new PublisherFanOut(publishers, builder.publisherBacklog, dispatcher),
                new ContextCarriers(builder.contextCarriers),
                builder.maxConcurrent,
                builder.closeTimeout,
                builder.ticker,
                builder.instants);
        dispatcher.start();
    }

    /** A scientist with the default limits, which logs each new kind of disagreement once. */
    public static Scientist create() {
        return builder().build();
    }

    /** Starts to configure a scientist. */
    public static Builder builder() {
        return new Builder();
    }

    /** Declares an experiment with the default options. */
    public <T> Experiment<T> experiment(String name) {
        return experiment(name, options -> {});
    }

    /**
     * Declares an experiment. Do this once, at start-up, and keep the result in a field.
     *
     * @param name the experiment's name, a metric tag: not blank, unique within this scientist
     * @param options says how it runs, samples and compares
     * @throws IllegalArgumentException if the name is taken, or an option is wrong; the message names option, rule
     *     and value
     * @throws IllegalStateException if this scientist is closed
     */
    public <T> Experiment<T> experiment(String name, Consumer<? super ExperimentOptions.Builder<T>> options) {
        Checks.text(name, "experiment name");
        requireNonNull(options, "options");
        if (engine.isClosed()) {
            throw new IllegalStateException("experiment \"" + name + "\" cannot be declared: the Scientist is closed");
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException("experiment name must be unique but \"" + name
                    + "\" is already declared; keep the Experiment in a field and use it again, or remove it first");
        }
        TrialRunner<T> experiment;
        try {
            experiment = new TrialRunner<>(name, options(name, options), engine);
        } catch (Throwable wrong) {
            names.remove(name);
            throw wrong;
        }
        engine.publishers().declared(experiment, experiment.hooks());
        experiments.put(name, experiment);
        if (engine.isClosed()) {
            end(experiment); // loses to close(), which may have looked before
        }
        return experiment;
    }

    private <T> ExperimentOptions<T> options(String name, Consumer<? super ExperimentOptions.Builder<T>> options) {
        ExperimentOptions.Builder<T> builder = new ExperimentOptions.Builder<>();
        defaults.forEach(shared -> {
            shared.accept(builder);
            builder.nextLayer();
        });
        options.accept(builder);
        builder.nextLayer();
        customizers.forEach(customizer -> {
            customizer.accept(name, builder);
            builder.nextLayer();
        });
        return builder.build();
    }

    /**
     * Ends an experiment, so that another one of its name can be declared, with other options. Its calls are from now on plain
     * calls of their primary, counted as {@link Verdict.Reason#DISABLED}, and {@link Experiment#change} cannot take that back.
     * What is in flight goes on, and is compared and counted under this experiment; nothing waits for it.
     *
     * @return false if it was removed before, or is none of this scientist's
     */
    public boolean remove(Experiment<?> experiment) {
        TrialRunner<?> known =
                experiments.get(requireNonNull(experiment, "experiment").name());
        if (known != experiment) {
            return false;
        }
        known.stop();
        return end(known);
    }

    /** Tells publishers, before the name is free for another one; false if another thread does. */
    private boolean end(TrialRunner<?> experiment) {
        if (!experiments.remove(experiment.name(), experiment)) { // loses to another remove(), or to close()
            return false;
        }
        engine.publishers().ended(experiment, experiment.hooks());
        names.remove(experiment.name());
        return true;
    }

    /**
     * The kill switch: no experiment starts a candidate from the next call on, on any thread. What is in flight goes
     * on.
     */
    public void disable() {
        engine.disable();
    }

    /** Takes {@link #disable()} back. Without effect on a scientist that was drained or closed. */
    public void enable() {
        engine.enable();
    }

    /** Whether candidates may be started: neither disabled nor drained nor closed. */
    public boolean isEnabled() {
        return engine.isEnabled();
    }

    /**
     * Stops starting candidates for good, waits for those in flight and for the publishers as long as {@link
     * Builder#closeTimeout} says, and then cancels what is left: candidates are interrupted, backlogs dropped and
     * counted. Afterwards experiments still return what their primary does, and count {@link Verdict.Reason#SHUTDOWN}; they can
     * be declared, and publishers know of no end, so that counts are still shown. The first step of a shutdown, before anything
     * goes that candidates use; {@link #close()} is the last. An interrupt ends the waiting early and stays set. Draining twice
     * does nothing more.
     */
    public void drain() {
        engine.drain();
    }

    /**
     * {@linkplain #drain() Drains}, unless that was done before, and tells publishers of the end, of which one that hangs is
     * waited for a second. Afterwards experiments still return what their primary does, and count {@link
     * Verdict.Reason#SHUTDOWN}, as their own {@link Experiment#tally()} shows; none can be declared. An interrupt ends the
     * waiting early and stays set. Closing twice does nothing more.
     */
    @Override
    public void close() {
        engine.close(() -> {
            experiments.values().forEach(this::end);
            engine.publishers().closed();
            engine.contextCarriers().closed();
        });
    }

    /** Configures a {@link Scientist}. Not thread-safe. */
    public static final class Builder {
        final List<TrialPublisher> publishers = new ArrayList<>();
        final List<ContextCarrier> contextCarriers = new ArrayList<>();
        final List<Consumer<? super ExperimentOptions.Builder<?>>> defaults = new ArrayList<>();
        final List<BiConsumer<String, ? super ExperimentOptions.Builder<?>>> customizers = new ArrayList<>();
        int maxConcurrent = 256;
        int publisherBacklog = 1024;
        Duration closeTimeout = Duration.ofSeconds(5);
        boolean logging = true;
        boolean virtualThreads;
        boolean freshThreads;
        LongSupplier ticker = System::nanoTime;
        InstantSource instants = InstantSource.system();

        private Builder() {}

        /** Adds a publisher, unless this very one was added before; it receives the trials of every experiment. */
        public Builder publisher(TrialPublisher publisher) {
            requireNonNull(publisher, "publisher");
            if (publishers.stream().noneMatch(added -> added == publisher)) {
                publishers.add(publisher);
            }
            return this;
        }

        /**
         * Whether each new kind of disagreement is logged once, at WARN and without values; default true. Repetitions
         * go to DEBUG.
         */
        public Builder logging(boolean value) {
            logging = value;
            return this;
        }

        /** Adds a carrier of ambient context, beside those that are found. */
        public Builder contextCarrier(ContextCarrier carrier) {
            contextCarriers.add(requireNonNull(carrier, "contextCarrier"));
            return this;
        }

        /** Sets options for every experiment, before the experiment's own, which win; of several defaults the last. */
        public Builder defaults(Consumer<? super ExperimentOptions.Builder<?>> options) {
            defaults.add(requireNonNull(options, "defaults"));
            return this;
        }

        /**
         * Changes the options of every experiment, after the experiment's own; gets the experiment's name. For
         * configuration and tests.
         */
        public Builder customizer(BiConsumer<String, ? super ExperimentOptions.Builder<?>> customizer) {
            customizers.add(requireNonNull(customizer, "customizer"));
            return this;
        }

        /**
         * How many candidates of all experiments together may be in flight; 1 to 100 000; default 256. The experiments share
         * these permits: while one keeps them all, the others are skipped as saturated too.
         */
        public Builder maxConcurrent(int limit) {
            if (limit > MOST_CONCURRENT) {
                throw new IllegalArgumentException(
                        "maxConcurrent must be at most " + MOST_CONCURRENT + " but was " + limit);
            }
            maxConcurrent = Checks.positive(limit, "maxConcurrent");
            return this;
        }

        /**
         * How many trials may wait for each publisher before further ones are dropped and counted; 1 to 1 000 000;
         * default 1024.
         */
        public Builder publisherBacklog(int limit) {
            if (limit > MOST_BACKLOG) {
                throw new IllegalArgumentException(
                        "publisherBacklog must be at most " + MOST_BACKLOG + " but was " + limit);
            }
            publisherBacklog = Checks.positive(limit, "publisherBacklog");
            return this;
        }

        /** How long {@link Scientist#close()} waits for what is in flight; longer than zero; default 5 s. */
        public Builder closeTimeout(Duration limit) {
            closeTimeout = Checks.positive(limit, "closeTimeout");
            return this;
        }

        /**
         * Runs each candidate on a virtual thread of its own; default false, which is platform threads. Virtual threads are
         * only for candidates that wait: one that computes, or spins, keeps a processor until it ends, its deadline cannot
         * change that, and as many of them as there are processors stop every caller that is on a virtual thread itself.
         *
         * @throws IllegalStateException if true and this Java has none (before 21)
         */
        public Builder virtualThreads(boolean value) {
            if (value && !Workers.hasVirtualThreads()) {
                throw new IllegalStateException("virtualThreads needs Java 21 or later but this is Java "
                        + Runtime.version().feature());
            }
            virtualThreads = value;
            return this;
        }

        /**
         * Runs each candidate on a thread of its own, which ends with it; default false. For candidates that leave behind what
         * nobody knows of, such as a {@link ThreadLocal} of their own: on a pooled thread the next candidate finds it.
         * Name, priority, class loader, interrupt, and what a {@link ContextCarrier} carries are put back in any case. A
         * platform thread costs about 100 us of processor per sampled call, instead of 6 to 9 us pooled; virtual threads are
         * fresh already.
         */
        public Builder freshThreads(boolean value) {
            freshThreads = value;
            return this;
        }

        Builder ticker(LongSupplier nanos) {
            ticker = nanos;
            return this;
        }

        Builder instants(InstantSource source) {
            instants = source;
            return this;
        }

        /** Creates the scientist and its dispatcher thread, a daemon. */
        public Scientist build() {
            return new Scientist(this);
        }
    }
}
