package dev.scientist.benchmarks.comparators;

import dev.scientist.benchmarks.comparators.Qualification.State;
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
final class Qualifying {

    private static final int WORKERS = 2; // at once, of the smallest machine; what counts is processor time

    private final LineUp.Source source;
    private final double patience;

    /**
     * Prepares.
     *
     * @param patience nanoseconds of processor time that anyone has for one case
     */
    Qualifying(LineUp.Source source, double patience) {
        this.source = source;
        this.patience = patience;
    }

    /** By case and by contender. */
    Map<Case, Map<String, Qualification>> hold(LineUp lineUp) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            Map<String, Future<Map<Case, Qualification>>> all = new LinkedHashMap<>();
            for (String contender : lineUp.contenders().keySet()) {
                all.put(contender, workers.submit(() -> qualify(lineUp, contender)));
            }
            Map<Case, Map<String, Qualification>> qualifications = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Map<Case, Qualification>>> one : all.entrySet()) {
                one.getValue()
                        .get()
                        .forEach((tried, qualification) -> qualifications
                                .computeIfAbsent(tried, unheard -> new LinkedHashMap<>())
                                .put(one.getKey(), qualification));
            }
            return qualifications;
        } finally {
            workers.shutdownNow();
        }
    }

    private Map<Case, Qualification> qualify(LineUp lineUp, String contender) throws Exception {
        Map<String, String> over = new HashMap<>(); // by family, the case that was too much
        Map<Case, Qualification> qualifications = new LinkedHashMap<>();
        try (WorkerProcess worker = new WorkerProcess(source.getClass(), contender)) {
            for (int i = 0; i < lineUp.cases().size(); i++) {
                Case tried = lineUp.cases().get(i);
                String before = over.get(tried.family());
                Qualification qualification = before == null
                        ? worker.qualify(i, patience)
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
