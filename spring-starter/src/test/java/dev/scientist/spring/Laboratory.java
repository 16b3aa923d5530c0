package dev.scientist.spring;

import dev.scientist.ContextCarrier;
import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.Verdict;
import dev.scientist.testing.RecordingPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application with a Scientist and the annotation, and nothing else; candidates run on the caller's thread. */
@Configuration(proxyBeanMethods = false)
@Import(ParallelRunConfiguration.class)
class Laboratory {

    static final String START = "test.start";
    static final String MOST = "test.most";
    static final String REPLICATE_RATE = "test.replicate-rate";

    // Long enough that no deadline passes: no test of the annotation is about deadlines.
    private static final Duration LONG = Duration.ofMinutes(5);

    /** A runner of such applications. */
    static ApplicationContextRunner application(Class<?>... beans) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Laboratory.class)
                .withUserConfiguration(beans);
    }

    @Bean
    RecordingPublisher recording() {
        return new RecordingPublisher();
    }

    @Bean
    Declared declared() {
        return new Declared();
    }

    @Bean
    Scientist scientist(
            ObjectProvider<ExperimentListener> listeners,
            ObjectProvider<TrialPublisher> publishers,
            ObjectProvider<ContextCarrier> carriers,
            ApplicationContext context) {
        Start start = context.getEnvironment().getProperty(START, Start.class, Start.SAME_THREAD);
        Scientist.Builder builder = Scientist.builder()
                .logging(false)
                .maxConcurrent(context.getEnvironment().getProperty(MOST, Integer.class, 256))
                .defaults(options -> options.start(start)
                        .candidateTimeout(LONG)
                        .comparisonTimeout(LONG)
                        .replicateRate(context.getEnvironment().getProperty(REPLICATE_RATE, Double.class, 0.0)));
        listeners.forEach(builder::listener);
        publishers.forEach(builder::publisher);
        carriers.forEach(builder::contextCarrier);
        return builder.build();
    }

    /** Keeps the declared experiments by name. */
    static final class Declared implements ExperimentListener {
        private final Map<String, Experiment<?>> experiments = new ConcurrentHashMap<>();

        @Override
        public void declared(Experiment<?> experiment) {
            experiments.put(experiment.name(), experiment);
        }

        List<String> names() {
            return experiments.keySet().stream().sorted().toList();
        }

        Experiment<?> experiment(String name) {
            return experiments.get(name);
        }

        Tally tally(String name) {
            return experiment(name).tally();
        }
    }

    static List<Verdict> verdicts(ApplicationContext context) {
        return context.getBean(RecordingPublisher.class).trials().stream()
                .map(trial -> trial.candidates().get(0).verdict())
                .toList();
    }

    /** The outcomes of the primaries that ran a second time. */
    static List<Trial.Candidate<?>> replicates(ApplicationContext context) {
        List<Trial.Candidate<?>> replicates = new ArrayList<>();
        context.getBean(RecordingPublisher.class).trials().forEach(trial -> replicates.add(trial.replicate()));
        return replicates;
    }

    /** The bean behind its proxy. */
    @SuppressWarnings("unchecked") // a proxy of a class extends it
    static <T> T target(T bean) {
        T target = (T) AopProxyUtils.getSingletonTarget(bean);
        return target == null ? bean : target;
    }

    /** Waits until no candidate is in flight. */
    static void settle(ApplicationContext context) {
        Declared declared = context.getBean(Declared.class);
        eventually(
                "no candidate is in flight",
                () -> declared.experiments.values().stream()
                        .allMatch(experiment -> experiment.tally().inFlight() == 0));
    }

    /** Returns as soon as the condition holds. The limit is generous, because it ends a hang and measures nothing. */
    static void eventually(String claim, BooleanSupplier holds) {
        long startedAt = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - startedAt > TimeUnit.SECONDS.toNanos(30)) {
                throw new AssertionError("still not so after 30 s: " + claim);
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
