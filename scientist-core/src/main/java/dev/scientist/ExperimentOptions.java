package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
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
 * How an experiment runs, samples, compares and cleans; fixed when the experiment is declared. What can change
 * later is in {@link ExperimentSettings}.
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public final class ExperimentOptions<T> {

    /**
     * When, and by which thread, the candidate is started. What each costs the caller stands in docs/benchmarks.md.
     *
     * @since 0.1.0
     */
    public enum Start {
        /**
         * The default. The caller leaves the candidate in a queue that is polled every half to one millisecond, and wakes
         * nobody while traffic flows; after about a second without traffic the next call pays one wake-up.
         */
        POLLED,
        /** At once: the caller wakes one worker, and pays for exactly one wake-up. */
        IMMEDIATE,
        /** Polled, but only after the primary has ended, so the two sides do not compete for the processor. */
        AFTER_PRIMARY,
        /**
         * For tests: on the caller's thread, after the primary, and compared and published before the call returns.
         * Deterministic, and as slow as both sides together. Deadlines are not enforced, and each caller publishes its own
         * trials: where several call at once, publishers must be thread-safe.
         */
        SAME_THREAD
    }

    /**
     * What becomes of the share of sampled calls while the experiment runs.
     *
     * @since 0.1.0
     */
    public enum Sampling {
        /** The default. It is {@link ExperimentSettings#sampleRate()}, until somebody changes that. */
        CONSTANT,
        /**
         * It is halved when the primary suffers: when a sampled call finds no permit or is over {@link
         * ExperimentSettings#maxPerSecond()}, when the primary is shown slower in sampled calls than in others, and when callers
         * wait for a connection of a pool of which candidates hold some. At most once in ten seconds, and in the time that a
         * candidate may run where that is longer; down to a thousandth of the rate. Never raised, except by who sets {@link
         * ExperimentSettings#sampleRate(double)}, also to what it is already. See docs/sampling.md.
         *
         * <p>How long the primary takes is compared where calls are sampled at random, without a key, a {@link Sampler} or a
         * condition, and HdrHistogram is there. Of a rate above 63/64, one call in 64 is then not sampled.
         */
        ADAPTIVE
    }

    final ExperimentSettings settings;
    final Sampling sampling;
    final Start start;
    final Effects effects;
    final List<String> candidates;
    final List<Role> roles; // of the candidates
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
    }

    /** When and where candidates are started. */
    public Start start() {
        return start;
    }

    /** What candidates may do to the world. */
    public Effects effects() {
        return effects;
    }

    /** What becomes of the share of sampled calls. */
    public Sampling sampling() {
        return sampling;
    }

    /** Whether the key of a call decides if it is sampled. */
    public boolean isSampledByKey() {
        return sampleByKey;
    }

    /** Whether the thread of a late candidate is interrupted. */
    public boolean isLateInterrupted() {
        return interruptLate;
    }

    /** Whether candidates' futures belong to one call each. */
    public boolean areFuturesOwned() {
        return ownedFutures;
    }

    /** What compares the values; {@link ResultComparator#equality()} where {@link #snapshotFormat()} compares them. */
    public ResultComparator<? super T> comparator() {
        return comparator;
    }

    /** Whether answers are compared as a snapshot shows them. */
    public boolean hasSnapshot() {
        return snapshot != null;
    }

    /** What writes and compares the answers; {@code null} where they are compared themselves, or copies of them. */
    public @Nullable SnapshotFormat snapshotFormat() {
        return snapshotFormat;
    }

    /** The types of arguments that are copied for candidates; empty where none are. */
    public Set<Class<?>> copiedArguments() {
        return argumentCopiers.types();
    }

    @SuppressWarnings(
            "unchecked") // with a format nothing takes an answer for a T: comparators, rules and cleaners are refused
    private static <T> UnaryOperator<T> writing(SnapshotFormat format) {
        return answer -> (T) format.write(answer);
    }

    /**
     * Collects the options of one experiment. Not thread-safe.
     *
     * <p>Options are set in three layers: the defaults of the {@link Scientist}, the experiment's own, and the
     * {@link Scientist.Builder#customizer}. A later layer replaces what an earlier one said; within one layer the
     * same option set to two different values is a contradiction and fails at once. Hooks that run on the caller's
     * thread (sampler, condition, snapshot, argument copier, suppliers of key and attributes) must be cheap; what they
     * cost is shown in {@code scientist.overhead}.
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

        Builder() {}

        /** Whether candidates are started at all; default true. */
        public Builder<T> enabled(boolean value) {
            settings = settings.enabled(once("enabled", value));
            return this;
        }

        /** The share of calls that is sampled, 0 to 1; default 1. The choice is random for each call. */
        public Builder<T> sampleRate(double rate) {
            settings = settings.sampleRate(once("sampleRate", Checks.rate(rate, "sampleRate")));
            return this;
        }

        /** What becomes of the share of sampled calls while the experiment runs; default {@link Sampling#CONSTANT}. */
        public Builder<T> sampling(Sampling value) {
            sampling = once("sampling", requireNonNull(value, "sampling"));
            return this;
        }

        /**
         * Samples by the key of the call instead of at random: a key is always in or always out, raising the rate never
         * removes a key, and different experiments choose independently. A call without a key is not sampled. The key's
         * {@code toString()} decides, on the caller's thread.
         */
        public Builder<T> sampleByKey() {
            return sampleByKey(true);
        }

        /** Whether to sample by the key of the call, see {@link #sampleByKey()}; default false. */
        public Builder<T> sampleByKey(boolean value) {
            sampleByKey = once("sampleByKey", value);
            return this;
        }

        /** How many calls at most are sampled in each second; at least 1; default no limit. */
        public Builder<T> maxPerSecond(int limit) {
            settings = settings.maxPerSecond(once("maxPerSecond", Checks.positive(limit, "maxPerSecond")));
            return this;
        }

        /**
         * A choice of your own, asked after rate and key and before the per-second cap; on the caller's thread; default
         * none.
         */
        public Builder<T> sampler(Sampler value) {
            sampler = once("sampler", requireNonNull(value, "sampler"));
            return this;
        }

        /**
         * A condition on the attributes of the call, on the caller's thread; false or an exception means that the
         * candidate is not run. Default none.
         */
        public Builder<T> runIf(Predicate<Map<String, Object>> condition) {
            runIf = once("runIf", requireNonNull(condition, "runIf"));
            return this;
        }

        /**
         * Prepares a candidate, with the attributes of the call, on the candidate's thread right before it is
         * called. When it throws, the candidate is not run: {@link Verdict.Reason#UNSAFE}. Default nothing.
         */
        public Builder<T> beforeRun(Consumer<Map<String, Object>> preparation) {
            beforeRun = once("beforeRun", requireNonNull(preparation, "beforeRun"));
            return this;
        }

        /** When and where the candidate is started; default {@link Start#POLLED}. */
        public Builder<T> start(Start value) {
            start = once("start", requireNonNull(value, "start"));
            return this;
        }

        /** What the candidate may do to the world; default {@link Effects#READ_ONLY}. */
        public Builder<T> effects(Effects value) {
            effects = once("effects", requireNonNull(value, "effects"));
            return this;
        }

        /** How many candidates may be in flight; at least 1; default 64. Beyond it calls are skipped as saturated. */
        public Builder<T> maxConcurrent(int limit) {
            settings = settings.maxConcurrent(once("maxConcurrent", Checks.positive(limit, "maxConcurrent")));
            return this;
        }

        /** How long a candidate may run; longer than zero; default 1 s. */
        public Builder<T> candidateTimeout(Duration limit) {
            settings = settings.candidateTimeout(once("candidateTimeout", Checks.positive(limit, "candidateTimeout")));
            return this;
        }

        /** How long a comparison, with ignore rules and cleaning, may take; longer than zero; default 1 s. */
        public Builder<T> comparisonTimeout(Duration limit) {
            settings =
                    settings.comparisonTimeout(once("comparisonTimeout", Checks.positive(limit, "comparisonTimeout")));
            return this;
        }

        /** How many elements of a stream are kept for comparing; at least 1; default 1 000. See {@link ExperimentSettings}. */
        public Builder<T> maxElements(int limit) {
            settings = settings.maxElements(once("maxElements", Checks.positive(limit, "maxElements")));
            return this;
        }

        /**
         * Names the candidates, where there are several; default one, named {@code candidate}.
         *
         * @param names at least one, each not blank, unique, and not {@code primary}
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
         * Copies the primary's value on the caller's thread before it is handed back, and compares the copy;
         * default none. When it throws, the caller still gets the value and the call is {@link
         * Verdict.Reason#SNAPSHOT_FAILED}. Not called for null.
         */
        public Builder<T> snapshot(UnaryOperator<T> copy) {
            snapshot = once("snapshot", requireNonNull(copy, "snapshot"));
            snapshotFormat = null;
            return this;
        }

        /**
         * Writes the answers of both sides as documents right after they were returned, each on the thread that returned
         * it, loading nothing, and compares the documents; default none. They also take the place of values in a {@link
         * Trial}. When the primary's answer cannot be written, the caller still gets it and the call is {@link
         * Verdict.Reason#SNAPSHOT_FAILED}; so it is when a candidate's cannot. The time of writing belongs to neither
         * side's {@link Outcome#elapsed()}, but a candidate's document must be there by its deadline.
         *
         * <p>The format compares by itself: beside it there is no place for a comparator, an {@link IgnoreRule} or a
         * cleaner, which would see documents; they are refused when the experiment is declared, except that this takes the
         * place of a comparator of an earlier layer.
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
         * Copies arguments of one type for the candidate, on the caller's thread before the primary runs, so that
         * the candidate cannot change them under the primary; default none. When it throws, the candidate is not
         * run: {@link Verdict.Reason#UNSAFE}. An argument whose class is exactly {@code Object[]} is a list of arguments:
         * it is always copied, and each element by the copier for it, unless there is a copier for {@code Object[]} itself.
         *
         * @param type arguments whose class is this, or else a subtype of it, are copied; among several the first added
         * @param copy makes the copy; not called for null
         */
        public <A> Builder<T> argumentCopier(Class<A> type, UnaryOperator<A> copy) {
            requireNonNull(type, "type");
            once("argumentCopier for " + type.getName(), requireNonNull(copy, "copy"));
            argumentCopiers.put(type, argument -> copy.apply(type.cast(argument)));
            return this;
        }

        /**
         * Shapes the values that publishers see; never what is compared. Not called for null or for a side that
         * threw. With a cleaner, differences are published without values. When it throws, the values are left out.
         * Default: values as they are.
         */
        public Builder<T> cleaner(UnaryOperator<T> clean) {
            cleaner = once("cleaner", requireNonNull(clean, "cleaner"));
            return this;
        }

        /**
         * Whether the thread of a late candidate is interrupted; default true. An interrupt ends what waits, and it closes a
         * {@link java.nio.channels.FileChannel} or socket channel in which the candidate reads at that moment: set this to
         * false where callers use the same channel, as they do with a database embedded in the process, such as H2 on a
         * file, or with an index on files. A late candidate is then counted at its deadline all the same, and keeps its
         * permit until it ends by itself. {@link Scientist#close()} interrupts it at last.
         */
        public Builder<T> interruptLate(boolean value) {
            interruptLate = once("interruptLate", value);
            return this;
        }

        /**
         * Declares that the futures which candidates return are each made for one call and belong to it: nobody else waits
         * for them, and they may be cancelled; default false.
         *
         * <p>An owned future is cancelled when it is late, and when its caller gives up the call, and its permit returns when
         * that completes it. To cancel a {@link java.util.concurrent.CompletableFuture} completes it at once but stops
         * nothing: the work behind it may go on, so that more candidates are at work than {@link #maxConcurrent} allows, and
         * what it still returns reaches nobody.
         *
         * <p>A future that is not owned is never cancelled. Its permit returns when it completes, or a minute after its
         * deadline, whichever is first; then it is counted as {@link Tally.Hook#LOST_FUTURE}. The verdict is the same either
         * way, and comes at the deadline. The second run of {@link #replicateRate} is the primary's, whose futures are not
         * covered by this. Subscriptions to a {@code Mono} or {@code Flux} are always owned.
         */
        public Builder<T> ownedFutures(boolean value) {
            ownedFutures = once("ownedFutures", value);
            return this;
        }

        /**
         * Releases what candidates return, where it holds something that must be closed or given back: a connection, a stream,
         * a body; default none. To set this is to declare that nobody else uses what they return.
         *
         * <p>Called once for each answer that is not null of each candidate that returns, asynchronous ones and those of another
         * type included, which are released as they are, before any translation; also when the answer is late, or its call was
         * given up, abandoned or closed; and for the answers of the primary's second run ({@link #replicateRate}), which nobody
         * else gets. Never for the primary's own, which are the caller's. What a candidate still has in hand when its owned
         * future or its subscription is cancelled never becomes an answer; the candidate cleans that up itself.
         *
         * <p>On a thread of the {@link Scientist}, and on the one that runs the candidate with {@link Start#SAME_THREAD}; after
         * the comparison has ended, also one that was given up, and after inline publishers have seen the trial. Other
         * publishers work from a backlog, by which nothing is held up: they may find the values released, as may whoever
         * keeps a trial, and can read them only where a {@link #cleaner} puts something else in their place. A candidate keeps
         * its permit until its answer is released; there is no deadline for that. What the hook throws is counted as {@link
         * Tally.Hook#RELEASE}.
         */
        public Builder<T> release(Consumer<? super T> hook) {
            @SuppressWarnings("unchecked") // gets what candidates return; of another type where the call says so
            Consumer<Object> untyped = (Consumer<Object>) once("release", requireNonNull(hook, "release"));
            release = untyped;
            return this;
        }

        /**
         * Runs the primary a second time on a share of the sampled calls, to see how often it differs from itself: {@link
         * Trial#replicate()}. To set this is to declare the primary repeatable: it only reads, and what it captures does not
         * change after the call.
         *
         * <p>The second run is on the candidate's side: as a shadow where the candidate is started, which is on a thread of
         * the {@link Scientist} and on the caller's own with {@link Start#SAME_THREAD} only; with a permit of its own and the
         * candidate's deadline. Where no permit is free it is left out, which the trial tells. It comes to no verdict, no guard is asked about it,
         * it has a time of its own for comparing, and nothing but the trial tells of it; rules inside a comparator do count
         * what they hide in it.
         *
         * <p>A late second run is {@link Verdict#TIMED_OUT} like a candidate, but it is not interrupted, since callers may be
         * using what it works with, such as a channel. It keeps its permit until its thread is back, or as long as a future
         * that is not {@link #ownedFutures owned} keeps it. {@link Scientist#close()} interrupts it at last, with everything
         * else that is still running; a call whose second run goes on then is uncompared, whatever its candidate came to.
         *
         * @param share 0 to 1; default 0, never
         */
        public Builder<T> replicateRate(double share) {
            replicateRate = once("replicateRate", Checks.rate(share, "replicateRate"));
            return this;
        }

        /** Compares what both sides returned; default {@link ResultComparator#equality()}. */
        public Builder<T> comparator(ResultComparator<? super T> value) {
            comparator = once("comparator", requireNonNull(value, "comparator"));
            return this;
        }

        /** What compares the values as far as options have been set, for a later layer that builds on it. */
        public ResultComparator<? super T> comparator() {
            return comparator;
        }

        /** Whether answers are compared as a snapshot shows them, as far as options have been set. */
        public boolean hasSnapshot() {
            return snapshot != null || snapshotFormat != null;
        }

        /** The types of arguments that are copied, as far as options have been set. */
        public Set<Class<?>> copiedArguments() {
            return Set.copyOf(argumentCopiers.keySet());
        }

        /** What the candidate may do to the world, as far as options have been set. */
        public Effects effects() {
            return effects;
        }

        /** What writes and compares the answers as far as options have been set; null where they are compared themselves. */
        public @Nullable SnapshotFormat snapshotFormat() {
            return snapshotFormat;
        }

        /** Compares what both sides threw; default {@link ResultComparator#errorEquality()}. */
        public Builder<T> errorComparator(ResultComparator<? super Throwable> value) {
            errorComparator = once("errorComparator", requireNonNull(value, "errorComparator"));
            return this;
        }

        /**
         * Adds a rule that accepts known disagreements; rules are asked in the order in which they were added. In a later
         * layer, a rule of the same name takes the place of the earlier one.
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

        /** Adds a guard around the candidate; all guards must agree. */
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
