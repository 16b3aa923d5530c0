package dev.scientist.benchmarks.harness;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One claim, what was measured, and whether it holds.
 *
 * @param id the goal the claim belongs to; several claims may share one
 * @param statement the claim
 * @param unit of {@code measured} and {@code limit}
 * @param measured the median of the rounds; null if it could not be measured
 * @param limit the most that {@code measured} may be
 * @param met whether the claim holds
 * @param p10 one round in ten was at most this
 * @param median the same as {@code measured}
 * @param p90 nine rounds in ten were at most this
 * @param rounds over how many interleaved rounds
 * @param rivals what else was measured beside it, by name
 * @param note how it was measured, where the statement does not say it; may be null
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Goal(
        String id,
        String statement,
        String unit,
        @Nullable Double measured,
        double limit,
        boolean met,
        @Nullable Double p10,
        @Nullable Double median,
        @Nullable Double p90,
        int rounds,
        Map<String, Figure> rivals,
        @Nullable String note) {

    private static final double MICROSECOND = 1e3;
    private static final double MILLISECOND = 1e6;

    /**
     * Something measured beside a claim.
     *
     * @param p10 one round in ten was at most this
     * @param median half the rounds were at most this
     * @param p90 nine rounds in ten were at most this
     * @param unit of all three
     */
    public record Figure(double p10, double median, double p90, String unit) {}

    /** A claim that the measured median is at most the limit. */
    public static Goal atMost(String id, String statement, Spread measured, double limit, String unit) {
        if (!Double.isFinite(measured.p10()) || !Double.isFinite(measured.median())) {
            throw new IllegalArgumentException(id + ": " + statement + " came to " + measured);
        }
        return of(id, statement, measured, limit, unit, measured.median() <= limit);
    }

    /** A claim that a count equals the target in every round, give or take a tolerance. */
    public static Goal exactly(
            String id, String statement, Spread measured, double target, double tolerance, String unit) {
        boolean isMet =
                measured.p10() >= target - tolerance && measured.p90() <= target + tolerance; // false for NaN as well
        return of(id, statement, measured, target, unit, isMet);
    }

    /** A claim that could not be examined, and is therefore not met. */
    public static Goal unmeasured(String id, String reason) {
        return new Goal(id, "was not measured", "", null, 0, false, null, null, null, 0, new LinkedHashMap<>(), reason);
    }

    private static Goal of(String id, String statement, Spread measured, double limit, String unit, boolean isMet) {
        return new Goal(
                id,
                statement,
                unit,
                measured.median(),
                limit,
                isMet,
                measured.p10(),
                measured.median(),
                measured.p90(),
                measured.rounds(),
                new LinkedHashMap<>(),
                null);
    }

    /** Adds a figure to be read beside the claim. */
    public Goal beside(String name, Spread figure, String figureUnit) {
        Map<String, Figure> more = new LinkedHashMap<>(rivals);
        more.put(name, new Figure(figure.p10(), figure.median(), figure.p90(), figureUnit));
        return new Goal(id, statement, unit, measured, limit, met, p10, median, p90, rounds, more, note);
    }

    /** Adds a figure of every contender. */
    public <R> Goal besideAll(Rounds<R> rounds, Function<? super R, Double> figure, String figureUnit) {
        Goal more = this;
        for (String name : rounds.names()) {
            more = more.beside(name, rounds.spread(name, figure), figureUnit);
        }
        return more;
    }

    /** Adds a time, in the unit that a person reads best. */
    public Goal besideTime(String name, Spread nanos) {
        if (nanos.median() < MICROSECOND) {
            return beside(name, nanos, "ns");
        }
        return nanos.median() < MILLISECOND
                ? beside(name, nanos.map(figure -> figure / MICROSECOND), "us")
                : beside(name, nanos.map(figure -> figure / MILLISECOND), "ms");
    }

    /** Says how it was measured. */
    public Goal note(String text) {
        String joined = note == null ? text : note + "; " + text;
        return new Goal(id, statement, unit, measured, limit, met, p10, median, p90, rounds, rivals, joined);
    }

    /** The claim is not met unless this condition holds as well; the note then says why. */
    public Goal butOnlyIf(boolean condition, String otherwise) {
        if (condition) {
            return this;
        }
        return new Goal(id, statement, unit, measured, limit, false, p10, median, p90, rounds, rivals, note)
                .note(otherwise);
    }

    /** Whether there is a figure to judge. */
    @JsonIgnore
    public boolean isMeasured() {
        return measured != null;
    }
}
