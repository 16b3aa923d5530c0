package dev.scientist.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ContextCarrier;
import dev.scientist.Experiment;
import dev.scientist.FakeTicker;
import dev.scientist.Scientist;
import dev.scientist.Shadow;
import dev.scientist.TestScientists;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

@Tag("promise-10")
class MicrometerContextCarrierTest {

    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
    private static final ThreadLocal<List<String>> USERS = new ThreadLocal<>();

    private final Scientist scientist = TestScientists.builder(new FakeTicker()).build();
    private final BlockingQueue<String> seen = new ArrayBlockingQueue<>(10);

    @AfterEach
    void close() {
        scientist.close();
        MDC.clear();
        TENANT.remove();
        USERS.remove();
        ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
        ContextRegistry.getInstance().removeThreadLocalAccessor(Slf4jThreadLocalAccessor.KEY);
    }

    @Test
    void theMdcReachesTheCandidateWithoutAnyRegistration() throws InterruptedException {
        Experiment<String> experiment = scientist.experiment("mdc");
        MDC.put("trace", "t-1");

        experiment.run(() -> "a", () -> tell("trace " + MDC.get("trace")));

        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("trace t-1");
        assertThat(MDC.get("trace")).isEqualTo("t-1");
    }

    @Test
    void aRegisteredMdcAccessorIsUsedOnce() throws InterruptedException {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
        Experiment<String> experiment = scientist.experiment("mdc");
        MDC.put("trace", "t-2");

        experiment.run(() -> "a", () -> tell("trace " + MDC.get("trace")));

        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("trace t-2");
    }

    @Test
    void everyRegisteredAccessorReachesTheCandidate() throws InterruptedException {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
        Experiment<String> experiment = scientist.experiment("tenant");
        TENANT.set("acme");

        experiment.run(() -> "a", () -> tell("tenant " + TENANT.get()));

        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("tenant acme");
    }

    @Test
    void nothingIsLeftOnTheWorkerAfterwards() throws InterruptedException {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
        Experiment<String> experiment = scientist.experiment("left");
        List<String> later = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            TENANT.set("acme");
            MDC.put("trace", "t-3");
            experiment.run(() -> "a", () -> tell("first"));
            seen.poll(30, TimeUnit.SECONDS);
            TENANT.remove();
            MDC.clear();
            experiment.run(() -> "a", () -> tell(TENANT.get() + " " + MDC.get("trace") + " " + Shadow.isActive()));
            later.add(seen.poll(30, TimeUnit.SECONDS));
        }

        assertThat(later).hasSize(20).containsOnly("null null true");
    }

    @Test
    void anAccessorThatFailsLeavesNothingOfTheOthersBehind() throws InterruptedException {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        "z-broken",
                        () -> "value",
                        value -> {
                            throw new IllegalStateException("accessor");
                        },
                        () -> {});
        TENANT.set("acme");
        ContextCarrier.Snapshot snapshot = new MicrometerContextCarrier().capture();

        AtomicReference<String> left = new AtomicReference<>("not run");
        Thread worker = new Thread(() -> {
            try {
                snapshot.open();
            } catch (IllegalStateException expected) {
                left.set(TENANT.get());
            }
        });
        worker.start();
        worker.join();
        ContextRegistry.getInstance().removeThreadLocalAccessor("z-broken");

        assertThat(left).hasValue(null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.security.core.context.SecurityContext",
                "org.springframework.web.context.request.RequestAttributesThreadLocalAccessor.KEY"
            })
    void whatIsHandedOverByReferenceAndCanBeChangedIsLeftOut(String key) throws InterruptedException {
        ContextRegistry.getInstance().registerThreadLocalAccessor(key, USERS);
        Experiment<String> experiment = scientist.experiment("left out");
        List<String> callers = new ArrayList<>(List.of("ann"));
        USERS.set(callers);

        experiment.run(() -> "a", () -> {
            List<String> known = USERS.get();
            if (known != null) {
                known.set(0, "root");
            }
            return tell("user " + known);
        });
        String told = seen.poll(30, TimeUnit.SECONDS);
        ContextRegistry.getInstance().removeThreadLocalAccessor(key);

        assertThat(told).isEqualTo("user null");
        assertThat(callers).containsExactly("ann");
    }

    @Test
    void theShadowMarkTravelsWithTheCandidatesOwnThreads() throws InterruptedException {
        Experiment<String> experiment = scientist.experiment("mark");
        Executor ownThread = task ->
                new Thread(ContextSnapshotFactory.builder().build().captureAll().wrap(task)).start();

        experiment.run(() -> "a", () -> {
            ownThread.execute(() -> tell("shadow of " + Shadow.experiment()));
            return "a";
        });

        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("shadow of mark");
        assertThat(Shadow.isActive()).isFalse();
    }

    private String tell(String what) {
        seen.add(what);
        return "a";
    }
}
