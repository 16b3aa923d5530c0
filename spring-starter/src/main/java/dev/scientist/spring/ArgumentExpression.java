package dev.scientist.spring;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.standard.SpelExpression;

/**
 * The expression of a key or an attribute. When it fails the experiment contains and counts that; which expression it was
 * is known only here, and said once.
 *
 * <p>Threads: those of callers. Invariant: {@code told} goes from false to true once. Consequence: one line, however many
 * calls fail at once.
 */
final class ArgumentExpression {

    /** What the key is called, beside attributes. */
    static final String KEY = "key";

    private static final Logger log = LoggerFactory.getLogger(ArgumentExpression.class);

    private final Place place;
    private final String what;
    private final SpelExpression expression;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Of an annotation.
     *
     * @param what it is the expression of, such as {@code key}
     */
    ArgumentExpression(Place place, String what, SpelExpression expression) {
        this.place = place;
        this.what = what;
        this.expression = expression;
    }

    /** Evaluates it for one call; throws what it throws. */
    @Nullable
    Object value(EvaluationContext arguments) {
        try {
            return expression.getValue(arguments);
        } catch (RuntimeException broken) {
            tell(broken);
            throw broken;
        }
    }

    SpelNode tree() {
        return expression.getAST();
    }

    /** The expression is the application's code; of the error only the kind is said, because its message may quote a value. */
    private void tell(RuntimeException broken) {
        if (told.compareAndSet(false, true)) { // loses to another caller
            log.warn(
                    "experiment {}: the expression of the {}, \"{}\", of {} failed with {}; calls for which it fails are"
                            + " not sampled, and counted as failures of the hook {}",
                    place.wiring().name(),
                    what,
                    expression.getExpressionString(),
                    Signature.of(place.wiring().method()),
                    kind(broken),
                    what.equals(KEY) ? "sampler" : "attributes");
        }
    }

    private static String kind(RuntimeException broken) {
        String type = broken.getClass().getSimpleName();
        return broken instanceof SpelEvaluationException spel ? type + " " + spel.getMessageCode() : type;
    }
}
