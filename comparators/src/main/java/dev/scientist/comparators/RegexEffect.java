package dev.scientist.comparators;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Lets two texts differ that both match a regular expression as a whole.
 *
 * <p>The texts come from production, and an innocent expression can backtrack for hours on an unlucky one. So the
 * matcher reads them through a window that counts: after too many steps the rule has failed, which counts as a "no",
 * and an interrupted thread ends the comparison.
 *
 * @param pattern the expression
 */
record RegexEffect(Pattern pattern) implements Effect {

    private static final long STEPS = 1_000_000; // chosen: about 10 ms, and far more than a sane expression takes
    private static final int STEPS_PER_CHARACTER = 16; // chosen: a long text alone is no reason to fail

    static RegexEffect of(String regex) {
        try {
            return new RegexEffect(Pattern.compile(regex));
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException("must have a regular expression: " + broken.getDescription(), broken);
        }
    }

    @Override
    public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        return primary instanceof String text && candidate instanceof String other && fits(text) && fits(other);
    }

    private boolean fits(String text) {
        try {
            return pattern.matcher(new Window(text)).matches();
        } catch (StackOverflowError tooDeep) {
            throw new RuleFailure("recurses too deeply on a text; simplify its expression");
        }
    }

    /** Shows a text to a matcher, and counts how often it looks. Confined to one thread, for one match. */
    private static final class Window implements CharSequence {

        private final String text;
        private final long limit;
        private long steps;

        Window(String text) {
            this.text = text;
            this.limit = STEPS + (long) STEPS_PER_CHARACTER * text.length();
        }

        @Override
        public char charAt(int index) {
            if ((++steps & Limits.INTERRUPT_CHECK_MASK) == 0) {
                Limits.throwIfInterrupted();
            }
            if (steps > limit) {
                throw new RuleFailure("backtracks too long on a text; simplify its expression");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
