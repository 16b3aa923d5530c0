package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Hearing.State;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tries each contender on each case before anything is timed: whether its answer is right, and whether there is one
 * within some seconds. It does so in processes of their own, because nothing but the end of its process stops a
 * comparison that does not end.
 */
final class Audition {

    private static final int STAGES = 2; // at once, of the smallest machine; what counts is processor time

    private final Contest.Host host;
    private final double patience;

    /**
     * Prepares.
     *
     * @param patience nanoseconds of processor time that anyone has for one case
     */
    Audition(Contest.Host host, double patience) {
        this.host = host;
        this.patience = patience;
    }

    /** By case and by contender. */
    Map<Case, Map<String, Hearing>> hold(Contest contest) throws Exception {
        ExecutorService stages = Executors.newFixedThreadPool(STAGES);
        try {
            Map<String, Future<Map<Case, Hearing>>> all = new LinkedHashMap<>();
            for (String contender : contest.contenders().keySet()) {
                all.put(contender, stages.submit(() -> hear(contest, contender)));
            }
            Map<Case, Map<String, Hearing>> hearings = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Map<Case, Hearing>>> one : all.entrySet()) {
                one.getValue()
                        .get()
                        .forEach((tried, hearing) -> hearings.computeIfAbsent(tried, unheard -> new LinkedHashMap<>())
                                .put(one.getKey(), hearing));
            }
            return hearings;
        } finally {
            stages.shutdownNow();
        }
    }

    private Map<Case, Hearing> hear(Contest contest, String contender) throws Exception {
        Map<String, String> over = new HashMap<>(); // by family, the case that was too much
        Map<Case, Hearing> hearings = new LinkedHashMap<>();
        try (Stage stage = new Stage(host.getClass(), contender)) {
            for (int i = 0; i < contest.cases().size(); i++) {
                Case tried = contest.cases().get(i);
                String before = over.get(tried.family());
                Hearing hearing =
                        before == null ? stage.hear(i, patience) : Hearing.over(patience, ", already at " + before);
                if (hearing.state() == State.OVER) {
                    over.putIfAbsent(tried.family(), tried.name());
                }
                hearings.put(tried, hearing);
            }
        }
        return hearings;
    }
}
