package dev.scientist.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The results of several contenders in interleaved rounds: in each round every contender has its turn, and the next
 * round begins with another one. So a disturbance of the machine hits all of them, and ratios and differences are taken
 * within a round.
 *
 * @param <R> the result of one turn
 */
public final class Rounds<R> {

    /** One turn of one contender. */
    @FunctionalInterface
    public interface Turn<C, R> {

        /** Measures. */
        R take(C contender) throws Exception;
    }

    private final Map<String, List<R>> results = new LinkedHashMap<>();

    private Rounds() {}

    /**
     * Measures contenders.
     *
     * @param contenders by name
     * @param warmUps rounds to throw away first
     * @param rounds rounds to keep
     */
    public static <C, R> Rounds<R> play(Map<String, C> contenders, int warmUps, int rounds, Turn<? super C, R> turn)
            throws Exception {
        Rounds<R> played = new Rounds<>();
        List<Map.Entry<String, C>> all = List.copyOf(contenders.entrySet());
        all.forEach(contender -> played.results.put(contender.getKey(), new ArrayList<>(rounds)));
        for (int round = -warmUps; round < rounds; round++) {
            for (Map.Entry<String, C> contender : order(all, round)) {
                R result = turn.take(contender.getValue());
                if (round >= 0) {
                    played.of(contender.getKey()).add(result);
                }
            }
        }
        return played;
    }

    /** The contenders in the order of a round: each round begins with another one. */
    static <E> List<E> order(List<E> all, int round) {
        List<E> order = new ArrayList<>(all);
        Collections.rotate(order, -Math.floorMod(round, all.size()));
        return order;
    }

    /** One figure of one contender. */
    public Spread spread(String name, Function<? super R, Double> figure) {
        return Spread.of(of(name).stream().mapToDouble(figure::apply).toArray());
    }

    /** A ratio or a difference of two contenders' results in the same round. */
    public Spread spread(String name, String other, BiFunction<? super R, ? super R, Double> figure) {
        List<R> mine = of(name);
        List<R> others = of(other);
        double[] perRound = new double[mine.size()];
        for (int i = 0; i < perRound.length; i++) {
            perRound[i] = figure.apply(mine.get(i), others.get(i));
        }
        return Spread.of(perRound);
    }

    /** The ratio, in each round, of what one contender adds to the base and what another one adds. */
    public Spread addedRatio(String name, String other, String base, Function<? super R, Double> figure) {
        double[] perRound = new double[of(base).size()];
        for (int i = 0; i < perRound.length; i++) {
            double floor = figure.apply(of(base).get(i));
            perRound[i] = (figure.apply(of(name).get(i)) - floor)
                    / (figure.apply(of(other).get(i)) - floor);
        }
        return Spread.of(perRound);
    }

    /** The contenders' names, in the order in which they were given. */
    Set<String> names() {
        return results.keySet();
    }

    /** The results of one contender, round by round. */
    public List<R> of(String name) {
        List<R> mine = results.get(name);
        if (mine == null) {
            throw new IllegalArgumentException("no contender \"" + name + "\"; there is " + results.keySet());
        }
        return mine;
    }
}
