package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One disagreement between the primary and a candidate: where, of what kind, and the two values.
 *
 * <p>{@code toString()} and {@link #signature()} show path, kind and types, never the values. Instances are immutable;
 * the values they hold are whatever the two sides returned.
 *
 * @since 0.1.0
 */
public final class Difference {

    /** What kind of disagreement this is. The set is closed; it is a metric tag. */
    public enum Kind {
        /** Both sides have a value here, of the same type, and the values differ. */
        CHANGED("changed"),
        /** Both sides have a value here, of different types. */
        TYPE_CHANGED("type_changed"),
        /** The primary has a value here, the candidate does not. */
        MISSING("missing"),
        /** The candidate has a value here, the primary does not. */
        UNEXPECTED("unexpected"),
        /** Both sides have the same elements in another order. */
        REORDERED("reordered"),
        /** One side threw, or both threw differently. */
        ERROR("error");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        /** The value of the {@code kind} tag in metrics and reports: lower snake case. */
        public String tag() {
            return tag;
        }
    }

    /** How much a difference weighs when a cutover is decided. */
    public enum Severity {
        /** A single one stops a cutover. */
        CRITICAL("critical"),
        /** The default. */
        MAJOR("major"),
        /** Tolerated more often than the others. */
        MINOR("minor");

        private final String tag;

        Severity(String tag) {
            this.tag = tag;
        }

        /** The value of the {@code severity} tag in metrics and reports: lower snake case. */
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
     * @param path where, as a JSON Pointer (RFC 6901); empty for the whole answer
     * @param kind what kind of disagreement
     * @param primary the primary's value at the path; {@code null} where it is null or absent
     * @param candidate the candidate's value at the path; {@code null} where it is null or absent
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

    /** Where the two disagree, as a JSON Pointer (RFC 6901); empty for the whole answer. */
    public String path() {
        return path;
    }

    /** What kind of disagreement this is. */
    public Kind kind() {
        return kind;
    }

    /** How much this difference weighs; {@link Severity#MAJOR} unless the comparator says otherwise. */
    public Severity severity() {
        return severity;
    }

    /** The class name of the primary's value, or {@code "null"}. Known also where the value has been left out. */
    public String primaryType() {
        return primaryType;
    }

    /** The class name of the candidate's value, or {@code "null"}. Known also where the value has been left out. */
    public String candidateType() {
        return candidateType;
    }

    /** The primary's value; {@code null} where it is null, absent, or left out by {@link #withoutValues()}. */
    public @Nullable Object primary() {
        return primary;
    }

    /** The candidate's value; {@code null} where it is null, absent, or left out by {@link #withoutValues()}. */
    public @Nullable Object candidate() {
        return candidate;
    }

    /**
     * What to do about a difference that may be none, for people to read, such as that a class has no {@code equals}; {@code
     * null} where there is nothing to say. Never a value.
     */
    public @Nullable String hint() {
        return hint;
    }

    /** The same difference with another severity. */
    public Difference withSeverity(Severity other) {
        return new Difference(
                path, kind, requireNonNull(other, "severity"), primaryType, candidateType, primary, candidate, hint);
    }

    /** The same difference without the two values: path, kind, severity and types remain. */
    public Difference withoutValues() {
        return new Difference(path, kind, severity, primaryType, candidateType, null, null, hint);
    }

    Difference withHint(@Nullable String text) {
        return new Difference(path, kind, severity, primaryType, candidateType, primary, candidate, text);
    }

    /**
     * The same difference, seen from the whole that its answer is a part of: a comparator that has parts compared by
     * others says so where the part is. Everything but the path remains.
     *
     * @param place of the part, as a JSON Pointer (RFC 6901)
     */
    public Difference below(String place) {
        return at(requireNonNull(place, "place") + path);
    }

    /** The same difference in a list that is longer at its front by so many elements. */
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
     * What this difference has in common with others of its kind: path pattern, kind and types. Array indices, numbers,
     * UUIDs and long hexadecimal segments of the path are replaced by {@code *}, so the signature is the same from
     * call to call and the number of signatures stays small. At most {@value #LONGEST_SHOWN} characters of the path
     * are shown, and no control characters, whatever the answers contain.
     */
    public String signature() {
        String pattern = pathPattern();
        String types = primaryType.equals(candidateType) ? primaryType : primaryType + " -> " + candidateType;
        return kind.tag() + " " + (pattern.isEmpty() ? "(whole answer)" : pattern) + " [" + types + "]";
    }

    /**
     * The path as {@link #signature()} shows it, with {@code *} for what varies from call to call; {@code ""} for the whole
     * answer.
     */
    public String pathPattern() {
        return shown(VARYING.matcher(path).replaceAll("*"));
    }

    /** A text of a bounded length, in one line. */
    static String shown(String whole) {
        String text = whole.length() <= LONGEST_SHOWN ? whole : whole.substring(0, LONGEST_SHOWN) + "...";
        return CONTROL.matcher(text).replaceAll("?"); // a line break in a key must not forge a line in the log
    }

    /** The class name of a value, without touching the value itself. */
    static String typeName(@Nullable Object value) {
        return value == null ? "null" : ClassNames.shown(value.getClass());
    }

    /** Compares all parts but the hint; of the two values it compares identity, because their {@code equals} may not be trusted. */
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
