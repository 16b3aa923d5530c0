package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.ResultComparator;
import dev.scientist.SnapshotFormat;
import dev.scientist.UncomparableException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.javacrumbs.jsonunit.core.Option;
import org.jspecify.annotations.Nullable;

/**
 * Compares two answers as JSON documents and says where they differ.
 *
 * <pre>{@code
 * options.comparator(json().ignoring("/issuedAt").tolerance(0.005))
 * }</pre>
 *
 * <p><b>Answers.</b> Text ({@link CharSequence}) and {@code byte[]} are JSON. Two trees of Jackson 2, or of Jackson 3,
 * are compared as they are. Any other object is compared as a mapper writes it: Jackson 3's, where it is present, or
 * else Jackson 2's, each with all the modules that can be found, or {@linkplain #mapper the application's own}. Either
 * side may be any of these.
 *
 * <p><b>Equality.</b> Numbers are equal by value: 1, 1.0 and 1e0 are, 1 and "1" are not. The order of fields does not
 * matter, the order of elements does, unless {@linkplain #ignoringArrayOrder() told otherwise}. A field that is null
 * and a field that is missing differ. Nothing in a document has a meaning beyond itself: a text such as
 * <code>${json-unit.ignore}</code> is a text. Answers of the same text or the same bytes are equal without being read.
 *
 * <p><b>Differences.</b> Paths are JSON Pointers (RFC 6901) into the primary's document; for a value that only the
 * candidate has, the last segment is the one of the candidate's document. An array with the same elements in another
 * order is one difference, {@link Difference.Kind#REORDERED}; where elements have come or gone, the others are compared
 * with their counterparts, so that one inserted element is one difference. Where an array's order does not matter and
 * one element on each side has no counterpart, the differences inside those two are reported; otherwise each element
 * without a counterpart is. Values are plain: {@code Map}, {@code List}, {@code String}, {@code BigDecimal}, {@code
 * Boolean} and null.
 *
 * <p><b>Failures.</b> {@link #compare} throws where there can be no honest verdict, and the call is then counted as
 * {@link dev.scientist.Verdict#UNCOMPARED}: an answer that is not JSON, or has a key twice in one object; an object
 * that the mapper cannot write, or of which it shows nothing; a stream, an iterator or a future, and anything else that
 * can be read only once; an object that may be loaded when it is read ({@link dev.scientist.Sharing#SESSION}), also
 * inside other objects, which has the reason {@link dev.scientist.Verdict.Reason#SESSION}. Over a limit the reason is
 * {@link dev.scientist.Verdict.Reason#OVER_BUDGET}: an answer of more than 64 MB, nested deeper than 250 levels, or
 * with a number beyond 9 999 decimal places or 1 000 characters; and arrays in any order, under rules that let their
 * elements differ, that would need more than 4 000 000 looks at pairs of elements. The message says which, and holds no
 * value. A comparison that is interrupted, because it is over its time, ends soon.
 *
 * <p>Threads: any. Invariant: immutable; each step gives a new comparator. Consequence: one instance may serve all
 * experiments.
 *
 * @since 0.1.0
 */
public final class JsonComparator implements RuledComparator<Object> {

    private final List<JsonLibrary> libraries;
    private final RuleSet rules;
    private final Leniency leniency;
    private final @Nullable Object mapper;
    private final @Nullable BigDecimal tolerance;
    private final @Nullable Integer maxDifferences;
    private final InstantSource instants;
    private final Answers answers;

    private JsonComparator(
            List<JsonLibrary> libraries,
            RuleSet rules,
            Leniency leniency,
            @Nullable Object mapper,
            @Nullable BigDecimal tolerance,
            @Nullable Integer maxDifferences,
            InstantSource instants) {
        this.libraries = libraries;
        this.rules = rules;
        this.leniency = leniency;
        this.mapper = mapper;
        this.tolerance = tolerance;
        this.maxDifferences = maxDifferences;
        this.instants = instants;
        this.answers = new Answers(libraries);
    }

    /**
     * Compares all of two documents, exactly.
     *
     * @throws IllegalStateException if neither Jackson 2 nor Jackson 3 is on the class path
     */
    public static JsonComparator json() {
        return new JsonComparator(
                JsonLibrary.present(), RuleSet.of(), Leniency.NONE, null, null, null, InstantSource.system());
    }

    /**
     * Compares under rules that say what does not matter, or weighs differently, and where.
     *
     * @param more after those given already; the first rule that accepts a difference is the one that counts it
     * @throws IllegalArgumentException if two rules were given the same name
     */
    @Override
    public JsonComparator rules(Rule... more) {
        return new JsonComparator(libraries, rules.and(more), leniency, mapper, tolerance, maxDifferences, instants);
    }

    /**
     * Compares under a set of rules, which counts what they hide.
     *
     * @throws IllegalArgumentException if rules were given before
     */
    public JsonComparator rules(RuleSet set) {
        return new JsonComparator(
                libraries, rules.replacedBy(set, this), leniency, mapper, tolerance, maxDifferences, instants);
    }

    @Override
    public RuleSet rules() {
        return rules;
    }

    /**
     * Leaves places out, with everything below them, on both sides, present or not.
     *
     * <p>A path is a JSON Pointer (RFC 6901) in which the segment {@code *} stands for any one key or index and the
     * segment {@code **} for any number of segments, none included: <code>"/items/*&#47;price"</code>,
     * <code>"/**&#47;etag"</code>. A segment is matched as a whole: {@code "/a"} does not leave out {@code "/ab"}. A
     * key that contains a star is written with {@code ~2} for it. Ignored array elements keep their places, so that the
     * next ones do not move.
     *
     * @param paths added to those that are left out already
     * @throws IllegalArgumentException if a path is not such a path, or names the whole document
     */
    public JsonComparator ignoring(String... paths) {
        return rules(rulesAt(paths, Rule.Places::ignored));
    }

    /**
     * Lets numbers differ by this much, the limit included; in the whole document, and also between elements whose
     * order does not matter. Default: not at all.
     *
     * @param absolute 0 or more
     * @throws IllegalArgumentException if it is negative, or another tolerance was given before
     */
    public JsonComparator tolerance(BigDecimal absolute) {
        if (requireNonNull(absolute, "tolerance").signum() < 0) {
            throw new IllegalArgumentException("tolerance must be 0 or more but was " + absolute);
        }
        requireOnce("tolerance", tolerance, absolute);
        RuleSet more = rules.and(Rule.at("/**").within(absolute));
        return new JsonComparator(libraries, more, leniency, mapper, absolute, maxDifferences, instants);
    }

    /**
     * Lets numbers differ by this much, the limit included.
     *
     * @param absolute 0 or more, read as its shortest decimal notation: 0.1 is exactly one tenth
     * @throws IllegalArgumentException if it is negative, infinite or not a number, or another one was given before
     * @see #tolerance(BigDecimal)
     */
    public JsonComparator tolerance(double absolute) {
        if (!(absolute >= 0 && absolute <= Double.MAX_VALUE)) { // also catches NaN
            throw new IllegalArgumentException("tolerance must be 0 or more, and finite, but was " + absolute);
        }
        return tolerance(BigDecimal.valueOf(absolute));
    }

    /**
     * Compares with options of json-unit, in the whole document. The primary's answer is the one that json-unit
     * expects, and the candidate's is the one that it finds. Its tolerance, ignored paths and matchers are {@linkplain
     * #rules(Rule...) rules} here, and numbers are always equal by value.
     *
     * @param first {@code IGNORING_ARRAY_ORDER}, {@code IGNORING_EXTRA_FIELDS}, {@code IGNORING_EXTRA_ARRAY_ITEMS},
     *     {@code TREATING_NULL_AS_ABSENT} or {@code IGNORING_VALUES}
     * @param next more of these
     * @throws IllegalArgumentException if an option is about json-unit's reports
     */
    public JsonComparator when(Option first, Option... next) {
        Set<Option> options = EnumSet.of(first, next);
        JsonComparator lenient = new JsonComparator(
                libraries, rules, leniency.and(options), mapper, tolerance, maxDifferences, instants);
        return options.contains(Option.IGNORING_ARRAY_ORDER) ? lenient.ignoringArrayOrder() : lenient;
    }

    /** Lets the elements of every array come in any order. Each element must still come as often on both sides. */
    public JsonComparator ignoringArrayOrder() {
        return rules(Rule.at("/**").anyOrder());
    }

    /**
     * Lets the elements of some arrays come in any order. Each element must still come as often on both sides.
     *
     * @param paths of the arrays themselves, written as for {@link #ignoring}; added to those given already
     * @throws IllegalArgumentException if a path is not such a path, or names the whole document
     */
    public JsonComparator ignoringArrayOrderAt(String... paths) {
        return rules(rulesAt(paths, Rule.Places::anyOrder));
    }

    /**
     * Ends the report after so many differences. Default: 100.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if it is less, or another limit was given before
     */
    @Override
    public JsonComparator maxDifferences(int most) {
        Limits.requirePositive("maxDifferences", most);
        requireOnce("maxDifferences", maxDifferences, most);
        return new JsonComparator(libraries, rules, leniency, mapper, tolerance, most, instants);
    }

    /**
     * Writes objects with a copy of the application's own mapper, exactly as it is configured now, except that it opens
     * nothing that shares its session or position with the caller. Default: a mapper that is found once. A mapper of
     * Jackson 2 whose class cannot be copied is used itself; then only whole answers are looked at.
     *
     * <p>Mind that Jackson 3 writes an object of which it sees no property as <code>{}</code>, unless told otherwise.
     * Two such answers are not compared, unless they are equal themselves; such parts of answers are compared.
     *
     * @param mapper an {@code ObjectMapper} of Jackson 2 or Jackson 3 that writes JSON; of type {@code Object} because
     *     an application need not have both
     * @throws IllegalArgumentException if it is anything else, or another mapper was given before
     */
    public JsonComparator mapper(Object mapper) {
        List<JsonLibrary> chosen = JsonLibrary.of(requireNonNull(mapper, "mapper"));
        requireOnce("mapper", this.mapper, mapper);
        return new JsonComparator(chosen, rules, leniency, mapper, tolerance, maxDifferences, instants);
    }

    /** Takes the time, by which rules expire, from another clock. */
    JsonComparator clock(InstantSource other) {
        return new JsonComparator(libraries, rules, leniency, mapper, tolerance, maxDifferences, other);
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
        return comparison().compare(primary, candidate);
    }

    /** Runs the middle speed alone, for tests. */
    boolean seesNoDifference(Object primary, Object candidate) {
        return comparison().seesNoDifference(primary, candidate);
    }

    /** Runs the slowest speed alone, for tests. */
    List<Difference> compareRead(Object primary, Object candidate) {
        return comparison().compareRead(primary, candidate);
    }

    /** A comparison under the rules that have not expired by now. */
    JsonComparison comparison() {
        return new JsonComparison(answers, rules, leniency, most(), instants.instant());
    }

    /**
     * Gives a snapshot format for answers that belong to a session, such as entities of JPA, or that change later:
     * {@link dev.scientist.ExperimentOptions.Builder#snapshot(SnapshotFormat)}. It writes them with a copy of the
     * {@link #mapper} that loads nothing: if an object may load something, it reads the fields behind the properties
     * and calls no getter, and leaves out a property that is not loaded or has no field. In the place of an entity
     * inside itself it writes how many levels up the entity is. The documents are compared with the verdicts of this
     * comparator, under its rules. An answer that is itself a text is a document if it holds an object or an array;
     * otherwise it is compared as a text.
     *
     * <p>If a serializer, a converter or an accessor of the application's own would write such an object, no snapshot
     * is written.
     *
     * @throws IllegalArgumentException if the mapper cannot be copied
     */
    public SnapshotFormat snapshot() {
        return new JsonSnapshot(this, libraries.get(0).snapshots(), answers);
    }

    /**
     * Copies arguments for candidates: writes their loaded parts with the {@link #mapper}, as for {@link #snapshot},
     * and reads them back as the declared types. Text, numbers, dates and times, enum constants and records of nothing
     * but these are passed as they are. It throws, and the candidate is not run, if a part is not loaded, or if a field
     * of the copy differs from the argument's because the mapper leaves it out or does not know its class.
     *
     * @param types the declared types of the arguments, in order; none to go by their classes, which do not tell the
     *     types of a collection's elements
     * @return for {@link dev.scientist.ExperimentOptions.Builder#argumentCopier}: of {@code Object.class}, or of {@code
     *     Object[].class} where types were given
     */
    public UnaryOperator<Object> argumentCopier(Type... types) {
        JsonArguments arguments = new JsonArguments(libraries.get(0).snapshots(), answers);
        if (types.length == 0) {
            return argument -> requireNonNull(arguments.copy(argument, null));
        }
        Type[] declared = types.clone();
        return all -> {
            @Nullable Object[] copies = ((@Nullable Object[]) all).clone();
            for (int i = 0; i < copies.length; i++) {
                copies[i] = arguments.copy(copies[i], i < declared.length ? declared[i] : null);
            }
            return copies;
        };
    }

    /** Returns false if options or rules are about the list itself, such as its order, or single out elements. */
    @Override
    public boolean comparesInWindows() {
        return leniency.isNone() && rules.isForElements();
    }

    /** Also names what writes objects: the class of the mapper, or the Jackson whose mapper was found. */
    @Override
    public String description() {
        String writer = mapper == null ? libraries.get(0).name() : ResultComparator.nameOf(mapper);
        return "json by " + writer + options() + rules.description(most());
    }

    private int most() {
        return maxDifferences == null ? Limits.DEFAULT_MAX_DIFFERENCES : maxDifferences;
    }

    /** Describes for people how answers are compared. */
    @Override
    public String toString() {
        return "json" + options() + rules.suffix();
    }

    private String options() {
        return leniency.isNone() ? "" : " when " + leniency;
    }

    private static Rule[] rulesAt(String[] paths, Function<Rule.Places, Rule> step) {
        return Arrays.stream(requireNonNull(paths, "paths"))
                .map(path -> step.apply(Rule.at(path)))
                .toArray(Rule[]::new);
    }

    private static void requireOnce(String option, @Nullable Object before, Object now) {
        if (before != null && !before.equals(now)) {
            throw new IllegalArgumentException(option + " was set to " + before + " and then to " + now
                    + "; set it once, or leave one of the two out");
        }
    }
}
