package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One disagreement between the primary and a candidate: the path where they disagree, the kind, and the two values.
 *
 * <p>{@code toString()} and {@link #signature()} show path, kind and types, never the values. Instances are immutable;
 * the values they hold are whatever the two sides returned.
 *
 * @since 0.1.0
 */
public final class Difference {

    /** The kind of a disagreement. The set is closed; the kind is a metric tag. */
    public enum Kind {
        /** Both sides have a value here, of the same type, and the values differ. */
        CHANGED("changed"),
        /** Both sides have a value here, of different types. */
        TYPE_CHANGED("type_changed"),
        /** The primary has a value here, and the candidate does not. */
        MISSING("missing"),
        /** The candidate has a value here, and the primary does not. */
        UNEXPECTED("unexpected"),
        /** Both sides have the same elements in another order. */
        REORDERED("reordered"),
        /** One side threw, or both threw differently. */
        ERROR("error");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        /** Returns the value of the {@code kind} tag in metrics and reports, in lower snake case. */
        public String tag() {
            return tag;
        }
    }

    /** How much a difference weighs when a cutover is decided. */
    public enum Severity {
        /** A single difference of this severity stops a cutover. */
        CRITICAL("critical"),
        /** This is the default. */
        MAJOR("major"),
        /** Differences of this severity are tolerated more often than the others. */
        MINOR("minor");

        private final String tag;

        Severity(String tag) {
            this.tag = tag;
        }

        /** Returns the value of the {@code severity} tag in metrics and reports, in lower snake case. */
        public String tag() {
            return tag;
        }
    }

    // Parts of a path that vary from call to call: array indices, numbers, UUIDs, long hexadecimal identifiers.
    private static final Pattern VARYING = Pattern.compile(
            "(?<=/)(?:\\d+|\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}|\\p{XDigit}{16,})(?=/|$)");

    private static final Pattern INDEX = Pattern.compile("/(\\d{1,18})(?=/|$)");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    private static final int LONGEST_SHOWN = 300; // chosen: longer paths help nobody

    private final String path;
    private final Kind kind;
    private final Severity severity;
    private final String primaryType;
    private final String candidateType;
    private final @Nullable Object primary;
    private final @Nullable Object candidate;
    private final @Nullable String hint;

    private Difference(
            String path,
            Kind kind,
            Severity severity,
            String primaryType,
            String candidateType,
            @Nullable Object primary,
            @Nullable Object candidate,
            @Nullable String hint) {
        this.path = path;
        this.kind = kind;
        this.severity = severity;
        this.primaryType = primaryType;
        this.candidateType = candidateType;
        this.primary = primary;
        this.candidate = candidate;
        this.hint = hint;
    }

    /**
     * Creates a difference of severity {@link Severity#MAJOR}.
     *
     * @param path where the two disagree, as a JSON Pointer (RFC 6901); empty for the whole answer
     * @param kind the kind of disagreement
     * @param primary the primary's value at the path; {@code null} if it is null or absent
     * @param candidate the candidate's value at the path; {@code null} if it is null or absent
     */
    public static Difference of(String path, Kind kind, @Nullable Object primary, @Nullable Object candidate) {
        return new Difference(
                requireNonNull(path, "path"),
                requireNonNull(kind, "kind"),
                Severity.MAJOR,
                typeName(primary),
                typeName(candidate),
                primary,
                candidate,
                null);
    }

    /** Returns where the two disagree, as a JSON Pointer (RFC 6901); empty for the whole answer. */
    public String path() {
        return path;
    }

    /** Returns the kind of disagreement. */
    public Kind kind() {
        return kind;
    }

    /** Returns how much this difference weighs; {@link Severity#MAJOR} unless the comparator says otherwise. */
    public Severity severity() {
        return severity;
    }

    /**
     * Returns the class name of the primary's value, or {@code "null"}. It is known even if the value has been left
     * out.
     */
    public String primaryType() {
        return primaryType;
    }

    /**
     * Returns the class name of the candidate's value, or {@code "null"}. It is known even if the value has been left
     * out.
     */
    public String candidateType() {
        return candidateType;
    }

    /** Returns the primary's value; {@code null} if it is null, absent, or left out by {@link #withoutValues()}. */
    public @Nullable Object primary() {
        return primary;
    }

    /** Returns the candidate's value; {@code null} if it is null, absent, or left out by {@link #withoutValues()}. */
    public @Nullable Object candidate() {
        return candidate;
    }

    /**
     * Returns a hint for people if the two values may not really differ, for example that their class has no
     * {@code equals}; {@code null} if there is no hint. It never contains a value.
     */
    public @Nullable String hint() {
        return hint;
    }

    /** Returns the same difference with another severity. */
    public Difference withSeverity(Severity other) {
        return new Difference(
                path, kind, requireNonNull(other, "severity"), primaryType, candidateType, primary, candidate, hint);
    }

    /** Returns the same difference without the two values. Path, kind, severity, types and hint remain. */
    public Difference withoutValues() {
        return new Difference(path, kind, severity, primaryType, candidateType, null, null, hint);
    }

    Difference withHint(@Nullable String text) {
        return new Difference(path, kind, severity, primaryType, candidateType, primary, candidate, text);
    }

    /**
     * Returns the same difference with a path that starts further up. It is for a comparator that lets other
     * comparators compare parts of an answer: it puts the place of the part in front of the path. Everything but the
     * path remains.
     *
     * @param place the place of the part, as a JSON Pointer (RFC 6901)
     */
    public Difference below(String place) {
        return at(requireNonNull(place, "place") + path);
    }

    /**
     * Returns the same difference with the index of a list at the beginning of its path increased by a number of
     * elements.
     */
    Difference movedBy(long elements) {
        Matcher index = INDEX.matcher(path);
        return index.lookingAt()
                ? at("/" + (Long.parseLong(index.group(1)) + elements) + path.substring(index.end()))
                : this;
    }

    private Difference at(String place) {
        return new Difference(place, kind, severity, primaryType, candidateType, primary, candidate, hint);
    }

    /**
     * Returns what this difference has in common with similar differences of other calls: path pattern, kind and types.
     * Array indices, numbers, UUIDs and long hexadecimal segments of the path are replaced by {@code *}, so the
     * signature is the same from call to call and the number of signatures stays small. At most {@value #LONGEST_SHOWN}
     * characters of the path are shown, and control characters are replaced, whatever the answers contain.
     */
    public String signature() {
        String pattern = pathPattern();
        String types = primaryType.equals(candidateType) ? primaryType : primaryType + " -> " + candidateType;
        return kind.tag() + " " + (pattern.isEmpty() ? "(whole answer)" : pattern) + " [" + types + "]";
    }

    /**
     * Returns the path as {@link #signature()} shows it, with {@code *} for segments that vary from call to call;
     * {@code ""} for the whole answer.
     */
    public String pathPattern() {
        return shown(VARYING.matcher(path).replaceAll("*"));
    }

    /** Returns a text cut to a limited length and on one line. */
    static String shown(String whole) {
        String text = whole.length() <= LONGEST_SHOWN ? whole : whole.substring(0, LONGEST_SHOWN) + "...";
        return CONTROL.matcher(text).replaceAll("?"); // a line break in a key must not forge a line in the log
    }

    /** Returns the class name of a value without calling any method of the value. */
    static String typeName(@Nullable Object value) {
        return value == null ? "null" : ClassNames.shown(value.getClass());
    }

    /**
     * Compares all parts but the hint. The two values are compared by identity, because their {@code equals} may not be
     * trustworthy.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Difference that
                && path.equals(that.path)
                && kind == that.kind
                && severity == that.severity
                && primaryType.equals(that.primaryType)
                && candidateType.equals(that.candidateType)
                && primary == that.primary
                && candidate == that.candidate;
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, kind, severity, primaryType, candidateType);
    }

    @Override
    public String toString() {
        String types = primaryType.equals(candidateType) ? primaryType : primaryType + " -> " + candidateType;
        return kind.tag() + " at " + (path.isEmpty() ? "(whole answer)" : shown(path)) + " [" + types + "]";
    }
}
