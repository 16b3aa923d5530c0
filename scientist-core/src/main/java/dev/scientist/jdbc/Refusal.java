package dev.scientist.jdbc;

import dev.scientist.Shadow;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the effects of one run of a candidate. Each refusal is first noted on the run, whichever thread tried the
 * effect.
 *
 * @param shadow the mark of the run
 */
record Refusal(Shadow shadow) {

    /** The SQL state {@code read_only_sql_transaction} of the SQL standard. */
    static final String STATE = "25006";

    /** Notes an effect that was tried, and makes the exception to throw. */
    SQLException of(String what) {
        note();
        return new SQLException(
                "the candidate of experiment \"" + experiment() + "\" may only read, so this was refused: " + what
                        + "; a candidate whose effects are made safe is declared with Effects.ALLOWED",
                STATE);
    }

    /** Notes an effect that the database itself refused; does nothing for any other failure. */
    void noteIfRefused(@Nullable Throwable thrown) {
        if (thrown instanceof SQLException refused && STATE.equals(refused.getSQLState())) {
            note();
        }
    }

    private void note() {
        asShadow(() -> {
            Shadow.effectRefused();
            return null;
        });
    }

    private @Nullable String experiment() {
        return asShadow(Shadow::experiment);
    }

    /** Runs the work under the mark of the run, which the current thread need not carry. */
    private <V extends @Nullable Object> V asShadow(Supplier<V> work) {
        Shadow.Scope mark = shadow.enter();
        try {
            return work.get();
        } finally {
            mark.close();
        }
    }
}
