package dev.scientist.comparators;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets the application decide.
 *
 * @param predicate sees the primary's value, then the candidate's
 */
record PredicateEffect(BiPredicate<@Nullable Object, @Nullable Object> predicate) implements Effect {

    @Override
    public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        return predicate.test(primary, candidate);
    }

    @Override
    public boolean isForScalars() {
        return false;
    }
}
