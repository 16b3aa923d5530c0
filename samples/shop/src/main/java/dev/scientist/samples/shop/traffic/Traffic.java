package dev.scientist.samples.shop.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Customers who call the shop over HTTP and think between their calls, until they are stopped or have made a number of
 * calls.
 *
 * <p>Threads: one for each customer, daemons. Invariant: the calls are taken from one seeded sequence, each once.
 * Consequence: which calls are made depends on their number only, not on which customer makes them.
 */
public final class Traffic implements AutoCloseable {

    private static final int CUSTOMERS = 6;
    private static final int NOT_FOUND = 404;
    // Customers arrive one after the other, because a shop that has just started is slow.
    private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI shop;
    private final long limit;
    private final double meanThinkMillis;
    private final Calls calls;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong made = new AtomicLong();
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(CUSTOMERS);
    private final ExecutorService network = Executors.newFixedThreadPool(2, work -> daemon("network", work));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(network)
            .connectTimeout(PATIENCE)
            .build();
    private final List<Thread> customers = new ArrayList<>();

    /**
     * Creates the customers; they begin with {@link #start()}.
     *
     * @param shop the address of the shop
     * @param seed the seed of the sequence of calls
     * @param limit the number of calls after which the customers end by themselves
     * @param meanThink how long a customer thinks between two calls, on average
     */
    public Traffic(URI shop, long seed, long limit, Duration meanThink) {
        this.shop = shop;
        this.limit = limit;
        this.meanThinkMillis = meanThink.toMillis();
        this.calls = new Calls(seed);
        for (int i = 0; i < CUSTOMERS; i++) {
            SplittableRandom thinking = new SplittableRandom(seed + i);
            Duration arrival = BETWEEN_ARRIVALS.multipliedBy(i);
            customers.add(daemon("customer-" + i, () -> shop(arrival, thinking)));
        }
    }

    public void start() {
        customers.forEach(Thread::start);
    }

    /** The number of calls that have ended. */
    public long made() {
        return made.get();
    }

    /** Waits until all customers have ended, and returns whether that was within the time. */
    public boolean await(Duration time) throws InterruptedException {
        return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The failure of the first call that failed; empty if none has, as it should be. */
    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure.get());
    }

    /** Makes no further calls, and waits until those under way are answered. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            for (Thread customer : customers) {
                customer.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        network.shutdownNow();
    }

    private void shop(Duration arrival, SplittableRandom thinking) {
        try {
            Call call = stopped.await(arrival.toMillis(), TimeUnit.MILLISECONDS) ? null : take();
            while (call != null) {
                make(call);
                // The time is exponentially distributed: mostly short, sometimes long.
                double think = -Math.log(1 - thinking.nextDouble()) * meanThinkMillis;
                boolean goesOn = !stopped.await(Math.round(think), TimeUnit.MILLISECONDS);
                call = goesOn ? take() : null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // not expected; the customer then ends
        } finally {
            ended.countDown();
        }
    }

    private @Nullable Call take() {
        turn.lock();
        try {
            return taken.getAndIncrement() < limit ? calls.next() : null;
        } finally {
            turn.unlock();
        }
    }

    private void make(Call call) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(shop.resolve(call.path())).timeout(PATIENCE);
        if (call.body() != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(call.body()));
        }
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300 && status != NOT_FOUND) {
                firstFailure.compareAndSet(null, call.path() + " answered " + status);
            }
        } catch (IOException e) {
            firstFailure.compareAndSet(null, call.path() + " was not answered: " + e);
        }
        made.incrementAndGet();
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
