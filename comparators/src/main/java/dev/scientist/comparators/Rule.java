package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference.Severity;
import dev.scientist.ResultComparator;
import dev.scientist.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that does not matter, or weighs differently, when two answers are compared.
 *
 * <p>A rule that is invalid fails when it is made, with a message that quotes it. A rule may say who answers for it,
 * why it is there, and until when it holds; a {@link RuleSet} counts what it hides.
 *
 * <p>Threads: any. Invariant: immutable; each step gives a new rule. Consequence: a rule may stand in several rule
 * sets.
 *
 * @since 0.1.0
 */
public final class Rule {

    private final String text;
    private final RuleSubject subject;
    private final RuleRemarks remarks;

    private Rule(String text, RuleSubject subject, RuleRemarks remarks) {
        this.text = text;
        this.subject = subject;
        this.remarks = remarks;
    }

    /**
     * Begins a rule about places of both documents.
     *
     * @param path a JSON Pointer (RFC 6901) for one place, {@code ""} for the whole document; for many, the segment
     *     {@code *} stands for any one key or index and {@code **} for any number of segments, none included:
     *     <code>"/items/*&#47;price"</code>, <code>"/**&#47;etag"</code>. A segment is matched as a whole: {@code "/a"}
     *     is not {@code "/ab"}. A key that contains a star is written with {@code ~2} for it
     * @throws IllegalArgumentException if it is not such a path
     */
    public static Places at(String path) {
        String text = "at(" + RuleText.quoted(requireNonNull(path, "path")) + ")";
        return new Places(text, RuleText.valid(text, () -> PathPattern.parse(path)));
    }

    /** Begins a rule that restructures the primary's document before it is compared. */
    public static Document onPrimary() {
        return new Document(Side.PRIMARY);
    }

    /** Begins a rule that restructures the candidate's document before it is compared. */
    public static Document onCandidate() {
        return new Document(Side.CANDIDATE);
    }

    /**
     * Gives the rule a name, under which it is reported. Default: the rule as it is written, without owner, reason,
     * expiry and severity.
     *
     * @param name not blank; unique within a rule set
     */
    public Rule named(String name) {
        return with(remarks.named(RuleText.required(text, "named", name)));
    }

    /** Says who answers for the rule; not blank. */
    public Rule owner(String who) {
        return with(remarks.owner(RuleText.required(text, "owner", who)));
    }

    /** Says why the rule is there; not blank. */
    public Rule reason(String why) {
        return with(remarks.reason(RuleText.required(text, "reason", why)));
    }

    /** Says from when on the rule no longer hides anything. Default: never. An expired rule says so once in the log. */
    public Rule expires(Instant instant) {
        return with(remarks.expires(requireNonNull(instant, "expires")));
    }

    /**
     * Says what a difference weighs at these places, where it is not hidden. If several rules do so, the first one
     * decides. Default: {@link Severity#MAJOR}.
     *
     * @throws IllegalArgumentException if the rule restructures: it is about a document, and not about a place
     */
    public Rule severity(Severity weight) {
        if (isRestructuring()) {
            throw RuleText.invalid(
                    text, "must not have a severity, because it restructures: say it with at(...).weighing");
        }
        return with(remarks.severity(requireNonNull(weight, "severity")));
    }

    /** The name under which the rule is reported. */
    public String name() {
        return remarks.name() == null ? text : remarks.name();
    }

    /** The name of whoever answers for the rule; null if nobody was named. */
    public @Nullable String owner() {
        return remarks.owner();
    }

    /** The reason why the rule is there; null if none was given. */
    public @Nullable String reason() {
        return remarks.reason();
    }

    /** The time from which on the rule no longer hides anything; null for never. */
    public @Nullable Instant expires() {
        return remarks.expires();
    }

    /** The severity of a difference at these places; null if the rule says nothing about it. */
    public @Nullable Severity severity() {
        return remarks.severity();
    }

    /** The rule as one would write it. */
    @Override
    public String toString() {
        return text + remarks.text(!text.endsWith(".weighing(" + remarks.severity() + ")"));
    }

    /** Describes what the rule decides, and its name: the rule as one would write it, without owner and reason. */
    String description() {
        Rule bare = with(remarks.withoutPeople());
        Object code = subject.code();
        return code == null ? bare.toString() : bare + " by " + ResultComparator.nameOf(code);
    }

    RuleRemarks remarks() {
        return remarks;
    }

    boolean isRestructuring() {
        return subject instanceof RuleSubject.Structure;
    }

    /** Gives the subject of a rule at places; fails for a rule that restructures. */
    RuleSubject.Place place() {
        return (RuleSubject.Place) subject;
    }

    /** Gives the subject of a rule that restructures; fails for a rule at places. */
    RuleSubject.Structure structure() {
        return (RuleSubject.Structure) subject;
    }

    /** Completes a rule, of which nobody has remarked anything yet. */
    private static Rule complete(String text, Supplier<RuleSubject> subject) {
        return RuleText.valid(text, () -> new Rule(text, subject.get(), RuleRemarks.NONE));
    }

    private Rule with(RuleRemarks others) {
        return new Rule(text, subject, others);
    }

    /**
     * The places that a path names: each step says something about them, and completes the rule. Immutable.
     *
     * @since 0.1.0
     */
    public static final class Places {

        private final String text;
        private final PathPattern path;

        private Places(String text, PathPattern path) {
            this.text = text;
            this.path = path;
        }

        /**
         * Ignores this place and everything below it, present or not.
         *
         * @throws IllegalArgumentException if this is the whole document
         */
        public Rule ignored() {
            return rule(".ignored()", () -> Effect.Plain.IGNORED);
        }

        /**
         * Requires both sides to have a value here other than null; which value does not matter.
         *
         * @throws IllegalArgumentException if this is the whole document
         */
        public Rule presenceOnly() {
            return rule(".presenceOnly()", () -> Effect.Plain.PRESENCE_ONLY);
        }

        /**
         * Numbers may differ by this much, the limit included. Numbers inside texts are text.
         *
         * @param absolute 0 or more
         */
        public Rule within(BigDecimal absolute) {
            requireNonNull(absolute, "absolute");
            return rule(".within(\"" + absolute + "\")", () -> NumberEffect.Absolute.of(absolute));
        }

        /**
         * Numbers may differ by this much, the limit included.
         *
         * @param absolute a decimal number, 0 or more: {@code "0.005"}
         */
        public Rule within(String absolute) {
            requireNonNull(absolute, "absolute");
            return rule(".within(" + RuleText.quoted(absolute) + ")", () -> NumberEffect.Absolute.of(absolute));
        }

        /**
         * Numbers may differ by this share of the primary's number, the limit included.
         *
         * @param share 0 or more and less than 1: 0.01 is one per cent
         */
        public Rule withinRelative(double share) {
            return rule(".withinRelative(" + share + ")", () -> NumberEffect.Relative.of(share));
        }

        /**
         * Compares numbers after rounding.
         *
         * @param digits after the point, -100 to 100
         * @param rounding how both numbers are rounded
         */
        public Rule scale(int digits, RoundingMode rounding) {
            requireNonNull(rounding, "rounding");
            return rule(".scale(" + digits + ", " + rounding + ")", () -> NumberEffect.Scale.of(digits, rounding));
        }

        /**
         * Times may differ by this much, the limit included: ISO-8601 moments, whatever their offset; readings of a
         * clock without offset, dates, and numbers since 1970 in one unit, each with their kind only.
         *
         * @param limit 0 or more
         */
        public Rule withinTime(Duration limit) {
            requireNonNull(limit, "limit");
            return rule(".withinTime(" + RuleText.duration(limit) + ")", () -> TimeEffect.of(limit, null));
        }

        /**
         * Times may differ by this much, the limit included, and one without zone or offset is in this zone.
         *
         * @param limit 0 or more
         * @param zone for the times of both sides that come without one
         */
        public Rule withinTime(Duration limit, ZoneId zone) {
            requireNonNull(limit, "limit");
            requireNonNull(zone, "zone");
            return rule(
                    ".withinTime(" + RuleText.duration(limit) + ", ZoneId.of(\"" + zone + "\"))",
                    () -> TimeEffect.of(limit, zone));
        }

        /** Lets a value differ if both sides have a UUID. */
        public Rule uuid() {
            return rule(".uuid()", () -> ShapeEffect.UUID);
        }

        /** Lets a value differ if both sides have a ULID. */
        public Rule ulid() {
            return rule(".ulid()", () -> ShapeEffect.ULID);
        }

        /** Lets a value differ if both sides have hexadecimal hashes of one length, that of MD5, SHA-1 or SHA-2. */
        public Rule hash() {
            return rule(".hash()", () -> ShapeEffect.HASH);
        }

        /**
         * Lets texts differ that this regular expression matches as a whole on both sides. A text on which it takes too
         * many steps counts as one that does not match.
         */
        public Rule matching(String regex) {
            requireNonNull(regex, "regex");
            return rule(".matching(" + RuleText.quoted(regex) + ")", () -> RegexEffect.of(regex));
        }

        /** Texts may differ in upper and lower case. */
        public Rule ignoringCase() {
            return rule(".ignoringCase()", () -> Effect.Plain.ANY_CASE);
        }

        /** Treats null, a missing value, blank text, an empty array and an empty object as the same. */
        public Rule blankAsMissing() {
            return rule(".blankAsMissing()", () -> Effect.Plain.BLANK_AS_MISSING);
        }

        /** Lets the elements of an array come in any order; each must still come as often on both sides. */
        public Rule anyOrder() {
            return rule(".anyOrder()", () -> Effect.Plain.ANY_ORDER);
        }

        /**
         * Pairs the elements of an array by key, in whatever order they come. An element without a key is paired only
         * with an equal one.
         *
         * @param pointers one or more JSON Pointers into the element, which make up the key together: {@code "/id"},
         *     {@code "/product/code"}
         */
        public Rule byKey(String... pointers) {
            return rule(".byKey(" + RuleText.quoted(pointers) + ")", () -> Keys.of(pointers));
        }

        /**
         * Lets the candidate say the same in other words.
         *
         * @param candidateToPrimary the primary's word for each of the candidate's; numbers and truth values by their
         *     text
         */
        public Rule mapped(Map<String, String> candidateToPrimary) {
            return rule(".mapped(" + RuleText.quoted(candidateToPrimary) + ")", () -> ValueMap.of(candidateToPrimary));
        }

        /**
         * Lets the application decide. A predicate that fails counts as "no".
         *
         * @param predicate true to accept; sees the primary's value, then the candidate's, where both are present, as
         *     {@code Map}, {@code List}, {@code String}, {@code BigDecimal}, {@code Boolean} or null, which it must not
         *     change; must be thread-safe
         */
        public Rule accepting(BiPredicate<@Nullable Object, @Nullable Object> predicate) {
            requireNonNull(predicate, "predicate");
            return rule(".accepting(predicate)", () -> new PredicateEffect(predicate));
        }

        /**
         * Lets values differ that fit a placeholder of json-unit on both sides.
         *
         * @param placeholder {@code "any-string"} for {@code ${json-unit.any-string}}; also {@code any-number}, {@code
         *     any-boolean}, {@code any-array}, {@code missing-or-null}, {@code ignore}, {@code ignore-element}, and
         *     {@code regex} followed by a space and the expression
         */
        public Rule placeholder(String placeholder) {
            requireNonNull(placeholder, "placeholder");
            return rule(".placeholder(" + RuleText.quoted(placeholder) + ")", () -> Placeholder.of(placeholder));
        }

        /** Hides nothing: a difference here weighs more, or less, than others. */
        public Rule weighing(Severity weight) {
            requireNonNull(weight, "severity");
            return rule(".weighing(" + weight + ")", () -> Effect.Plain.NOTHING).severity(weight);
        }

        private Rule rule(String step, Supplier<Effect> effect) {
            return complete(text + step, () -> new RuleSubject.Place(path, effect.get()));
        }
    }

    /**
     * The document of one side: each step gives it another structure, and completes the rule. Immutable.
     *
     * @since 0.1.0
     */
    public static final class Document {

        private final Side side;

        private Document(Side side) {
            this.side = side;
        }

        /**
         * Moves a value to another place within the same object. A value that is not there is not moved, and nothing is
         * overwritten.
         *
         * @param from a JSON Pointer, in which {@code *} stands for any one key or index
         * @param to such a pointer that is the same up to its last {@code *}
         * @throws IllegalArgumentException if the paths do not go together
         */
        public Rule rename(String from, String to) {
            return rule(
                    "rename(" + RuleText.quoted(from, to) + ")",
                    () -> Rename.of(PathPattern.parse(from), PathPattern.parse(to)));
        }

        /**
         * Lets the application restructure the document. If it fails, the document is compared as it is.
         *
         * @param name says what it does, for people to read
         * @param operator gets a copy of the document, which it may change, as {@code Map}, {@code List}, {@code
         *     String}, {@code BigDecimal}, {@code Boolean} or null, and returns such a document; must be thread-safe
         */
        public Rule transform(String name, UnaryOperator<@Nullable Object> operator) {
            requireNonNull(name, "name");
            requireNonNull(operator, "operator");
            return rule("transform(" + RuleText.quoted(name) + ")", () -> new Transform(operator));
        }

        private Rule rule(String step, Supplier<Restructuring> restructuring) {
            String begin = side == Side.PRIMARY ? "onPrimary()." : "onCandidate().";
            return complete(begin + step, () -> new RuleSubject.Structure(side, restructuring.get()));
        }
    }
}
