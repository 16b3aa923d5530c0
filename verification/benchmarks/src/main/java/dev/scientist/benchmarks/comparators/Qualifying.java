package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Qualification.State;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets each contender compare each case before anything is timed: whether its answer is right, and whether there is one
 * within some seconds. It does so in worker processes, because only the end of its process stops a comparison that does
 * not end.
 */
final class Qualifying {

    private static final int WORKERS = 2; // at once, for the smallest machine; only processor time is counted

    private final LineUp lineUp;
    private final List<Case> cases;
    private final double patience;

    /**
     * Prepares.
     *
     * @param patience nanoseconds of processor time that each contender has for one case
     */
    Qualifying(LineUp lineUp, double patience) {
        this.lineUp = lineUp;
        this.cases = lineUp.cases();
        this.patience = patience;
    }

    /** Returns the qualifications by case and by the name of the contender. */
    Map<Case, Map<String, Qualification>> run() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            Map<String, Future<Map<Case, Qualification>>> all = new LinkedHashMap<>();
            for (Contender<?> contender : lineUp.contenders()) {
                all.put(contender.name(), workers.submit(() -> qualify(contender.name())));
            }
            Map<Case, Map<String, Qualification>> byCase = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Map<Case, Qualification>>> one : all.entrySet()) {
                one.getValue()
                        .get()
                        .forEach(
                                (tried, qualification) -> byCase.computeIfAbsent(tried, unseen -> new LinkedHashMap<>())
                                        .put(one.getKey(), qualification));
            }
            return byCase;
        } finally {
            workers.shutdownNow();
        }
    }

    private Map<Case, Qualification> qualify(String contender) throws Exception {
        Map<String, String> over = new HashMap<>(); // by family, the name of the case that took too long
        Map<Case, Qualification> qualifications = new LinkedHashMap<>();
        try (WorkerProcess worker = new WorkerProcess(lineUp.getClass(), contender)) {
            for (int number = 0; number < cases.size(); number++) {
                Case tried = cases.get(number);
                String before = over.get(tried.family());
                Qualification qualification = before == null
                        ? worker.qualify(number, patience)
                        : Qualification.over(patience, ", already at " + before);
                if (qualification.state() == State.OVER) {
                    over.putIfAbsent(tried.family(), tried.name());
                }
                qualifications.put(tried, qualification);
            }
        }
        return qualifications;
    }
}
