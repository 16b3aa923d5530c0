package dev.scientist;

import static dev.scientist.Bench.settle;
import static dev.scientist.Bench.verdicts;
import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Tally.Hook;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("promise-10")
@DisplayName("Promise 10: context reaches the candidate and is gone afterwards")
class ContextCarrierTest {

    @AutoClose
    private final Bench bench = new Bench();

    private final ThreadLocal<String> user = new ThreadLocal<>();

    /** A carrier for a thread-local, as an application could write one. */
    private ContextCarrier carrier() {
        return () -> {
            String captured = user.get();
            return () -> {
                String before = user.get();
                user.set(captured);
                return () -> user.set(before);
            };
        };
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void theContextReachesTheCandidateAndIsGoneAfterwards(Start start) {
        Queue<String> ofCandidates = new ConcurrentLinkedQueue<>();
        Queue<String> ofComparators = new ConcurrentLinkedQueue<>();
        Scientist scientist = bench.use(bench.builder().contextCarrier(carrier()));
        Experiment<Integer> experiment = scientist.experiment(
                "experiment",
                options -> options.start(start).comparator((primary, candidate) -> {
                    ofComparators.add("user " + user.get());
                    return List.of();
                }));

        for (String name : List.of("ada", "grace", "barbara")) {
            user.set(name);
            experiment.run(() -> 1, () -> {
                ofCandidates.add(user.get());
                return 1;
            });
            user.remove();
            settle(experiment);
        }
        experiment.run(() -> 1, () -> {
            ofCandidates.add("nobody but " + user.get());
            return 1;
        });
        settle(experiment);

        assertThat(ofCandidates).containsExactly("ada", "grace", "barbara", "nobody but null");
        assertThat(ofComparators).hasSize(4).containsOnly("user null");
    }

    @Test
    void theContextIsGoneAlsoWhereTheCandidateThrew() {
        Queue<String> opened = new ConcurrentLinkedQueue<>();
        Scientist scientist = bench.use(bench.builder().contextCarrier(() -> () -> {
            opened.add("open on " + Thread.currentThread().getName());
            return () -> opened.add("close on " + Thread.currentThread().getName());
        }));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        experiment.run(() -> 1, () -> {
            throw new LinkageError("candidate");
        });
        settle(experiment);

        List<String> events = List.copyOf(opened);
        assertThat(events).hasSize(2);
        assertThat(events.get(1)).isEqualTo(events.get(0).replace("open", "close"));
    }

    @Test
    void nothingIsCapturedForACallThatIsSkipped() {
        AtomicInteger captures = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().contextCarrier(() -> {
            captures.incrementAndGet();
            return () -> () -> {};
        }));
        Experiment<Integer> experiment = scientist.experiment("experiment", options -> options.sampleRate(0));

        experiment.run(() -> 1, () -> 1);
        experiment.call().candidate(() -> 1).run(() -> 1);

        assertThat(captures).hasValue(0);
    }

    @Test
    void inSameThreadModeWhatTheCandidateSetsDoesNotReachTheCaller() {
        AtomicReference<String> seen = new AtomicReference<>();
        Scientist scientist = bench.use(bench.builder().contextCarrier(carrier()));
        Experiment<Integer> experiment =
                scientist.experiment("experiment", options -> options.start(Start.SAME_THREAD));

        user.set("ada");
        experiment.run(() -> 1, () -> {
            seen.set(user.get());
            user.set("mallory");
            return 1;
        });

        assertThat(seen).hasValue("ada");
        assertThat(user.get()).isEqualTo("ada");
    }

    /** A carrier that captures an object to be recognised later, and has a trace id. */
    private static ContextCarrier tracing(String traceId, List<WeakReference<Object>> captured) {
        return () -> {
            ContextCarrier.Snapshot snapshot = new ContextCarrier.Snapshot() {
                @Override
                public ContextCarrier.Scope open() {
                    return () -> {};
                }

                @Override
                public String traceId() {
                    return traceId;
                }
            };
            captured.add(new WeakReference<>(snapshot));
            return snapshot;
        };
    }

    @ParameterizedTest
    @EnumSource
    void aTrialThatIsKeptHoldsTheTraceAsTextAndNotWhatWasCaptured(Start start) {
        List<WeakReference<Object>> captured = new CopyOnWriteArrayList<>();
        bench.use(bench.builder()
                .contextCarrier(recording("without a trace", new CopyOnWriteArrayList<>()))
                .contextCarrier(tracing("4bf92f3577b34da6", captured)));
        Experiment<Integer> experiment = bench.experiment(options -> options.start(start));

        experiment.run(() -> 1, () -> 2);
        settle(experiment);
        eventually("what was captured is gone", () -> {
            System.gc();
            return captured.stream().allMatch(reference -> reference.refersTo(null));
        });

        assertThat(captured).hasSize(1);
        assertThat(bench.seen.only().traceId()).isEqualTo("4bf92f3577b34da6");
    }

    @Test
    void aTraceThatCannotBeToldIsLeftOutAndCounted() {
        bench.use(bench.builder().contextCarrier(() -> new ContextCarrier.Snapshot() {
            @Override
            public ContextCarrier.Scope open() {
                return () -> {};
            }

            @Override
            public String traceId() {
                throw new IllegalStateException("secret");
            }
        }));
        Experiment<Integer> experiment = bench.experiment();

        experiment.run(() -> 1, () -> 2);
        settle(experiment);

        assertThat(bench.seen.only().traceId()).isNull();
        assertThat(verdicts(experiment)).isEqualTo(Map.of("mismatched", 1L));
        assertThat(experiment.tally().hookFailures(Hook.CONTEXT)).isEqualTo(1);
    }

    private static ContextCarrier recording(String name, List<String> events) {
        return () -> {
            events.add("capture " + name);
            return () -> {
                events.add("open " + name);
                return () -> events.add("close " + name);
            };
        };
    }

    @Test
    void severalCarriersAreClosedInReverseOrder() {
        List<String> events = new CopyOnWriteArrayList<>();
        Scientist scientist = bench.use(
                bench.builder().contextCarrier(recording("a", events)).contextCarrier(recording("b", events)));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        experiment.run(() -> 1, () -> 1);
        settle(experiment);

        assertThat(events).containsExactly("capture a", "capture b", "open a", "open b", "close b", "close a");
    }

    @Test
    void whereOneCannotBeOpenedTheOthersAreClosedAndTheCandidateIsNotRun() {
        List<String> events = new CopyOnWriteArrayList<>();
        Scientist scientist = bench.use(bench.builder()
                .contextCarrier(recording("a", events))
                .contextCarrier(() -> () -> {
                    throw new IllegalStateException("secret");
                })
                .contextCarrier(recording("c", events)));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        Integer value = experiment.run(() -> 1, () -> {
            events.add("candidate");
            return 1;
        });
        settle(experiment);

        assertThat(value).isEqualTo(1);
        assertThat(events).containsExactly("capture a", "capture c", "open a", "close a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/unsafe", 1L));
        assertThat(experiment.tally().hookFailures(Hook.CONTEXT)).isEqualTo(1);
    }

    @Test
    void whereOneCannotBeClosedTheOthersAreAndTheVerdictStands() {
        List<String> events = new CopyOnWriteArrayList<>();
        Scientist scientist = bench.use(bench.builder()
                .contextCarrier(recording("a", events))
                .contextCarrier(() -> () -> () -> {
                    throw new IllegalStateException("secret");
                }));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        experiment.run(() -> 1, () -> 1);
        settle(experiment);

        assertThat(events).containsExactly("capture a", "open a", "close a");
        assertThat(verdicts(experiment)).isEqualTo(Map.of("matched", 1L));
        assertThat(experiment.tally().hookFailures(Hook.CONTEXT)).isEqualTo(1);
    }

    @Test
    void aContextThatCannotBeCapturedMeansNotRunAndIsReportedOnce() {
        AtomicInteger candidates = new AtomicInteger();
        Scientist scientist = bench.use(bench.builder().contextCarrier(() -> {
            throw new IllegalStateException("secret");
        }));
        Experiment<Integer> experiment = scientist.experiment("experiment");

        List<String> warnings;
        try (LogLines lines = new LogLines()) {
            for (int i = 0; i < 3; i++) {
                experiment.run(() -> 1, candidates::incrementAndGet);
            }
            experiment.call().candidate(candidates::incrementAndGet).run(() -> 1);
            warnings = lines.warnings();
        }

        assertThat(candidates).hasValue(0);
        assertThat(verdicts(experiment)).isEqualTo(Map.of("skipped/unsafe", 4L));
        assertThat(experiment.tally().inFlight()).isZero();
        assertThat(warnings).singleElement().asString().contains("context").doesNotContain("secret");
    }

    /**
     * Otherwise a new worker would inherit the user of the caller that started it, and show it to every later
     * candidate.
     */
    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void whatTheCallersThreadPassesOnToItsChildrenDoesNotReachTheCandidate(Start start) {
        InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
        List<String> seen = new CopyOnWriteArrayList<>();

        inheritable.set("secret of the caller");
        Experiment<Integer> experiment = bench.experiment(options -> options.start(start));
        experiment.run(() -> 1, () -> {
            seen.add("inherited " + inheritable.get());
            return 1;
        });
        settle(experiment);

        assertThat(seen).containsExactly("inherited null");
    }

    @ParameterizedTest
    @EnumSource(names = "SAME_THREAD", mode = EnumSource.Mode.EXCLUDE)
    void candidatesHaveTheClassLoaderOfWhoCreatedTheScientist(Start start) throws Exception {
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();

        try (URLClassLoader ofCreator = new URLClassLoader(new URL[0], before);
                URLClassLoader ofCaller = new URLClassLoader(new URL[0], before)) {
            here.setContextClassLoader(ofCreator);
            Experiment<Integer> experiment = bench.experiment(options -> options.start(start));
            here.setContextClassLoader(ofCaller);
            experiment.run(() -> 1, () -> {
                seen.set(Thread.currentThread().getContextClassLoader());
                return 1;
            });
            settle(experiment);

            assertThat(seen.get()).isSameAs(ofCreator);
        } finally {
            here.setContextClassLoader(before);
        }
    }

    @Test
    void aClassLoaderThatKeepsFailingIsNotAskedForEver() {
        AtomicInteger asked = new AtomicInteger();
        ClassLoader broken = new ClassLoader(null) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                asked.incrementAndGet();
                throw new IOException("closed");
            }
        };

        List<ContextCarrier> found = ContextCarriers.found(broken);

        assertThat(found).isEmpty();
        assertThat(asked.get()).isBetween(1, 100);
    }

    @Test
    void ofAnAbsentLibraryOnlyTheNameIsSaid() {
        Throwable absent = new ServiceConfigurationError(
                "dev.scientist.ContextCarrier: Provider could not be instantiated",
                new NoClassDefFoundError("io/micrometer/context/ContextSnapshotFactory"));
        Throwable broken =
                new ServiceConfigurationError("Error accessing configuration file", new IOException("closed"));

        assertThat(ContextCarriers.trouble(absent)).isEqualTo("the optional library io.micrometer.context is absent");
        assertThat(ContextCarriers.trouble(broken)).isEqualTo("java.io.IOException: closed");
    }

    @Test
    void thePreparationSeesTheContextTheMarkAndTheAttributes() {
        List<String> seen = new ArrayList<>();
        Scientist scientist = bench.use(bench.builder().contextCarrier(carrier()));
        Experiment<Integer> experiment = scientist.experiment(
                "experiment",
                options -> options.beforeRun(
                        attributes -> seen.add(user.get() + " " + Shadow.experiment() + " " + attributes)));

        user.set("ada");
        experiment.call().attribute("a", 1).candidate(() -> 1).run(() -> 1);
        settle(experiment);

        assertThat(seen).containsExactly("ada experiment {a=1}");
    }

    /** A carrier of a context with this trace id, or with none. */
    private static ContextCarrier tracing(@Nullable String traceId) {
        return () -> new ContextCarrier.Snapshot() {
            @Override
            public ContextCarrier.Scope open() {
                return () -> {};
            }

            @Override
            public @Nullable String traceId() {
                return traceId;
            }
        };
    }

    @Test
    void theTraceIdIsThatOfTheFirstCarrierThatKnowsOne() {
        ContextCarrier silent = () -> () -> () -> {};
        List<ContextCarrier> carriers = List.of(silent, tracing(null), tracing("4bf9"), tracing("00f0"));

        ContextCarrier.Snapshot all = new ContextCarriers(carriers).capture();
        ContextCarrier.Snapshot none = new ContextCarriers(List.of(silent, tracing(null))).capture();

        assertThat(all.traceId()).isEqualTo("4bf9");
        assertThat(none.traceId()).isNull();
    }

    /** A carrier for the value of a thread-local. It always uses the same snapshot if there is no value. */
    private static ContextCarrier frugal(ThreadLocal<String> local) {
        record Found(@Nullable String value) implements ContextCarrier.Snapshot {
            @Override
            public ContextCarrier.Scope open() {
                return () -> {};
            }

            @Override
            public boolean isEmpty() {
                return value == null;
            }

            @Override
            public @Nullable String traceId() {
                return value;
            }
        }
        Found nothing = new Found(null);
        return () -> local.get() == null ? nothing : new Found(local.get());
    }

    @Test
    void whereNoneOfSeveralCarriersFindsAnythingNothingIsAllocated() {
        ThreadLocal<String> first = new ThreadLocal<>();
        ThreadLocal<String> second = new ThreadLocal<>();
        ContextCarriers carriers = new ContextCarriers(List.of(frugal(first), frugal(second)));

        ContextCarrier.Snapshot nothing = carriers.capture();
        second.set("a");
        ContextCarrier.Snapshot secondOnly = carriers.capture();
        first.set("b");
        ContextCarrier.Snapshot both = carriers.capture();
        first.remove();
        second.remove();

        assertThat(carriers.capture()).isSameAs(nothing);
        assertThat(nothing.traceId()).isNull();
        assertThat(secondOnly.traceId()).isEqualTo("a");
        assertThat(both.traceId()).isEqualTo("b");
    }
}
