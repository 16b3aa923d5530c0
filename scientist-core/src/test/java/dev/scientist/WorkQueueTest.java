package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    /** A work that is its own link in the queue. */
    private static final class Linked extends Link implements Runnable {
        private final int number;

        Linked(int number) {
            this.number = number;
        }

        @Override
        public void run() {}
    }

    private final WorkQueue queue = new WorkQueue();

    private List<Integer> takeAll() {
        List<Integer> numbers = new ArrayList<>();
        Runnable work = queue.poll();
        while (work != null) {
            numbers.add(((Linked) work).number);
            work = queue.poll();
        }
        return numbers;
    }

    @Test
    void workIsTakenInTheOrderInWhichItCame() {
        List<Integer> taken = new ArrayList<>();

        queue.add(new Linked(1));
        queue.add(new Linked(2));
        queue.add(new Linked(3));
        taken.add(((Linked) queue.poll()).number);
        queue.add(new Linked(4));
        taken.addAll(takeAll());

        assertThat(taken).containsExactly(1, 2, 3, 4);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatIsNoLinkCanBeAddedAsOftenAsOneLikes() {
        Runnable work = () -> {};

        queue.add(work);
        queue.add(work);

        assertThat(queue.poll()).isSameAs(work);
        assertThat(queue.poll()).isSameAs(work);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void whatWasTakenKeepsNothingInMemory() {
        Linked first = new Linked(1);

        queue.add(first);
        queue.add(new Linked(2));
        queue.poll();

        assertThat(first.linked).isNull();
    }

    @Test
    void eachWorkIsTakenOnceWhoeverAddsAndTakes() {
        int rounds = 5_000;
        ConcurrentMap<Integer, Integer> taken = new ConcurrentHashMap<>();

        Race.run(rounds, 4, (round, racer) -> {
            if (racer < 2) {
                queue.add(new Linked(4 * round + racer));
                queue.add(new Linked(4 * round + 2 + racer));
            } else {
                Runnable work = queue.poll();
                if (work != null) {
                    taken.merge(((Linked) work).number, 1, Integer::sum);
                }
            }
        });
        takeAll().forEach(number -> taken.merge(number, 1, Integer::sum));

        assertThat(taken).hasSize(4 * rounds);
        assertThat(taken.values()).containsOnly(1);
    }

    /** Otherwise the dispatcher would go to sleep while there is work. */
    @Test
    void itIsNeverEmptyWhileSomethingIsThere() {
        int rounds = 10_000;
        AtomicReference<WorkQueue> current = new AtomicReference<>();
        AtomicInteger overlooked = new AtomicInteger();

        Race.run(
                rounds,
                2,
                (round, racer) -> {
                    current.set(new WorkQueue());
                    current.get().add(new Linked(1));
                    current.get().add(new Linked(2));
                },
                (round, racer) -> {
                    if (racer == 0) {
                        current.get().poll();
                    } else if (current.get().isEmpty()) {
                        overlooked.incrementAndGet();
                    }
                });

        assertThat(overlooked).hasValue(0);
    }

    /** Recurses to the end of the stack, and on the way back adds a work in each frame. */
    private final class Digger implements Runnable {
        private final List<Integer> added = new ArrayList<>();
        private int next;

        @Override
        public void run() {
            try {
                if (added.isEmpty()) {
                    run();
                }
            } catch (StackOverflowError end) {
                // The way back begins.
            }
            if (added.size() < 50) {
                try {
                    Linked work = new Linked(next++);
                    queue.add(work);
                    added.add(work.number);
                } catch (StackOverflowError stillTooDeep) {
                    // The work may have been added or not; the caller cannot know.
                }
            }
        }
    }

    @Test
    void aCallerWhoseStackEndsWhileItAddsLosesNothing() throws InterruptedException {
        List<Integer> lost = new ArrayList<>();
        int told = 0;

        for (int i = 0; i < 40; i++) {
            Digger digger = new Digger();
            Thread thread = new Thread(null, digger, "digger", 192 * 1024);
            thread.start();
            thread.join();
            told += digger.added.size();
            List<Integer> taken = takeAll();
            digger.added.stream().filter(number -> !taken.contains(number)).forEach(lost::add);
        }

        assertThat(lost).isEmpty();
        assertThat(told).isEqualTo(40 * 50);
    }
}
