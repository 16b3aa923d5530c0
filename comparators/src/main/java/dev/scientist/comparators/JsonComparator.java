package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.ResultComparator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares two answers as JSON documents and says where they differ.
 *
 * <pre>{@code
 * options.comparator(json().ignoring("/issuedAt").tolerance(0.005))
 * }</pre>
 *
 * <p><b>Answers.</b> Text ({@link CharSequence}) and {@code byte[]} are JSON. Trees of Jackson 2 and Jackson 3 and any
 * other object are what a mapper writes of them: Jackson 3's, where it is present, or else Jackson 2's, each with all
 * the modules that can be found, or {@linkplain #mapper the application's own}. Either side may be any of these.
 *
 * <p><b>Equality.</b> Numbers are equal by value: 1, 1.0 and 1e0 are, 1 and "1" are not. The order of fields does not
 * matter, the order of elements does, unless {@linkplain #ignoringArrayOrder() told otherwise}. A field that is null
 * and a field that is missing differ. Nothing in a document has a meaning beyond itself: a text such as
 * <code>${json-unit.ignore}</code> is a text. Answers of the same text or the same bytes are equal without being read.
 *
 * <p><b>Differences.</b> Paths are JSON Pointers (RFC 6901) into the primary's document, or into the candidate's where
 * only it has the place. An array with the same elements in another order is one difference, {@link
 * Difference.Kind#REORDERED}. Where an array's order does not matter and one element on each side has no counterpart,
 * the differences inside those two are reported; otherwise each element without a counterpart is. Values are plain:
 * {@code Map}, {@code List}, {@code String}, {@code BigDecimal}, {@code Boolean} and null.
 *
 * <p><b>Failures.</b> {@link #compare} throws where there can be no honest verdict, and the call is then counted as
 * {@link dev.scientist.Verdict#UNCOMPARED}: an answer that is not JSON, has a key twice in one object, is nested deeper
 * than 250 levels, or has a number beyond 9 999 decimal places; and an object that the mapper cannot write, or of which
 * it shows nothing. The message holds no value.
 *
 * <p>Threads: any. Invariant: immutable; each step gives a new comparator. Consequence: one instance may serve all
 * experiments.
 *
 * @since 0.1.0
 */
public final class JsonComparator implements ResultComparator<Object> {

    private static final int DEFAULT_MAX_DIFFERENCES = 100; // chosen: more than anyone reads of one call

    private final List<JsonLibrary> libraries;
    private final PathRules ignored;
    private final PathRules unordered;
    private final @Nullable Object mapper;
    private final @Nullable BigDecimal tolerance;
    private final @Nullable Integer maxDifferences;
    private final Answers answers;
    private final PlaceJudge judge;

    private JsonComparator(
            List<JsonLibrary> libraries,
            PathRules ignored,
            PathRules unordered,
            @Nullable Object mapper,
            @Nullable BigDecimal tolerance,
            @Nullable Integer maxDifferences) {
        this.libraries = libraries;
        this.ignored = ignored;
        this.unordered = unordered;
        this.mapper = mapper;
        this.tolerance = tolerance;
        this.maxDifferences = maxDifferences;
        this.answers = new Answers(libraries);
        this.judge = new PlaceJudge(tolerance);
    }

    /**
     * Compares all of two documents, exactly.
     *
     * @throws IllegalStateException if neither Jackson 2 nor Jackson 3 is on the class path
     */
    public static JsonComparator json() {
        return new JsonComparator(JsonLibrary.present(), PathRules.NONE, PathRules.NONE, null, null, null);
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
        return new JsonComparator(
                libraries, ignored.and("ignoring", paths), unordered, mapper, tolerance, maxDifferences);
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
        return new JsonComparator(libraries, ignored, unordered, mapper, absolute, maxDifferences);
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

    /** Lets the elements of every array come in any order. Each element must still come as often on both sides. */
    public JsonComparator ignoringArrayOrder() {
        return new JsonComparator(libraries, ignored, PathRules.EVERYWHERE, mapper, tolerance, maxDifferences);
    }

    /**
     * Lets the elements of some arrays come in any order. Each element must still come as often on both sides.
     *
     * @param paths of the arrays themselves, written as for {@link #ignoring}; added to those given already
     * @throws IllegalArgumentException if a path is not such a path, or names the whole document
     */
    public JsonComparator ignoringArrayOrderAt(String... paths) {
        PathRules more = unordered.and("ignoringArrayOrderAt", paths);
        return new JsonComparator(libraries, ignored, more, mapper, tolerance, maxDifferences);
    }

    /**
     * Ends the report after so many differences. Default: 100.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if it is less, or another limit was given before
     */
    public JsonComparator maxDifferences(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("maxDifferences must be at least 1 but was " + most);
        }
        requireOnce("maxDifferences", maxDifferences, most);
        return new JsonComparator(libraries, ignored, unordered, mapper, tolerance, most);
    }

    /**
     * Writes objects with the application's own mapper, exactly as it is configured. Default: one that is found once.
     *
     * <p>Mind that Jackson 3 writes an object of which it sees no property as <code>{}</code>, unless told otherwise.
     * Two such answers are not compared, unless they are equal themselves; parts of answers are.
     *
     * @param mapper an {@code ObjectMapper} of Jackson 2 or Jackson 3 that writes JSON; of type {@code Object} because
     *     an application need not have both
     * @throws IllegalArgumentException if it is anything else, or another mapper was given before
     */
    public JsonComparator mapper(Object mapper) {
        List<JsonLibrary> chosen = JsonLibrary.of(requireNonNull(mapper, "mapper"));
        requireOnce("mapper", this.mapper, mapper);
        return new JsonComparator(chosen, ignored, unordered, mapper, tolerance, maxDifferences);
    }

    /**
     * Compares two answers.
     *
     * @return the differences, at most {@link #maxDifferences}; empty when the two are equal
     * @throws RuntimeException if the two cannot be compared; the message says why, and holds no value
     */
    @Override
    public List<Difference> compare(Object primary, Object candidate) {
        if (requireNonNull(primary, "primary") == requireNonNull(candidate, "candidate")) {
            return List.of();
        }
        Object primaryJson = answers.write("primary", primary);
        Object candidateJson = answers.write("candidate", candidate);
        if (Objects.deepEquals(primaryJson, candidateJson)) {
            answers.requireShown(primaryJson, primary, candidate);
            return List.of();
        }
        Object primaryDocument = answers.read("primary", primaryJson, ignored, unordered);
        Object candidateDocument = answers.read("candidate", candidateJson, ignored, unordered);
        try {
            return differences(primaryDocument, candidateDocument);
        } catch (StackOverflowError tooSmall) {
            // The depth is limited, so this is a thread with far less than the default stack.
            throw new UncomparableException("the stack of this thread is too small for documents nested this deeply");
        }
    }

    /** What is compared, for people to read. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("json");
        if (!ignored.isEmpty()) {
            text.append(" ignoring ").append(ignored);
        }
        if (!unordered.isEmpty()) {
            text.append(" in any order at ").append(unordered);
        }
        if (tolerance != null) {
            text.append(" within ").append(tolerance);
        }
        return text.toString();
    }

    private List<Difference> differences(@Nullable Object primary, @Nullable Object candidate) {
        if (Walk.areSame(primary, candidate)) {
            return List.of();
        }
        int most = maxDifferences == null ? DEFAULT_MAX_DIFFERENCES : maxDifferences;
        return new Walk(judge, new Likeness(tolerance), most)
                .differences(primary, candidate).stream()
                        .map(Place::toDifference)
                        .toList();
    }

    private static void requireOnce(String option, @Nullable Object before, Object now) {
        if (before != null && !before.equals(now)) {
            throw new IllegalArgumentException(option + " was set to " + before + " and then to " + now
                    + "; set it once, or leave one of the two out");
        }
    }
}
