package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.Side;
import dev.scientist.SnapshotFormat;
import dev.scientist.UncomparableException;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares two answers as objects, by their contents and without writing them in any format, and says where they
 * differ.
 *
 * <pre>{@code
 * options.comparator(objects().rules(Rule.at("/lines").byKey("/sku")).ignoring("/issuedAt"))
 * }</pre>
 *
 * <p><b>Places.</b> Paths are JSON Pointers, as everywhere. They name a record's components and an object's fields by
 * name, whether private or inherited; elements of lists and arrays by index; values of a map by the text of its key.
 * Static and transient fields are no part of an object, nor are the variables that an inner class has captured. A map
 * with keys that are not text, numbers, dates or the like is compared as objects of {@code key} and {@code value}, in
 * any order.
 *
 * <p><b>Equality.</b> The contents of two objects decide, not their classes, because a rewrite has its own classes: an
 * object is equal to a record or a map of the same names and values. But two classes are told apart, at the place
 * {@code class}, where a look into their objects could not tell them apart: where they are among the alternatives of a
 * sealed type, are errors, or have no properties, the simple names must be equal; and everywhere, the full names, with
 * {@link #requiringSameTypes}. Numbers are equal by value, whatever their class, and NaN to itself. Enum constants are
 * their names; dates and times are ISO-8601 text. An {@code Optional} or {@code AtomicReference} is compared as the
 * value that it holds, and an empty one as null. Sets are equal in any order, each element as often on both sides;
 * lists and arrays are in order unless a rule says otherwise; bytes are one value. A class of the JDK that is none of
 * this is compared by its {@code equals}.
 *
 * <p><b>Differences</b> are as those of {@link JsonComparator}: values are plain, {@code Map}, {@code List}, {@code
 * String}, {@code BigDecimal}, {@code Boolean} and null, and {@link Secret} ones are left out. An object inside itself
 * is shown as <code>{"levels up": 2}</code>, and is equal to one as far above.
 *
 * <p><b>Failures.</b> {@link #compare} throws where there can be no honest verdict, and the call is then counted as
 * {@link dev.scientist.Verdict#UNCOMPARED}: accessors, iterators, {@code equals} or {@code hashCode} that throw; lazy
 * proxies, lambdas, streams and other objects that cannot be looked into, unless both sides have the same one. An
 * object that may be loaded when it is read is not opened, with the reason {@link
 * dev.scientist.Verdict.Reason#SESSION}. Over a limit the reason is {@link dev.scientist.Verdict.Reason#OVER_BUDGET}:
 * answers that differ and are nested deeper than 250 levels, or have more than 1 000 000 values. The message names the
 * place and the class, and holds no value.
 *
 * <p>Threads: any. Invariant: immutable; each step gives a new comparator. Consequence: one instance may serve all
 * experiments.
 *
 * @since 0.1.0
 */
public final class ObjectComparator implements RuledComparator<Object> {

    private final RuleSet rules;
    private final ObjectOptions options;
    private final @Nullable Integer maxDifferences;
    private final InstantSource instants;

    private ObjectComparator(
            RuleSet rules, ObjectOptions options, @Nullable Integer maxDifferences, InstantSource instants) {
        this.rules = rules;
        this.options = options;
        this.maxDifferences = maxDifferences;
        this.instants = instants;
    }

    /** Compares all of two answers, exactly. */
    public static ObjectComparator objects() {
        return new ObjectComparator(RuleSet.of(), ObjectOptions.NONE, null, InstantSource.system());
    }

    /**
     * Compares under rules that say what does not matter, or weighs differently, and where. They see the plain values.
     *
     * @param more after those given already; the first rule that accepts a difference is the one that counts it
     * @throws IllegalArgumentException if two rules were given the same name
     */
    @Override
    public ObjectComparator rules(Rule... more) {
        return new ObjectComparator(rules.and(more), options, maxDifferences, instants);
    }

    /**
     * Compares under a set of rules, which counts what they hide.
     *
     * @throws IllegalArgumentException if rules were given before
     */
    public ObjectComparator rules(RuleSet set) {
        return new ObjectComparator(rules.replacedBy(set, this), options, maxDifferences, instants);
    }

    @Override
    public RuleSet rules() {
        return rules;
    }

    /**
     * Leaves places out, with everything below them, on both sides, present or not. Values there are not looked into:
     * the rule counts every pair of objects or collections that are not the very same one. Only if a rule restructures
     * are both answers read as a whole first.
     *
     * @param paths as of {@link Rule#at}; added to those that are left out already
     * @throws IllegalArgumentException if a path is not such a path, or names the whole answer
     */
    public ObjectComparator ignoring(String... paths) {
        return rules(Arrays.stream(requireNonNull(paths, "paths"))
                .map(path -> Rule.at(path).ignored())
                .toArray(Rule[]::new));
    }

    /**
     * Leaves out record components and fields that carry an annotation of the application's, or whose accessor does.
     * They are not even read, and not counted.
     *
     * @throws IllegalArgumentException if the annotation cannot be seen while the application runs
     */
    public ObjectComparator ignoringAnnotated(Class<? extends Annotation> annotation) {
        Retention retention = requireNonNull(annotation, "annotation").getAnnotation(Retention.class);
        if (retention == null || retention.value() != RetentionPolicy.RUNTIME) {
            throw new IllegalArgumentException("annotation must be kept until run time but was @" + annotation.getName()
                    + "; annotate it with @Retention(RetentionPolicy.RUNTIME)");
        }
        return with(options.ignoring(annotation));
    }

    /**
     * Compares values of these types, and of their subtypes, as a whole: by their {@code equals}. Reports show their
     * {@code toString}.
     */
    public ObjectComparator byEquals(Class<?>... types) {
        return with(options.byEquals(Set.of(types)));
    }

    /**
     * Compares what a function reads of the values of a type, and of its subtypes, instead of the values themselves.
     * Rules at these places see what the function gives:
     *
     * <pre>{@code
     * objects().reading(Money.class, Money::amount).rules(Rule.at("/**").within("0.005"))
     * }</pre>
     *
     * @param type where several such types fit a value, the nearest one holds; of two of which
     *     neither extends the other, the one that was given first
     * @param as gives anything that can be compared, null included; must be thread-safe
     */
    public <T> ObjectComparator reading(Class<T> type, Function<? super T, ? extends @Nullable Object> as) {
        requireNonNull(as, "as");
        return with(options.reading(requireNonNull(type, "type"), as));
    }

    /**
     * Also requires objects and records to be of the same class on both sides. A difference is one between names, at
     * the place {@code class} in the object, where rules can accept it:
     * <code>Rule.at("/**&#47;class").mapped(...)</code>. Numbers, text, times, enum constants and collections remain
     * equal by value.
     */
    public ObjectComparator requiringSameTypes() {
        return with(options.sameTypes());
    }

    /**
     * Ends the report after so many differences. Default: 100.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if it is less, or another limit was given before
     */
    @Override
    public ObjectComparator maxDifferences(int most) {
        Limits.requirePositive("maxDifferences", most);
        if (maxDifferences != null && maxDifferences != most) {
            throw new IllegalArgumentException("maxDifferences was set to " + maxDifferences + " and then to " + most
                    + "; set it once, or leave one of the two out");
        }
        return new ObjectComparator(rules, options, most, instants);
    }

    /**
     * Gives a snapshot format for answers that belong to a session, such as entities of JPA, or that change later:
     * {@link dev.scientist.ExperimentOptions.Builder#snapshot(SnapshotFormat)}. It reads the fields of objects, calls
     * no accessor and loads nothing: it leaves out what a persistence library has not loaded yet. It compares the
     * snapshots with the verdicts of this comparator, under its rules.
     *
     * <p>A value that is compared by its {@code equals} is kept itself. Answers nested deeper than 250 levels cannot be
     * read, equal or not.
     */
    public SnapshotFormat snapshot() {
        return new ObjectSnapshot(this);
    }

    /** Reads what a snapshot keeps of an answer. */
    ObjectSnapshot.Document read(Object answer) {
        // A place that a rule ignores is read if the rule can expire: it may have expired by the comparison.
        PathState reading = rules.rootForReading(Instant.MAX);
        SecretMask mask = new SecretMask();
        StoredAccess access = new StoredAccess(options);
        Object tree = new ObjectReader(options, access, mask).read(answer, reading);
        if (tree == NotLoaded.PLACE) {
            throw new UncomparableException("a side's answer is not loaded: nothing of it could be compared");
        }
        return new ObjectSnapshot.Document(tree, mask, access.notLoaded(), access.hasKept());
    }

    /** Compares two documents of snapshots. */
    SnapshotFormat.Comparison compareDocuments(ObjectSnapshot.Document primary, ObjectSnapshot.Document candidate) {
        EqualValues equals = new EqualValues();
        Object left = primary.tree(Side.PRIMARY, equals);
        Object right = candidate.tree(Side.CANDIDATE, equals);
        equals.requireSame();
        SecretMask mask = new SecretMask();
        mask.addAll(primary.mask());
        mask.addAll(candidate.mask());
        NotLoadedPlaces notLoaded = primary.isLoaded() && candidate.isLoaded() ? null : new NotLoadedPlaces();
        List<Difference> differences = compareTrees(left, right, mask, instants.instant(), notLoaded);
        return new SnapshotFormat.Comparison(differences, notLoaded == null ? 0 : notLoaded.places());
    }

    /** Takes the time, by which rules expire, from another clock. */
    ObjectComparator clock(InstantSource other) {
        return new ObjectComparator(rules, options, maxDifferences, other);
    }

    /**
     * Compares two answers.
     *
     * @return the differences, at most {@link #maxDifferences}; empty when the two are equal
     * @throws UncomparableException if the two cannot be compared; the message says why, and holds no value
     */
    @Override
    public List<Difference> compare(Object primary, Object candidate) {
        requireNonNull(primary, "primary");
        requireNonNull(candidate, "candidate");
        Instant now = instants.instant();
        try {
            return !rules.isRestructuring() && seesNoDifference(primary, candidate, now)
                    ? List.of()
                    : compareRead(primary, candidate, now);
        } catch (StackOverflowError tooSmall) {
            // The depth is limited, so this is a thread with far less than the default stack.
            throw new UncomparableException("the stack of this thread is too small for answers nested this deeply");
        }
    }

    /** Runs the faster of two speeds alone, for tests. */
    boolean seesNoDifference(Object primary, Object candidate) {
        return seesNoDifference(primary, candidate, instants.instant());
    }

    /** Runs the slower of two speeds alone, for tests. */
    List<Difference> compareRead(Object primary, Object candidate) {
        return compareRead(primary, candidate, instants.instant());
    }

    private boolean seesNoDifference(Object primary, Object candidate, Instant now) {
        HiddenCounts hidden = new HiddenCounts();
        try {
            boolean isEqual = new ObjectLockStep(options, hidden).seesNoDifference(primary, candidate, rules.root(now));
            if (isEqual) {
                hidden.count();
            }
            return isEqual;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError failed) {
            Limits.throwIfInterrupted();
            return false; // the application's code has failed: reading the answers one by one says where
        }
    }

    private List<Difference> compareRead(Object primary, Object candidate, Instant now) {
        PathState reading = rules.rootForReading(now);
        EqualValues equals = new EqualValues();
        SecretMask mask = new SecretMask();
        Object left = new ObjectReader(options, new ObjectAccess.Live(Side.PRIMARY, options, equals), mask)
                .read(primary, reading);
        Object right = new ObjectReader(options, new ObjectAccess.Live(Side.CANDIDATE, options, equals), mask)
                .read(candidate, reading);
        equals.requireSame();
        return compareTrees(left, right, mask, now, null);
    }

    /**
     * Compares two plain trees.
     *
     * @param notLoaded leaves out what one of them has not loaded; null if nothing is
     */
    private List<Difference> compareTrees(
            @Nullable Object primary,
            @Nullable Object candidate,
            SecretMask mask,
            Instant now,
            @Nullable NotLoadedPlaces notLoaded) {
        rules.rules().forEach(mask::follow);
        Object left = rules.restructured(Side.PRIMARY, primary, now);
        Object right = rules.restructured(Side.CANDIDATE, candidate, now);
        if (notLoaded != null) {
            NotLoadedPlaces.Pair loaded = notLoaded.removedFrom(left, right, rules.root(now));
            left = loaded.primary();
            right = loaded.candidate();
        }
        RuledWalk walk = new RuledWalk(rules, Leniency.NONE, most(), now);
        return mask.masked(walk.differencesOfPlain("a restructured answer", left, right));
    }

    private ObjectComparator with(ObjectOptions others) {
        return new ObjectComparator(rules, others, maxDifferences, instants);
    }

    /**
     * Returns false if rules are about the list itself, such as its order, or single out elements, or if a list is read
     * as something else.
     */
    @Override
    public boolean comparesInWindows() {
        return rules.isForElements()
                && options.readings().keySet().stream().noneMatch(type -> type.isAssignableFrom(ArrayList.class));
    }

    @Override
    public String description() {
        return "objects" + options.description() + rules.description(most());
    }

    private int most() {
        return maxDifferences == null ? Limits.DEFAULT_MAX_DIFFERENCES : maxDifferences;
    }

    /** Describes for people how answers are compared. */
    @Override
    public String toString() {
        return "objects" + options + rules.suffix();
    }
}
