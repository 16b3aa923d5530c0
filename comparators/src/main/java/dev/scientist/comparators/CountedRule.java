package dev.scientist.comparators;

import dev.scientist.UncomparableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one rule of one rule set, contains its failures, counts how often it hid something, and tells the log when it
 * fails or would have hidden something after its expiry.
 *
 * <p>Threads: any. Invariant: the count only grows; each thing is said once. Consequence: a rule may stand in several
 * rule sets, and each counts for itself.
 */
final class CountedRule {

    private static final Logger log = LoggerFactory.getLogger(RuleSet.class);

    private final Rule rule;
    private final LongAdder hidden = new LongAdder();
    private final AtomicBoolean expiryIsSaid = new AtomicBoolean();
    private final AtomicBoolean failureIsSaid = new AtomicBoolean();

    CountedRule(Rule rule) {
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }

    long hidden() {
        return hidden.sum();
    }

    void hid() {
        hidden.increment();
    }

    /** Whether the rule accepts two values that are not equal. One that fails does not. */
    boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        Effect effect = rule.place().effect();
        return attempt(() -> effect.accepts(primary, candidate));
    }

    /** Whether the rule lets a value be missing on one side. One that fails does not. */
    boolean acceptsAbsence(@Nullable Object present) {
        Effect effect = rule.place().effect();
        return attempt(() -> effect.acceptsAbsence(present));
    }

    /** The document as the rule restructures it; the same instance if the rule changes nothing or fails. */
    @Nullable
    Object restructured(@Nullable Object document) {
        @Nullable Object[] result = {document};
        attempt(() -> {
            result[0] = rule.structure().restructuring().restructured(document);
            return true;
        });
        return result[0];
    }

    /** Says that the rule would have hidden something, had it not expired. */
    void sayExpired() {
        if (expiryIsSaid.compareAndSet(false, true)) {
            log.warn(
                    "Rule {} of {} expired at {} and no longer hides anything; differences that it hid are now counted."
                            + " Renew it or remove it",
                    rule.name(),
                    rule.owner() == null ? "nobody" : rule.owner(),
                    rule.expires());
        }
    }

    /** The application's predicates and expressions run here: whatever they throw counts as "no". */
    private boolean attempt(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (UncomparableException ended) {
            throw ended;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError failed) {
            sayFailed(failed);
            return false;
        }
    }

    private void sayFailed(Throwable failed) {
        // The application's message and trace are left out, because they may hold values.
        String how = failed instanceof RuleFailure known
                ? String.valueOf(known.getMessage())
                : "failed with " + failed.getClass().getName();
        if (failureIsSaid.compareAndSet(false, true)) {
            log.warn("Rule {} {}; this counts as a \"no\", and is said once", rule.name(), how);
        } else {
            log.debug("Rule {} {}", rule.name(), how);
        }
    }
}
