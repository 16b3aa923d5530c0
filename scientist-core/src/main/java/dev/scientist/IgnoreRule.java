package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a known disagreement. A rule has a name, an owner and a reason, and may expire.
 *
 * <p>A rule is asked only when the two sides disagree: both returned and differ, both threw and differ, or one of them
 * threw. It gets both outcomes, values and throwables included, on a thread of the {@link Scientist}. If a rule accepts
 * the disagreement, the verdict is {@link Verdict#IGNORED}, the disagreement is counted for that rule, and no further
 * rule is asked. A rule that throws counts as "no"; the next ones are still asked.
 *
 * <pre>{@code
 * IgnoreRule.<Quote>named("legacy rounds half up")
 *     .owner("pricing").reason("agreed with finance, ticket 4711").expires(Instant.parse("2027-01-31T00:00:00Z"))
 *     .when((primary, candidate) -> ...)
 * }</pre>
 *
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public final class IgnoreRule<T> {

    private final String name;
    private final String owner;
    private final String reason;
    private final @Nullable Instant expires;
    private final BiPredicate<? super Outcome<T>, ? super Outcome<T>> condition;

    private IgnoreRule(Builder<T> builder, BiPredicate<? super Outcome<T>, ? super Outcome<T>> condition) {
        this.name = builder.name;
        this.owner = requireText(builder.owner, "owner", builder.name);
        this.reason = requireText(builder.reason, "reason", builder.name);
        this.expires = builder.expires;
        this.condition = condition;
    }

    /**
     * Starts a rule.
     *
     * @param name the rule's name, which is a metric tag; not blank, unique within the experiment
     */
    public static <T> Builder<T> named(String name) {
        return new Builder<>(Checks.text(name, "ignore rule name"));
    }

    /** Returns the rule's name. */
    public String name() {
        return name;
    }

    /** Returns who is responsible for this rule. */
    public String owner() {
        return owner;
    }

    /** Returns why the disagreement is accepted. */
    public String reason() {
        return reason;
    }

    /** Returns the instant from which on the rule no longer hides anything; {@code null} for never. */
    public @Nullable Instant expires() {
        return expires;
    }

    boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    boolean accepts(Outcome<T> primary, Outcome<T> candidate) {
        return condition.test(primary, candidate);
    }

    @Override
    public String toString() {
        return "ignore rule '" + name + "' of " + owner + (expires == null ? "" : " until " + expires);
    }

    private static String requireText(@Nullable String text, String part, String name) {
        if (text == null) {
            throw new IllegalArgumentException("ignore rule '" + name + "' has no " + part
                    + "; a rule hides disagreements, so it must say who answers for it and why: call " + part
                    + "(...)");
        }
        return text;
    }

    /**
     * Builds an {@link IgnoreRule}. It is not thread-safe.
     *
     * @param <T> the type of the answer
     */
    public static final class Builder<T> {
        private final String name;
        private @Nullable String owner;
        private @Nullable String reason;
        private @Nullable Instant expires;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets who is responsible for this rule; mandatory, not blank. */
        public Builder<T> owner(String who) {
            this.owner = Checks.text(who, "owner");
            return this;
        }

        /** Sets why the disagreement is accepted; mandatory, not blank. */
        public Builder<T> reason(String why) {
            this.reason = Checks.text(why, "reason");
            return this;
        }

        /**
         * Sets the instant from which on the rule no longer hides anything; default never. When an expired rule would
         * have hidden something, that is logged once.
         */
        public Builder<T> expires(Instant instant) {
            this.expires = requireNonNull(instant, "expires");
            return this;
        }

        /**
         * Completes the rule.
         *
         * @param condition gets the primary's outcome and the candidate's, and returns true to accept the disagreement;
         *     must be thread-safe
         * @throws IllegalArgumentException if owner or reason is missing
         */
        public IgnoreRule<T> when(BiPredicate<? super Outcome<T>, ? super Outcome<T>> condition) {
            return new IgnoreRule<>(this, requireNonNull(condition, "condition"));
        }
    }
}
