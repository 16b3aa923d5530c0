package dev.scientist;

import static dev.scientist.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert;

/**
 * The fixture of most tests: a Scientist whose clock moves only when the test moves it, a publisher that keeps every
 * trial, and doors that are opened before the Scientist is closed.
 */
final class Bench implements AutoCloseable {

    /** The clock of the Scientist. A hung candidate is late only when a test moves it. */
    final FakeTicker ticker = new FakeTicker();

    final SeenTrials seen = new SeenTrials();

    private final AtomicInteger witnesses = new AtomicInteger();
    private final List<Door> doors = new ArrayList<>();
    private final List<Scientist> scientists = new ArrayList<>();

    /** Starts to configure a scientist that this bench does not know yet; see {@link #use}. */
    Scientist.Builder builder() {
        return TestScientists.builder().ticker(ticker).publisher(seen).closeTimeout(Duration.ofSeconds(20));
    }

    /** Builds a scientist and closes it in the end. */
    Scientist use(Scientist.Builder builder) {
        Scientist scientist = builder.build();
        scientists.add(scientist);
        return scientist;
    }

    /** The scientist used last, or a default one. */
    Scientist scientist() {
        return scientists.isEmpty() ? use(builder()) : scientists.get(scientists.size() - 1);
    }

    <T> Experiment<T> experiment() {
        return experiment(options -> {});
    }

    <T> Experiment<T> experiment(Consumer<? super ExperimentOptions.Builder<T>> options) {
        return scientist().experiment("experiment", options);
    }

    Door door() {
        Door door = new Door();
        doors.add(door);
        return door;
    }

    /**
     * Waits until the dispatcher has found every candidate that is late now, and workers have done the work that it
     * then handed to them. To be sure of that, this starts a further candidate, and waits until the dispatcher has
     * interrupted it and its call is settled; and does so twice.
     */
    void letDispatcherWork() {
        // The mark is taken away, because this may be called in a comparator, where experiments start no candidate.
        Shadow mark = Shadow.current();
        Shadow.restore(null);
        try {
            letDispatcherFindWhatIsLate();
        } finally {
            Shadow.restore(mark);
        }
    }

    private void letDispatcherFindWhatIsLate() {
        Experiment<String> other = scientist()
                .experiment(
                        "witness " + witnesses.incrementAndGet(),
                        options -> options.candidateTimeout(Duration.ofNanos(1)));
        for (int i = 0; i < 2; i++) {
            Door door = door();
            other.run(() -> "a", () -> {
                door.pass();
                return "a";
            });
            door.awaitArrivals(1);
            ticker.advance(Duration.ofNanos(1));
            door.awaitInterruption();
            settle(other);
        }
    }

    /** Waits until nothing of an experiment is in flight. */
    static void settle(Experiment<?> experiment) {
        eventually("nothing is in flight", () -> experiment.tally().inFlight() == 0);
    }

    /** The counts of the first candidate, by {@code verdict} or {@code verdict/reason}; without zeros. */
    static Map<String, Long> verdicts(Experiment<?> experiment) {
        return verdicts(experiment, experiment.candidates().get(0));
    }

    /**
     * The counts of a candidate, by {@code verdict} or {@code verdict/reason}; without zeros. Fails if they do not sum
     * to its calls.
     */
    static Map<String, Long> verdicts(Experiment<?> experiment, String candidate) {
        Map<String, Long> verdicts = new TreeMap<>();
        Tally tally = experiment.tally();
        for (Verdict verdict : Verdict.values()) {
            for (Verdict.Reason reason : Verdict.Reason.values()) {
                long count = tally.count(candidate, verdict, reason);
                if (count != 0) {
                    verdicts.put(
                            reason == Verdict.Reason.NONE ? verdict.tag() : verdict.tag() + "/" + reason.tag(), count);
                }
            }
        }
        long sum = verdicts.values().stream().mapToLong(Long::longValue).sum();
        if (sum != tally.calls(candidate)) {
            throw new AssertionError(
                    "verdicts sum to " + sum + " and not to " + tally.calls(candidate) + ": " + verdicts);
        }
        return verdicts;
    }

    /** The threads there are whose name says that they belong to a scientist; virtual ones are not listed by Java. */
    static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("scientist-"))
                .toList();
    }

    /** Waits until every thread of a scientist is one of those. */
    static void awaitNoThreadsBut(List<Thread> before) {
        eventually("no thread of a scientist is left", () -> before.containsAll(threads()));
    }

    @Override
    public void close() {
        doors.forEach(Door::open);
        scientists.forEach(Scientist::close);
    }

    /** A call of which a test knows that it throws. */
    static void attempt(ThrowableAssert.ThrowingCallable call) {
        try {
            call.call();
        } catch (Throwable expected) {
            // Other tests prove what reaches the caller; here only the counts matter.
        }
    }

    /** An error that the compiler does not see, so that a hook can throw anything. */
    static <X extends Throwable> RuntimeException sneak(Throwable error) throws X {
        @SuppressWarnings("unchecked") // the cast is erased; the compiler believes that it is an X
        X unseen = (X) error;
        throw unseen;
    }

    /** A value whose equals, hashCode and toString throw. */
    static final class Hostile {
        @Override
        @SuppressWarnings("EqualsHashCode")
        public boolean equals(Object other) {
            throw new IllegalStateException("equals of a hostile value");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode of a hostile value");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString of a hostile value");
        }
    }

    static <T> List<T> listOf(T first, T second) {
        return new ArrayList<>(Arrays.asList(first, second));
    }
}
