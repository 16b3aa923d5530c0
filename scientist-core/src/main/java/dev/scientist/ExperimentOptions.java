package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The options of an experiment: how it runs, samples, compares and cleans. They are fixed when the experiment is
 * declared. What can be changed later is in {@link ExperimentSettings}.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public final class ExperimentOptions<T> {

    /**
     * When the candidate is started, and by which thread. The cost of each choice for the caller is measured in
     * docs/benchmarks.md.
     *
     * @since 0.1.0
     */
    public enum Start {
        /**
         * The caller puts the candidate into a queue that is polled every half to one millisecond. While there is
         * traffic the caller wakes no thread; after about a second without traffic the next call pays for one wake-up.
         * This is the default.
         */
        POLLED,
        /** The candidate is started at once. The caller wakes one worker, and pays for exactly one wake-up. */
        IMMEDIATE,
        /**
         * The candidate is queued like {@link #POLLED}, but only after the primary has ended, so that the two sides do
         * not compete for the processor.
         */
        AFTER_PRIMARY,
        /**
         * The candidate runs on the caller's thread after the primary, and is compared and published before the call
         * returns. This is meant for tests: it is deterministic, and as slow as both sides together. Deadlines are not
         * enforced. Each caller publishes its own trials, so publishers must be thread-safe if there are several
         * callers at once.
         */
        SAME_THREAD
    }

    /**
     * How the share of sampled calls may change while the experiment runs.
     *
     * @since 0.1.0
     */
    public enum Sampling {
        /** The share is {@link ExperimentSettings#sampleRate()}, until somebody changes that. This is the default. */
        CONSTANT,
        /**
         * The share is halved when sampling may harm the primary: when a sampled call finds no permit or is over
         * {@link ExperimentSettings#maxPerSecond()}, when the primary is shown to be slower in sampled calls than in
         * others, and when callers wait for a connection from a pool while candidates hold some of its connections. It
         * is halved at most once in ten seconds, or once per candidate timeout if that is longer, and down to about a
         * thousandth of the rate. It is never raised, unless somebody sets
         * {@link ExperimentSettings#sampleRate(double)}, be it to the same value. See docs/sampling.md.
         *
         * <p>The primary's latency is compared only if calls are sampled at random, without a key, a {@link Sampler} or
         * a condition, and if HdrHistogram is present. In that case at least one call in 64 is not sampled, even with a
         * rate above 63/64. In a sampled call a stream that outlasts its candidate's deadline is timed up to there
         * only, so that it is not seen if such streams become slower.
         */
        ADAPTIVE
    }

    final ExperimentSettings settings;
    final Sampling sampling;
    final Start start;
    final Effects effects;
    final List<String> candidates;
    final List<Role> roles; // one for each candidate
    final boolean sampleByKey;
    final @Nullable Sampler sampler;
    final @Nullable Predicate<Map<String, Object>> runIf;
    final @Nullable Consumer<Map<String, Object>> beforeRun;
    final @Nullable UnaryOperator<T> snapshot;
    final @Nullable SnapshotFormat snapshotFormat;
    final ArgumentCopiers argumentCopiers;
    final @Nullable UnaryOperator<T> cleaner;
    final boolean ownedFutures;
    final boolean interruptLate;
    final @Nullable Consumer<Object> release;
    final double replicateRate;
    final ResultComparator<? super T> comparator;
    final ResultComparator<? super Throwable> errorComparator;
    final List<IgnoreRule<T>> ignoreRules;
    final List<CandidateGuard> guards;
    final InstantSource instants;

    private ExperimentOptions(Builder<T> builder) {
        this.settings = builder.settings;
        this.sampling = builder.sampling;
        this.start = builder.start;
        this.effects = builder.effects;
        this.roles = Role.ofCandidates(builder.candidates);
        this.candidates = builder.candidates;
        this.sampleByKey = builder.sampleByKey;
        this.sampler = builder.sampler;
        this.runIf = builder.runIf;
        this.beforeRun = builder.beforeRun;
        this.snapshotFormat = builder.snapshotFormat;
        this.snapshot = snapshotFormat == null ? builder.snapshot : writing(snapshotFormat);
        this.argumentCopiers = new ArgumentCopiers(builder.argumentCopiers);
        this.cleaner = builder.cleaner;
        this.ownedFutures = builder.ownedFutures;
        this.interruptLate = builder.interruptLate;
        this.release = builder.release;
        this.replicateRate = builder.replicateRate;
        this.comparator = builder.comparator;
        this.errorComparator = builder.errorComparator;
        this.ignoreRules = List.copyOf(builder.ignoreRules);
        this.guards = List.copyOf(builder.guards);
        this.instants = builder.instants;
    }

    /** Returns when and where candidates are started. */
    public Start start() {
        return start;
    }

    /** Returns which side effects candidates may have. */
    public Effects effects() {
        return effects;
    }

    /** Returns how the share of sampled calls may change. */
    public Sampling sampling() {
        return sampling;
    }

    /** Returns whether the key of a call decides if it is sampled. */
    public boolean isSampledByKey() {
        return sampleByKey;
    }

    /** Returns whether the thread of a late candidate is interrupted. */
    public boolean isLateInterrupted() {
        return interruptLate;
    }

    /** Returns whether each future of a candidate belongs to one call only; see {@link Builder#ownedFutures}. */
    public boolean areFuturesOwned() {
        return ownedFutures;
    }

    /**
     * Returns the comparator of the values; it is {@link ResultComparator#equality()} if {@link #snapshotFormat()}
     * compares them.
     */
    public ResultComparator<? super T> comparator() {
        return comparator;
    }

    /** Returns whether a snapshot of each answer is compared instead of the answer itself. */
    public boolean hasSnapshot() {
        return snapshot != null;
    }

    /**
     * Returns the format that writes and compares the answers; {@code null} if the answers themselves, or copies of
     * them, are compared.
     */
    public @Nullable SnapshotFormat snapshotFormat() {
        return snapshotFormat;
    }

    /**
     * Returns a description of how answers are compared: {@linkplain ResultComparator#description() the comparator} or
     * {@linkplain SnapshotFormat#description() the snapshot format} with their rules, the error comparator, and the
     * names of the ignore rules with their expiry. The text is the same after a restart, and changes when answers are
     * compared differently. It has at most 250 characters: a longer text is cut and ends with the hash of the whole.
     */
    public String comparison() {
        return ComparisonText.of(this);
    }

    /** Returns the types of the arguments that are copied for candidates; empty if none are. */
    public Set<Class<?>> copiedArguments() {
        return argumentCopiers.types();
    }

    @SuppressWarnings(
            "unchecked") // with a format nothing treats an answer as a T: comparators, rules and cleaners are refused
    private static <T> UnaryOperator<T> writing(SnapshotFormat format) {
        return answer -> (T) format.write(answer);
    }

    /**
     * Collects the options of one experiment. It is not thread-safe.
     *
     * <p>Options are set in three layers: the defaults of the {@link Scientist}, the experiment's own, and the
     * {@link Scientist.Builder#customizer}. A later layer replaces the options of an earlier one. Setting the same
     * option to two different values within one layer is a contradiction and fails at once. Hooks that run on the
     * caller's thread (sampler, condition, snapshot, argument copier, suppliers of key and attributes) must be cheap;
     * their cost is shown in {@code scientist.overhead}.
     *
     * @param <T> the type of the answer
     */
    public static final class Builder<T> {
        private ExperimentSettings settings = ExperimentSettings.DEFAULTS;
        private Sampling sampling = Sampling.CONSTANT;
        private Start start = Start.POLLED;
        private Effects effects = Effects.READ_ONLY;
        private List<String> candidates = List.of("candidate");
        private boolean sampleByKey;
        private @Nullable Sampler sampler;
        private @Nullable Predicate<Map<String, Object>> runIf;
        private @Nullable Consumer<Map<String, Object>> beforeRun;
        private @Nullable UnaryOperator<T> snapshot;
        private @Nullable SnapshotFormat snapshotFormat;
        private final Map<Class<?>, UnaryOperator<Object>> argumentCopiers = new LinkedHashMap<>();
        private @Nullable UnaryOperator<T> cleaner;
        private boolean ownedFutures;
        private boolean interruptLate = true;
        private @Nullable Consumer<Object> release;
        private double replicateRate;
        private ResultComparator<? super T> comparator = ResultComparator.equality();
        private ResultComparator<? super Throwable> errorComparator = ResultComparator.errorEquality();
        private final List<IgnoreRule<T>> ignoreRules = new ArrayList<>();
        private final List<CandidateGuard> guards = new ArrayList<>();
        private final Map<String, Object> setInThisLayer = new HashMap<>();
        private final InstantSource instants;

        Builder(InstantSource instants) {
            this.instants = instants;
        }

        /** Sets whether candidates are started at all; default true. */
        public Builder<T> enabled(boolean value) {
            settings = settings.enabled(once("enabled", value));
            return this;
        }

        /** Sets the share of calls that is sampled, 0 to 1; default 1. The choice is random for each call. */
        public Builder<T> sampleRate(double rate) {
            settings = settings.sampleRate(once("sampleRate", Checks.rate(rate, "sampleRate")));
            return this;
        }

        /**
         * Sets how the share of sampled calls may change while the experiment runs; default {@link Sampling#CONSTANT}.
         */
        public Builder<T> sampling(Sampling value) {
            sampling = once("sampling", requireNonNull(value, "sampling"));
            return this;
        }

        /**
         * Samples by the key of the call instead of at random. All calls with the same key are sampled or none is,
         * raising the rate never removes a key from the sample, and different experiments choose independently. A call
         * without a key is not sampled. The choice depends on the key's {@code toString()}, which is called on the
         * caller's thread.
         */
        public Builder<T> sampleByKey() {
            return sampleByKey(true);
        }

        /** Sets whether to sample by the key of the call, see {@link #sampleByKey()}; default false. */
        public Builder<T> sampleByKey(boolean value) {
            sampleByKey = once("sampleByKey", value);
            return this;
        }

        /** Sets how many calls are sampled per second at most; at least 1; default no limit. */
        public Builder<T> maxPerSecond(int limit) {
            settings = settings.maxPerSecond(once("maxPerSecond", Checks.positive(limit, "maxPerSecond")));
            return this;
        }

        /**
         * Sets your own choice of the sampled calls. It is asked on the caller's thread, after rate and key and before
         * the per-second cap; default none.
         */
        public Builder<T> sampler(Sampler value) {
            sampler = once("sampler", requireNonNull(value, "sampler"));
            return this;
        }

        /**
         * Sets a condition on the attributes of the call, which is checked on the caller's thread. If it returns false
         * or throws, the candidate is not run. Default none.
         */
        public Builder<T> runIf(Predicate<Map<String, Object>> condition) {
            runIf = once("runIf", requireNonNull(condition, "runIf"));
            return this;
        }

        /**
         * Sets a hook that prepares each candidate run. It gets the attributes of the call, on the candidate's thread
         * right before the candidate is called. When it throws, the candidate is not run: the call is
         * {@link Verdict.Reason#UNSAFE}. Default none.
         */
        public Builder<T> beforeRun(Consumer<Map<String, Object>> preparation) {
            beforeRun = once("beforeRun", requireNonNull(preparation, "beforeRun"));
            return this;
        }

        /** Sets when and where the candidate is started; default {@link Start#POLLED}. */
        public Builder<T> start(Start value) {
            start = once("start", requireNonNull(value, "start"));
            return this;
        }

        /** Sets which side effects the candidate may have; default {@link Effects#READ_ONLY}. */
        public Builder<T> effects(Effects value) {
            effects = once("effects", requireNonNull(value, "effects"));
            return this;
        }

        /**
         * Sets how many candidates may be in flight; at least 1; default 64. Calls beyond that are skipped as
         * saturated.
         */
        public Builder<T> maxConcurrent(int limit) {
            settings = settings.maxConcurrent(once("maxConcurrent", Checks.positive(limit, "maxConcurrent")));
            return this;
        }

        /** Sets how long a candidate may run; longer than zero; default 1 s. */
        public Builder<T> candidateTimeout(Duration limit) {
            settings = settings.candidateTimeout(once("candidateTimeout", Checks.positive(limit, "candidateTimeout")));
            return this;
        }

        /** Sets how long a comparison, with ignore rules and cleaning, may take; longer than zero; default 1 s. */
        public Builder<T> comparisonTimeout(Duration limit) {
            settings =
                    settings.comparisonTimeout(once("comparisonTimeout", Checks.positive(limit, "comparisonTimeout")));
            return this;
        }

        /**
         * Sets how many elements of a stream are kept for comparing; at least 1; default 1 000. See
         * {@link ExperimentSettings#maxElements()}.
         */
        public Builder<T> maxElements(int limit) {
            settings = settings.maxElements(once("maxElements", Checks.positive(limit, "maxElements")));
            return this;
        }

        /**
         * Sets the names of the candidates, if there are several; default one, named {@code candidate}.
         *
         * @param names at least one; each must be unique, not blank and not {@code primary}
         */
        public Builder<T> candidates(String... names) {
            Set<String> unique = new LinkedHashSet<>();
            for (String name : names) {
                if (Checks.text(name, "candidate name").equals("primary")) {
                    throw new IllegalArgumentException(
                            "candidate name must not be \"primary\": that is the other side");
                }
                if (!unique.add(name)) {
                    throw new IllegalArgumentException(
                            "candidate names must be unique but \"" + name + "\" is there twice");
                }
            }
            if (unique.isEmpty()) {
                throw new IllegalArgumentException("candidates must name at least one candidate but named none");
            }
            candidates = once("candidates", List.copyOf(unique));
            return this;
        }

        /**
         * Sets a hook that copies the primary's value on the caller's thread before the value is handed back; the copy
         * is compared instead of the value. Default none. When it throws, the caller still gets the value and the call
         * is {@link Verdict.Reason#SNAPSHOT_FAILED}. It is not called for null.
         */
        public Builder<T> snapshot(UnaryOperator<T> copy) {
            snapshot = once("snapshot", requireNonNull(copy, "snapshot"));
            snapshotFormat = null;
            return this;
        }

        /**
         * Sets a format in which the answers of both sides are written as documents, which are compared instead of the
         * answers; default none. Each answer is written right after it was returned, on the thread that returned it,
         * and nothing is loaded for that. A {@link Trial} shows the documents in place of the values. When the
         * primary's answer cannot be written, the caller still gets it and the call is
         * {@link Verdict.Reason#SNAPSHOT_FAILED}; the reason is the same when a candidate's answer cannot be written.
         * The time of writing is not part of {@link Outcome#elapsed()} of either side, but a candidate's document must
         * be complete by its deadline.
         *
         * <p>The format does the comparing itself. A comparator, an {@link IgnoreRule} or a cleaner would see documents
         * instead of values, so they are refused beside a format when the experiment is declared. Only a comparator of
         * an earlier layer is simply replaced by the format.
         */
        public Builder<T> snapshot(SnapshotFormat format) {
            snapshotFormat = once("snapshot", requireNonNull(format, "snapshot"));
            snapshot = null;
            if (!setInThisLayer.containsKey("comparator")) {
                comparator = ResultComparator.equality();
            }
            return this;
        }

        /**
         * Adds a hook that copies arguments of one type for the candidate, on the caller's thread before the primary
         * runs, so that the candidate cannot change the objects with which the primary works; default none. When it
         * throws, the candidate is not run: the call is {@link Verdict.Reason#UNSAFE}. An argument whose class is
         * exactly {@code Object[]} is treated as a list of arguments: the array is always copied, and each element is
         * copied by its own copier, unless there is a copier for {@code Object[]} itself.
         *
         * @param type arguments of exactly this class are copied, and those of a subtype if no copier is for their own
         *     class; if several copiers fit a subtype, the one added first is used
         * @param copy makes the copy; it is not called for null
         */
        public <A> Builder<T> argumentCopier(Class<A> type, UnaryOperator<A> copy) {
            requireNonNull(type, "type");
            once("argumentCopier for " + type.getName(), requireNonNull(copy, "copy"));
            argumentCopiers.put(type, argument -> copy.apply(type.cast(argument)));
            return this;
        }

        /**
         * Sets a hook that changes the values which publishers see. It never changes what is compared. It is not called
         * for null or for a side that threw. With a cleaner, differences are published without values. When it throws,
         * the values are left out. By default publishers see the values as they are.
         */
        public Builder<T> cleaner(UnaryOperator<T> clean) {
            cleaner = once("cleaner", requireNonNull(clean, "cleaner"));
            return this;
        }

        /**
         * Sets whether the thread of a late candidate is interrupted; default true. An interrupt ends the candidate's
         * waiting, but it also closes a {@link java.nio.channels.FileChannel} or socket channel from which the
         * candidate is reading at that moment. Set this to false if callers use the same channel, for example with a
         * database embedded in the process, such as H2 on a file, or with an index on files. A late candidate is then
         * still counted at its deadline, and keeps its permit until it ends by itself. {@link Scientist#close()}
         * interrupts it in the end.
         */
        public Builder<T> interruptLate(boolean value) {
            interruptLate = once("interruptLate", value);
            return this;
        }

        /**
         * Sets whether the futures of candidates are owned; default false. An owned future was made for one call and
         * belongs to it: nobody else waits for it, and it may be cancelled.
         *
         * <p>An owned future is cancelled when it is late and when its caller gives up the call. Its permit returns
         * when the cancellation completes it. Cancelling a {@link java.util.concurrent.CompletableFuture} completes it
         * at once but does not stop the work behind it. That work may go on, so that more candidates are working than
         * {@link #maxConcurrent} allows, and its result is lost.
         *
         * <p>A future that is not owned is never cancelled. Its permit returns when it completes, or a minute after its
         * deadline, whichever comes first; in the second case it is counted as {@link Tally.Hook#LOST_FUTURE}. The
         * verdict is the same in both cases, and is given at the deadline. The futures of the primary's second run
         * ({@link #replicateRate}) are the primary's, so this option does not cover them. Subscriptions to a
         * {@code Mono} or {@code Flux} are always owned.
         */
        public Builder<T> ownedFutures(boolean value) {
            ownedFutures = once("ownedFutures", value);
            return this;
        }

        /**
         * Sets a hook that releases the answers of candidates, if they hold something that must be closed or given
         * back, such as a connection, a stream or a body; default none. By setting it you declare that nobody else uses
         * what the candidates return.
         *
         * <p>The hook is called once for each answer of a candidate that is not null. That includes the answers of
         * asynchronous candidates, and those of candidates of another type, which it gets as they were before
         * translation. It is also called if the answer is late, if its call was given up or abandoned, or if the
         * scientist was closed, and for the answers of the primary's second run ({@link #replicateRate}), which nobody
         * else gets. It is never called for the answers of the primary's first run, which belong to the caller. If an
         * owned future or a subscription is cancelled, what the candidate holds at that moment never becomes an answer;
         * the candidate must clean it up itself.
         *
         * <p>The hook runs on a thread of the {@link Scientist}, or with {@link Start#SAME_THREAD} on the thread that
         * runs the candidate. It runs after the comparison has ended, even one that was given up, and after the inline
         * publishers have seen the trial. Other publishers work from a backlog, for which nothing waits. They, and
         * anybody who keeps a trial, may find its values released already; they can rely on the values only if a
         * {@link #cleaner} replaces them. A candidate keeps its permit until its answer is released, and there is no
         * deadline for that. What the hook throws is counted as {@link Tally.Hook#RELEASE}.
         */
        public Builder<T> release(Consumer<? super T> hook) {
            @SuppressWarnings("unchecked") // the answer of a candidate may be of another type
            Consumer<Object> untyped = (Consumer<Object>) once("release", requireNonNull(hook, "release"));
            release = untyped;
            return this;
        }

        /**
         * Sets the share of the sampled calls in which the primary runs a second time, to see how often it differs from
         * itself; see {@link Trial#replicate()}. By setting it you declare the primary repeatable: it only reads, and
         * what it captures does not change after the call.
         *
         * <p>The second run is treated like a candidate: it is a shadow and runs where candidates run, on a thread of
         * the {@link Scientist}, or with {@link Start#SAME_THREAD} on the caller's. It takes its own permit and has the
         * candidate's deadline. If no permit is free it is left out, and the trial says so. Its result is shown only in
         * the trial and is not counted as a verdict; no guard is asked about it, and it has its own time limit for
         * comparing. Rules inside a comparator do count what they hide in it.
         *
         * <p>A late second run is {@link Verdict#TIMED_OUT} like a candidate, but it is not interrupted, since callers
         * may be using what it works with, such as a channel. It keeps its permit until its thread returns, or for a
         * future as long as one that is not {@link #ownedFutures owned}. {@link Scientist#close()} interrupts it in the
         * end, like everything else that is still running. If the second run of a call is still running then, the call
         * is uncompared, whatever its candidate did.
         *
         * @param share 0 to 1; default 0, never
         */
        public Builder<T> replicateRate(double share) {
            replicateRate = once("replicateRate", Checks.rate(share, "replicateRate"));
            return this;
        }

        /** Sets the comparator for what both sides returned; default {@link ResultComparator#equality()}. */
        public Builder<T> comparator(ResultComparator<? super T> value) {
            comparator = once("comparator", requireNonNull(value, "comparator"));
            return this;
        }

        /** Returns the comparator of values that has been set so far, for a later layer that builds on it. */
        public ResultComparator<? super T> comparator() {
            return comparator;
        }

        /** Returns whether a snapshot has been set so far. */
        public boolean hasSnapshot() {
            return snapshot != null || snapshotFormat != null;
        }

        /** Returns the types of arguments for which a copier has been set so far. */
        public Set<Class<?>> copiedArguments() {
            return Set.copyOf(argumentCopiers.keySet());
        }

        /** Returns which side effects the candidate may have, according to the options set so far. */
        public Effects effects() {
            return effects;
        }

        /** Returns the format that has been set so far to write and compare the answers; null if there is none. */
        public @Nullable SnapshotFormat snapshotFormat() {
            return snapshotFormat;
        }

        /** Sets the comparator for what both sides threw; default {@link ResultComparator#errorEquality()}. */
        public Builder<T> errorComparator(ResultComparator<? super Throwable> value) {
            errorComparator = once("errorComparator", requireNonNull(value, "errorComparator"));
            return this;
        }

        /**
         * Adds a rule that accepts known disagreements. Rules are asked in the order in which they were added. A rule
         * of a later layer replaces one of the same name from an earlier layer.
         */
        public Builder<T> ignore(IgnoreRule<T> rule) {
            String name = requireNonNull(rule, "rule").name();
            if (setInThisLayer.putIfAbsent("ignore rule " + name, rule) != null) {
                throw new IllegalArgumentException(
                        "ignore rule names must be unique but \"" + name + "\" is there twice");
            }
            int known = ignoreRules.stream().map(IgnoreRule::name).toList().indexOf(name);
            if (known < 0) {
                ignoreRules.add(rule);
            } else {
                ignoreRules.set(known, rule);
            }
            return this;
        }

        /** Adds a guard around the candidate. The candidate runs only if all guards agree. */
        public Builder<T> guard(CandidateGuard guard) {
            guards.add(requireNonNull(guard, "guard"));
            return this;
        }

        void nextLayer() {
            setInThisLayer.clear();
        }

        ExperimentOptions<T> build() {
            SnapshotFormat format = snapshotFormat;
            if (format != null) {
                requireNoneBeside(format, "comparator", comparator, comparator == ResultComparator.equality());
                requireNoneBeside(format, "ignore", ignoreRules, ignoreRules.isEmpty());
                requireNoneBeside(format, "cleaner", cleaner, cleaner == null);
            }
            return new ExperimentOptions<>(this);
        }

        private static void requireNoneBeside(
                SnapshotFormat format, String option, @Nullable Object value, boolean isNone) {
            if (!isNone) {
                throw new IllegalArgumentException(option + " must not be set beside snapshot(" + format + ") but was "
                        + value + ": both sides' answers are documents of that format, which compares them by its own"
                        + " rules; give the rules to the format, or leave one of the two out");
            }
        }

        private <V> V once(String option, V value) {
            Object before = setInThisLayer.putIfAbsent(option, value);
            if (before != null && !Objects.equals(before, value)) {
                throw new IllegalArgumentException(option + " was set to " + before + " and then to " + value
                        + "; set it once, or leave one of the two out");
            }
            return value;
        }
    }
}
