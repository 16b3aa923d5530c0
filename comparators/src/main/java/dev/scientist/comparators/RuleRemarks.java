package dev.scientist.comparators;

import dev.scientist.Difference.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The remarks that people make about a rule. Immutable.
 *
 * @param name the name under which the rule is reported; null for the rule as it is written
 * @param expires the time from which on the rule no longer hides anything; null for never
 */
record RuleRemarks(
        @Nullable String name,
        @Nullable String owner,
        @Nullable String reason,
        @Nullable Instant expires,
        @Nullable Severity severity) {

    static final RuleRemarks NONE = new RuleRemarks(null, null, null, null, null);

    RuleRemarks named(String other) {
        return new RuleRemarks(other, owner, reason, expires, severity);
    }

    RuleRemarks owner(String other) {
        return new RuleRemarks(name, other, reason, expires, severity);
    }

    RuleRemarks reason(String other) {
        return new RuleRemarks(name, owner, other, expires, severity);
    }

    RuleRemarks expires(Instant other) {
        return new RuleRemarks(name, owner, reason, other, severity);
    }

    RuleRemarks severity(Severity other) {
        return new RuleRemarks(name, owner, reason, expires, other);
    }

    /** The remarks that belong to what the rule decides. */
    RuleRemarks withoutPeople() {
        return new RuleRemarks(name, null, null, expires, severity);
    }

    boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** Writes the remarks as the steps of a rule. */
    String text(boolean withSeverity) {
        return RuleText.step("named", name)
                + RuleText.step("owner", owner)
                + RuleText.step("reason", reason)
                + (expires == null ? "" : ".expires(Instant.parse(\"" + expires + "\"))")
                + (severity == null || !withSeverity ? "" : ".severity(" + severity + ")");
    }
}
