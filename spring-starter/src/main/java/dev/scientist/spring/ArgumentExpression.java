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
 * Evaluates the expression of a key or an attribute. When it fails, the experiment contains and counts the failure;
 * this class logs once which expression it was, because only this class knows.
 *
 * <p>Threads: those of callers. Invariant: {@code told} goes from false to true once. Consequence: there is one line in
 * the log, however many calls fail at once.
 */
final class ArgumentExpression {

    /** The name under which a message mentions the expression of the key; those of attributes have other names. */
    static final String KEY = "key";

    private static final Logger log = LoggerFactory.getLogger(ArgumentExpression.class);

    private final Place place;
    private final String what;
    private final SpelExpression expression;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * Creates the expression of an annotation.
     *
     * @param what what it is the expression of, such as {@code key}
     */
    ArgumentExpression(Place place, String what, SpelExpression expression) {
        this.place = place;
        this.what = what;
        this.expression = expression;
    }

    /** Evaluates the expression for one call; what the expression throws is logged once and thrown on. */
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

    /**
     * Logs the expression, which is the application's own code, but only the kind of the error, because
     * its message may quote a value.
     */
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
