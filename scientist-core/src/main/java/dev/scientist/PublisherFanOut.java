package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers trials to the publishers, each isolated from the others.
 *
 * <p>Threads: workers publish; each queued publisher is served by at most one worker at a time. Invariant: a trial
 * that a backlog accepted is delivered or counted as dropped. Consequence: a publisher that hangs keeps one thread
 * and fills its own backlog, nothing else.
 */
final class PublisherFanOut {

    private static final Logger log =
            LoggerFactory.getLogger("dev.scientist.Scientist"); // by name: a scientist works with this, not the reverse

    /** A trial on its way to a publisher, and where to report what goes wrong. */
    private record Delivery(Trial<?> trial, Hooks hooks) {
        void dropped() {
            hooks.failed(Hook.PUBLISHER_BACKLOG, "closing drops trials that were not yet published");
        }
    }

    /**
     * A publisher, contained, which finds the caller's MDC in place and a thread as no other has left it; each is warned of on
     * its own.
     */
    private record Recipient(TrialPublisher publisher, String name) {

        void declare(Experiment<?> experiment, Hooks hooks) {
            try {
                publisher.declared(experiment);
            } catch (Throwable thrown) {
                hooks.failed(Hook.PUBLISHER, name, thrown);
            }
        }

        void end(Experiment<?> experiment, Hooks hooks) {
            try {
                publisher.ended(experiment);
            } catch (Throwable thrown) {
                hooks.failed(Hook.PUBLISHER, name, thrown);
            }
        }

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

        boolean isAccepted(Trial<?> trial, Hooks hooks) {
            Mdc.put(trial.mdc(), hooks); // not what another publisher has left
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
    // Handed to the dispatcher by threads that must not publish, and not yet published.
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

    void declared(Experiment<?> experiment, Hooks hooks) {
        inline.forEach(recipient -> recipient.declare(experiment, hooks));
        lanes.forEach(lane -> lane.recipient.declare(experiment, hooks));
    }

    void ended(Experiment<?> experiment, Hooks hooks) {
        inline.forEach(recipient -> recipient.end(experiment, hooks));
        lanes.forEach(lane -> lane.recipient.end(experiment, hooks));
    }

    void closed() {
        inline.forEach(Recipient::close);
        lanes.forEach(lane -> lane.recipient.close());
    }

    /** Delivers off the caller's path: inline publishers here, the others through their backlog. */
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

    /** Delivers from a thread that must not run publishers itself: a caller's, the dispatcher's, the closing one. */
    void publishElsewhere(Trial<?> trial, Hooks hooks, Runnable afterwards) {
        Publication publication = new Publication(this, trial, hooks, afterwards);
        underway.incrementAndGet();
        try {
            dispatcher.execute(publication);
        } catch (Throwable exhausted) { // it may be on its way all the same
            publication.end();
            throw exhausted;
        }
    }

    /** Delivers to every publisher right here, for {@link ExperimentOptions.Start#SAME_THREAD}. */
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
                lane.recipient.deliver(trial, hooks);
            }
        }
    }

    boolean isIdle() {
        return underway.get() == 0 && lanes.stream().allMatch(Lane::isIdle);
    }

    /** Drops and counts what the backlogs still hold, and what comes after. */
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
     * <p>Threads: a worker, and who hands it over where that fails. Invariant: it ends once. Consequence: what is under way is
     * counted exactly, also where who hands it over is told that it failed, and it did not.
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
            } catch (Throwable exhausted) { // what a publisher throws is contained
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
                publishers.dispatcher.executeLast(this); // metrics must not miss what closing gave up
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
        // True from when a worker is asked for until it finds nothing more: so there is never more than one.
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
                queue.add(delivery); // before it is counted: what is counted is there
            } catch (Throwable noMemory) {
                places.release();
                throw noMemory;
            }
            askForWorker();
            if (dropped) {
                discard(); // loses to drop(), which may have looked before this offer
            }
        }

        private void askForWorker() {
            if (busy.compareAndSet(false, true)) { // loses to whoever asked before, and to the worker that is at it
                try {
                    // A worker takes it without a wake-up. It is for many trials, and so for the context of none.
                    dispatcher.offerWithoutContext(this);
                } catch (Throwable noMemory) { // the next trial asks again, for both
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
            } while (!queue.isEmpty() && busy.compareAndSet(false, true)); // came after the last look
        }

        private void deliverAll() {
            Delivery delivery = queue.poll(); // loses to drop(), which takes the rest while closing
            while (delivery != null) {
                try {
                    if (dropped) {
                        delivery.dropped(); // a publisher that hung until it was interrupted gets no other chance to
                        // hang
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
            } catch (Throwable exhausted) { // what a publisher throws is contained
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
