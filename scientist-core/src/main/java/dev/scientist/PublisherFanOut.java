package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers trials to the publishers, each isolated from the others.
 *
 * <p>Threads: workers publish; each publisher with a backlog is served by at most one worker at a time. Invariant: a
 * trial that a backlog accepted is delivered or counted as dropped. Consequence: a publisher that hangs occupies one
 * thread and fills its own backlog, and affects nothing else.
 */
final class PublisherFanOut {

    private static final Logger log =
            LoggerFactory.getLogger("dev.scientist.Scientist"); // by name: a scientist works with this, not the reverse

    /** A trial to be delivered, and the hooks that report a failure. */
    private record Delivery(Trial<?> trial, Hooks hooks) {
        void dropped() {
            hooks.failed(Hook.PUBLISHER_BACKLOG, "closing drops trials that were not yet published");
        }
    }

    /**
     * A publisher whose failures are contained and reported under its own name. It is called with the caller's MDC and
     * on a thread without state left by other publishers.
     */
    private record Recipient(TrialPublisher publisher, String name) {

        void close() {
            try {
                publisher.closed();
            } catch (Throwable thrown) {
                log.warn(
                        "{} failed while closing with {}",
                        name,
                        thrown.getClass().getName());
            }
        }

        /**
         * Closes this publisher on its own thread, which is returned; on the current one if no thread can be started.
         */
        @Nullable
        Thread closeAside(@Nullable ClassLoader loader) {
            Thread thread;
            try {
                thread = Workers.daemon(this::close, "scientist-" + name, loader);
                thread.start();
            } catch (Throwable noThread) { // no memory for a thread
                close();
                return null;
            }
            return thread;
        }

        /** Waits until a thread has closed this publisher, and interrupts the thread after the deadline. */
        void awaitClosed(Thread thread, long deadline) {
            try {
                long left = Math.max(deadline - System.nanoTime(), 0);
                thread.join(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // so that the other publishers are not waited for either
            }
            if (thread.isAlive()) {
                thread.interrupt();
                log.warn(
                        "{} was still closing when its time was over, and was interrupted; what it had not"
                                + " flushed may be lost",
                        name);
            }
        }

        boolean isAccepted(Trial<?> trial, Hooks hooks) {
            Mdc.put(trial.mdc(), hooks); // replaces what another publisher may have left
            ThreadState before = ThreadState.ofCurrent();
            try {
                return publisher.accepts(trial);
            } catch (Throwable thrown) {
                hooks.failed(Hook.PUBLISHER, name, thrown);
                return false;
            } finally {
                before.restore();
            }
        }

        void deliver(Trial<?> trial, Hooks hooks) {
            Mdc.put(trial.mdc(), hooks);
            ThreadState before = ThreadState.ofCurrent();
            try {
                publisher.publish(trial);
            } catch (Throwable thrown) {
                hooks.failed(Hook.PUBLISHER, name, thrown);
            } finally {
                before.restore();
            }
        }
    }

    private final List<Recipient> inline = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final Dispatcher dispatcher;
    // The number of trials handed to the dispatcher by threads that must not publish, and not yet published.
    private final AtomicInteger underway = new AtomicInteger();

    PublisherFanOut(List<TrialPublisher> publishers, int backlog, Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        int number = 0;
        for (TrialPublisher publisher : publishers) {
            String name = "publisher " + ++number + " (" + Difference.typeName(publisher) + ")";
            Recipient recipient = new Recipient(publisher, name);
            if (publisher.isInline()) {
                inline.add(recipient);
            } else {
                lanes.add(new Lane(recipient, backlog, dispatcher));
            }
        }
    }

    /** Calls an action for each publisher and its name in the log, in the order in which they receive a trial. */
    void forEach(BiConsumer<TrialPublisher, String> action) {
        recipients().forEach(recipient -> action.accept(recipient.publisher(), recipient.name()));
    }

    private List<Recipient> recipients() {
        return Stream.concat(inline.stream(), lanes.stream().map(lane -> lane.recipient))
                .toList();
    }

    /**
     * Closes the publishers, each on its own thread, so that none waits for another one to flush. Waits for those
     * threads up to {@code nanos}, and then interrupts them.
     */
    void closed(long nanos) {
        long deadline = System.nanoTime() + nanos; // the real clock: this is a wait, not a measurement
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        List<Recipient> recipients = recipients();
        @Nullable Thread[] flushing = new @Nullable Thread[recipients.size()];
        for (int i = 0; i < flushing.length; i++) {
            flushing[i] = recipients.get(i).closeAside(loader);
        }
        Thread.interrupted(); // a publisher that was closed on this thread may have left it interrupted
        for (int i = 0; i < flushing.length; i++) {
            Thread thread = flushing[i];
            if (thread != null) {
                recipients.get(i).awaitClosed(thread, deadline);
            }
        }
    }

    /** Delivers on a worker: to inline publishers directly, to the others through their backlogs. */
    void publish(Trial<?> trial, Hooks hooks) {
        Mdc.Scope mdc = Mdc.enter(trial.mdc(), hooks);
        try {
            deliverInline(trial, hooks);
            for (Lane lane : lanes) {
                if (lane.recipient.isAccepted(trial, hooks)) {
                    lane.submit(new Delivery(trial, hooks));
                }
            }
        } finally {
            mdc.close();
        }
    }

    /** Delivers for a thread that must not run publishers itself: a caller's, the dispatcher's or the closing one. */
    void publishElsewhere(Trial<?> trial, Hooks hooks, Runnable afterwards) {
        Publication publication = new Publication(this, trial, hooks, afterwards);
        underway.incrementAndGet();
        try {
            dispatcher.execute(publication);
        } catch (Throwable exhausted) { // the publication may have been queued all the same
            publication.end();
            throw exhausted;
        }
    }

    /** Delivers to every publisher on the current thread, for {@link ExperimentOptions.Start#SAME_THREAD}. */
    void publishHere(Trial<?> trial, Hooks hooks) {
        Mdc.Scope mdc = Mdc.enter(trial.mdc(), hooks);
        try {
            ThreadState.keep(() -> Shadow.hook(() -> publishToAll(trial, hooks)));
        } finally {
            mdc.close();
        }
    }

    private void publishToAll(Trial<?> trial, Hooks hooks) {
        deliverInline(trial, hooks);
        for (Lane lane : lanes) {
            if (lane.recipient.isAccepted(trial, hooks)) {
                lane.deliverHere(new Delivery(trial, hooks));
            }
        }
    }

    boolean isIdle() {
        return underway.get() == 0 && lanes.stream().allMatch(Lane::isIdle);
    }

    /** Drops and counts the trials that are in the backlogs, and those that come later. */
    void drop() {
        lanes.forEach(Lane::drop);
    }

    private void deliverInline(Trial<?> trial, Hooks hooks) {
        for (Recipient recipient : inline) {
            if (recipient.isAccepted(trial, hooks)) {
                recipient.deliver(trial, hooks);
            }
        }
    }

    /**
     * A trial to be delivered by a worker.
     *
     * <p>Threads: a worker, and the thread that hands it over if that fails. Invariant: it ends once. Consequence: the
     * number under way is exact, even if handing over threw an exception although the work was accepted.
     */
    private static final class Publication implements Dispatcher.Work {
        private final PublisherFanOut publishers;
        private final Trial<?> trial;
        private final Hooks hooks;
        private final Runnable afterwards;
        private final AtomicBoolean isOver = new AtomicBoolean();

        Publication(PublisherFanOut publishers, Trial<?> trial, Hooks hooks, Runnable afterwards) {
            this.publishers = publishers;
            this.trial = trial;
            this.hooks = hooks;
            this.afterwards = afterwards;
        }

        @Override
        public void run() {
            try {
                Shadow.hook(() -> publishers.publish(trial, hooks));
            } catch (Throwable exhausted) { // out of memory or stack: failures of publishers are contained
                hooks.failed(Hook.PUBLISHER, exhausted);
            } finally {
                end();
            }
        }

        void end() {
            if (isOver.compareAndSet(false, true)) {
                publishers.underway.decrementAndGet();
                afterwards.run();
            }
        }

        @Override
        public void discard() {
            try {
                publishers.dispatcher.executeLast(this); // metrics must include the trials given up on close
            } catch (Throwable exhausted) {
                end();
            }
        }
    }

    /** One publisher with its backlog. */
    private static final class Lane implements Dispatcher.Work {
        private final Recipient recipient;
        private final Dispatcher dispatcher;
        private final int backlog;
        private final Queue<Delivery> queue = new ConcurrentLinkedQueue<>();
        private final Permits places = new Permits();
        // True from when a worker is requested until it finds no more trials, so that there is never more than one.
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile boolean dropped;

        Lane(Recipient recipient, int backlog, Dispatcher dispatcher) {
            this.recipient = recipient;
            this.dispatcher = dispatcher;
            this.backlog = backlog;
        }

        void submit(Delivery delivery) {
            if (dropped) {
                delivery.dropped();
                return;
            }
            if (!places.tryAcquire(backlog)) {
                delivery.hooks()
                        .failed(Hook.PUBLISHER_BACKLOG, recipient.name() + " cannot keep up, its trials are dropped");
                return;
            }
            try {
                queue.add(delivery); // added after its place is taken: the backlog never exceeds its limit
            } catch (Throwable noMemory) {
                places.release();
                throw noMemory;
            }
            askForWorker();
            if (dropped) {
                discard(); // loses to drop(), which may have emptied the queue before
            }
        }

        /** Delivers on the current thread, past the backlog; drops the trial if the publisher is or will be closed. */
        void deliverHere(Delivery delivery) {
            if (dropped) {
                delivery.dropped();
            } else {
                recipient.deliver(delivery.trial(), delivery.hooks());
            }
        }

        private void askForWorker() {
            if (busy.compareAndSet(false, true)) { // loses to an earlier request or to the running worker
                try {
                    // A worker takes it without a wake-up. It delivers many trials, so no single caller's context
                    // applies.
                    dispatcher.offerWithoutContext(this);
                } catch (Throwable noMemory) { // the next trial asks for a worker again
                    busy.set(false);
                    throw noMemory;
                }
            }
        }

        boolean isIdle() {
            return places.inUse() == 0;
        }

        void drop() {
            dropped = true;
            discard();
        }

        @Override
        public void run() {
            do {
                try {
                    Shadow.hook(this::deliverAll);
                } catch (Throwable exhausted) {
                    busy.set(false);
                    return; // the next trial asks for a worker again
                }
                busy.set(false);
            } while (!queue.isEmpty() && busy.compareAndSet(false, true)); // for trials added after the last poll
        }

        private void deliverAll() {
            Delivery delivery = queue.poll(); // loses to drop(), which empties the queue on close
            while (delivery != null) {
                try {
                    if (dropped) {
                        delivery.dropped(); // a publisher that hung must not hang again
                    } else {
                        deliver(delivery);
                    }
                } finally {
                    places.release();
                }
                delivery = queue.poll();
            }
        }

        private void deliver(Delivery delivery) {
            Mdc.Scope mdc = null;
            try {
                mdc = Mdc.enter(delivery.trial().mdc(), delivery.hooks());
                recipient.deliver(delivery.trial(), delivery.hooks());
            } catch (Throwable exhausted) { // out of memory or stack: failures of publishers are contained
                delivery.hooks().failed(Hook.PUBLISHER, recipient.name(), exhausted);
            } finally {
                if (mdc != null) {
                    mdc.close();
                }
            }
        }

        @Override
        public void discard() {
            Delivery delivery = queue.poll();
            while (delivery != null) {
                places.release();
                delivery.dropped();
                delivery = queue.poll();
            }
        }
    }
}
