package dev.scientist.benchmarks.caller;

import dev.scientist.Implementation;
import org.jspecify.annotations.Nullable;

/** The primary, called directly. */
final class DirectCall implements Contender {

    private final Implementation<Answer, RuntimeException> primary;

    DirectCall(Sides sides) {
        this.primary = sides.primary();
    }

    @Override
    public @Nullable Answer call() {
        return primary.call();
    }
}
