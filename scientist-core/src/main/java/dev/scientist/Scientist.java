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
 * Declares experiments, and owns the threads, publishers and limits that they share. Create one per application and
 * close it at the end. It is thread-safe.
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
    private final ExperimentListeners listeners;
    // The declared experiments, kept to end on close those that are left. A call never reads this map.
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
        this.listeners = new ExperimentListeners(builder.listeners(), engine.publishers());
        dispatcher.start();
    }

    /** Creates a scientist with the default limits, which logs each new kind of disagreement once. */
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
     * @param options sets how the experiment runs, samples and compares
     * @throws IllegalArgumentException if the name is taken, or an option is wrong; the message names the option, the
     *     rule and the value
     * @throws IllegalStateException if this scientist is closed
     */
    public <T> Experiment<T> experiment(String name, Consumer<? super ExperimentOptions.Builder<T>> options) {
        Checks.text(name, "experiment name");
        requireNonNull(options, "options");
        requireOpen(name);
        if (!names.add(name)) {
            throw new IllegalArgumentException("experiment name must be unique but \"" + name
                    + "\" is already declared; keep the Experiment in a field and use it again, or remove it first");
        }
        TrialRunner<T> experiment;
        try {
            ExperimentOptions<T> chosen = options(name, options);
            requireOpen(name); // the options may have called close(), after which nobody is told of anything
            experiment = new TrialRunner<>(name, chosen, engine);
        } catch (Throwable wrong) {
            names.remove(name);
            throw wrong;
        }
        listeners.declared(experiment, experiment.hooks());
        experiments.put(name, experiment);
        if (engine.isClosed()) {
            end(experiment); // loses to close(), which may have read the map before
        }
        return experiment;
    }

    private void requireOpen(String name) {
        if (engine.isClosed()) {
            throw new IllegalStateException("experiment \"" + name + "\" cannot be declared: the Scientist is closed");
        }
    }

    private <T> ExperimentOptions<T> options(String name, Consumer<? super ExperimentOptions.Builder<T>> options) {
        ExperimentOptions.Builder<T> builder = new ExperimentOptions.Builder<>(engine.instants());
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
     * Ends an experiment, so that another one with the same name and other options can be declared. From now on, calls
     * of the ended experiment run only their primary and are counted as {@link Verdict.Reason#DISABLED};
     * {@link Experiment#change} cannot undo that. Candidates in flight go on, and are compared and counted under this
     * experiment; this method does not wait for them.
     *
     * @return false if the experiment was removed before, is of another scientist, or is still being declared:
     *     a listener cannot remove an experiment of which it is {@linkplain ExperimentListener#declared told}
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

    /** Tells the listeners, and then frees the name; false if another thread does it. */
    private boolean end(TrialRunner<?> experiment) {
        if (!experiments.remove(experiment.name(), experiment)) { // loses to another remove(), or to close()
            return false;
        }
        listeners.ended(experiment, experiment.hooks());
        names.remove(experiment.name());
        return true;
    }

    /**
     * Switches all experiments off: from the next call on, on any thread, no candidate is started. Candidates in flight
     * go on. This is the kill switch.
     */
    public void disable() {
        engine.disable();
    }

    /** Undoes {@link #disable()}. This has no effect on a scientist that was drained or closed. */
    public void enable() {
        engine.enable();
    }

    /** Returns whether candidates may be started: the scientist is neither disabled nor drained nor closed. */
    public boolean isEnabled() {
        return engine.isEnabled();
    }

    /**
     * Stops starting candidates for good, waits for the candidates in flight and for the publishers, up to
     * {@link Builder#closeTimeout}, and then cancels what is left: candidates are interrupted, and the trials in the
     * backlogs are dropped and counted.
     *
     * <p>Afterwards, calls still run their primary and are counted as {@link Verdict.Reason#SHUTDOWN}. Experiments can
     * still be declared, and publishers have not been told of any end, so that the counts are still shown. Draining is
     * the first step of a shutdown, before anything that candidates use is closed; {@link #close()} is the last step.
     * An interrupt ends the waiting early and stays set. Draining a second time does nothing.
     */
    public void drain() {
        engine.drain();
    }

    /**
     * {@linkplain #drain() Drains} this scientist, unless that was done before, tells listeners and publishers that the
     * experiments {@linkplain ExperimentListener#ended have ended}, and then {@linkplain TrialPublisher#closed()
     * closes} the publishers. This method waits a second for the listeners, and then for the publishers for the time
     * that draining has left of {@link Builder#closeTimeout}, and at least a second. A listener or publisher that hangs
     * is then interrupted; it keeps no publisher from being closed.
     *
     * <p>Afterwards, calls still run their primary and are counted as {@link Verdict.Reason#SHUTDOWN} in
     * {@link Experiment#tally()}, but no experiment can be declared. An interrupt ends the waiting early and stays set;
     * a thread that was interrupted before waits at most a second for listeners and publishers, which then go on
     * without it. Closing a second time does nothing.
     */
    @Override
    public void close() {
        engine.close(() -> {
            experiments.values().forEach(this::end);
            engine.contextCarriers().closed();
        });
    }

    /** Configures a {@link Scientist}. It is not thread-safe. */
    public static final class Builder {
        final List<TrialPublisher> publishers = new ArrayList<>();
        final List<ExperimentListener> listeners = new ArrayList<>();
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

        /**
         * Adds a publisher, which receives the trials of every experiment. Adding the same object again has no effect.
         */
        public Builder publisher(TrialPublisher publisher) {
            requireNonNull(publisher, "publisher");
            if (!isIn(publishers, publisher)) {
                publishers.add(publisher);
            }
            return this;
        }

        /**
         * Adds a listener, which is told of every experiment. Adding the same object again has no effect, and an object
         * that is also added as a {@link #publisher} is told only once. A {@link TrialPublisher} that is added only
         * here would receive no trial, so {@link #build} refuses it.
         */
        public Builder listener(ExperimentListener listener) {
            requireNonNull(listener, "listener");
            if (!isIn(listeners, listener)) {
                listeners.add(listener);
            }
            return this;
        }

        private List<ExperimentListener> listeners() {
            return listeners.stream()
                    .filter(listener -> !isIn(publishers, listener))
                    .toList();
        }

        private void requireTrialsForPublishers() {
            for (ExperimentListener listener : listeners()) {
                if (listener instanceof TrialPublisher) {
                    throw new IllegalArgumentException(
                            "a listener that is a TrialPublisher must be added as a publisher too but "
                                    + Difference.typeName(listener)
                                    + " was not, so that it would receive no trial; call publisher(...) with it instead");
                }
            }
        }

        private static boolean isIn(List<?> added, Object one) {
            return added.stream().anyMatch(other -> other == one);
        }

        /**
         * Sets whether each new kind of disagreement is logged once, at WARN and without values; default true.
         * Repetitions are logged at DEBUG.
         */
        public Builder logging(boolean value) {
            logging = value;
            return this;
        }

        /** Adds a carrier of ambient context, in addition to those found by {@link java.util.ServiceLoader}. */
        public Builder contextCarrier(ContextCarrier carrier) {
            contextCarriers.add(requireNonNull(carrier, "contextCarrier"));
            return this;
        }

        /**
         * Sets options for every experiment. They are applied before the experiment's own options, which override them;
         * later defaults override earlier ones.
         */
        public Builder defaults(Consumer<? super ExperimentOptions.Builder<?>> options) {
            defaults.add(requireNonNull(options, "defaults"));
            return this;
        }

        /**
         * Changes the options of every experiment, after the experiment's own options were set. The customizer gets the
         * experiment's name. This is meant for configuration and tests.
         */
        public Builder customizer(BiConsumer<String, ? super ExperimentOptions.Builder<?>> customizer) {
            customizers.add(requireNonNull(customizer, "customizer"));
            return this;
        }

        /**
         * Sets how many candidates of all experiments together may be in flight; 1 to 100 000; default 256. The
         * experiments share these permits: while one experiment holds all of them, calls of the others are skipped as
         * saturated too.
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
         * Sets how many trials may wait for each publisher before further ones are dropped and counted; 1 to 1 000 000;
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

        /**
         * Sets how long {@link Scientist#close()} waits for candidates and then for publishers; longer than zero;
         * default 5 s. After that time, cancelling and closing take at most a few seconds more.
         */
        public Builder closeTimeout(Duration limit) {
            closeTimeout = Checks.positive(limit, "closeTimeout");
            return this;
        }

        /**
         * Sets whether each candidate runs on its own virtual thread; default false, which means platform threads. Use
         * virtual threads only for candidates that wait. A candidate that computes, or spins, occupies a carrier thread
         * until it ends, even past its deadline. As many such candidates as there are processors block every caller
         * that runs on a virtual thread.
         *
         * @throws IllegalStateException if true and this Java version has no virtual threads (before 21)
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
         * Sets whether each candidate runs on its own thread, which ends with it; default false. Use it for candidates
         * that leave state on their thread of which the library knows nothing, such as their own {@link ThreadLocal}:
         * on a pooled thread the next candidate would find it. The name, priority, class loader and interrupt flag of
         * the thread, and what a {@link ContextCarrier} carries, are restored in any case. A new platform thread costs
         * about 100 us of processor time per sampled call, a pooled one 6 to 9 us. Virtual threads are always new.
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

        /**
         * Creates the scientist and starts its dispatcher thread, which is a daemon.
         *
         * @throws IllegalArgumentException if a {@link #listener} is a {@link TrialPublisher} and was not added as one
         */
        public Scientist build() {
            requireTrialsForPublishers();
            return new Scientist(this);
        }
    }
}
