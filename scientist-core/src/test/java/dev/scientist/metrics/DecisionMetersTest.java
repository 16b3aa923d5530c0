package dev.scientist.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.Scientist;
import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.Evidence;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.decision.Stratum;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Proves that the gauges show what was decided, cheaply, whatever the traffic contains. */
class DecisionMetersTest {

    private static final DecisionPolicy POLICY = DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT);

    private volatile Runnable slowly = () -> {};
    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Evidence evidence =
            Evidence.builder().stratum("quotes", "country").build();
    private final DecisionMeters meters =
            new DecisionMeters(registry, new ExperimentDecisions(evidence, name -> policy()), nanos::get);

    @AutoClose
    private final Scientist scientist = Scientist.builder()
            .logging(false)
            .listener(meters)
            .publisher(evidence)
            .build();

    private final Experiment<String> quotes =
            scientist.experiment("quotes", options -> options.start(Start.SAME_THREAD));

    private DecisionPolicy policy() {
        slowly.run();
        return POLICY;
    }

    @Test
    void everyMeterOfDecisionsExistsWithExactlyItsTags() {
        call("DK", "a");
        look();

        assertThat(EnumSet.range(ScientistMeter.RATE_UPPER, ScientistMeter.DECISION))
                .allSatisfy(meter -> assertThat(registry.find(meter.meterName()).meters())
                        .isNotEmpty()
                        .allSatisfy(found -> {
                            assertThat(found.getId().getType()).isEqualTo(Meter.Type.GAUGE);
                            assertThat(found.getId().getDescription()).isEqualTo(meter.description());
                            assertThat(found.getId().getTags())
                                    .extracting(io.micrometer.core.instrument.Tag::getKey)
                                    .containsExactlyInAnyOrderElementsOf(meter.tags());
                        }));
    }

    @Test
    void theGaugesOfAStratumAreItsBoundsItsThresholdAndWhatIsMissing() {
        for (int i = 0; i < 100; i++) {
            call("DK", "a");
        }
        look();

        assertThat(ofStratum("scientist.rate.upper", "DK")).isBetween(0.01, 0.1);
        assertThat(ofStratum("scientist.rate.lower", "DK")).isZero();
        assertThat(ofStratum("scientist.rate.threshold", "DK")).isEqualTo(0.01);
        assertThat(ofStratum("scientist.evidence.missing", "DK")).isEqualTo(289);
    }

    @Test
    void exactlyOneDecisionIsTheCurrentOne() {
        assertThat(decision("hold")).isEqualTo(1);
        assertThat(decision("advance")).isZero();
        assertThat(decision("promote")).isZero();
        assertThat(decision("rollback")).isZero();
    }

    @Test
    void itIsDecidedAtMostOnceASecond() {
        call("DK", "a");
        look();
        call("DK", "a");

        double atOnce = ofStratum("scientist.evidence.missing", "DK");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(atOnce).isEqualTo(388);
        assertThat(ofStratum("scientist.evidence.missing", "DK")).isEqualTo(387);
    }

    @Test
    @Tag("promise-14")
    void strataAreBoundedOverAllVersions() {
        for (int version = 0; version < 3; version++) {
            evidence.open("quotes", new Epoch("", String.valueOf(version), ""));
            for (int i = 0; i < 150; i++) {
                call("c" + version + "-" + i, "a");
            }
            look();
        }

        assertThat(registry.find("scientist.rate.upper").gauges()).hasSize(Stratum.MOST + 1);
    }

    @Test
    void whatWasNotCountedInThisVersionHasNoRate() {
        call("DK", "a");
        look();
        evidence.open("quotes", new Epoch("", "2", ""));
        look();

        assertThat(ofStratum("scientist.rate.upper", "DK")).isNaN();
    }

    @Test
    @Tag("promise-3")
    void readingChangesNoCount() {
        call("DK", "a");

        look();
        look();

        assertThat(evidence.snapshot("quotes").compared()).isEqualTo(1);
        assertThat(quotes.tally().calls("candidate")).isEqualTo(1);
    }

    /** The reader decides so slowly that meanwhile the experiment is removed, declared anew and shown. */
    @Test
    void aSlowReaderOfARemovedOneTakesNoGaugeFromTheNext() throws InterruptedException {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch shown = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        slowly = () -> {
            if (isFirst.getAndSet(false)) {
                deciding.countDown();
                awaitUninterruptibly(shown);
            }
        };
        call("DK", "a");
        Thread reader = new Thread(this::look);
        reader.start();
        deciding.await();

        scientist.remove(quotes);
        scientist
                .<String>experiment("quotes", options -> options.start(Start.SAME_THREAD))
                .call()
                .attribute("country", "DK")
                .candidate(() -> "a")
                .run(() -> "a");
        look();
        shown.countDown();
        reader.join();

        assertThat(registry.find("scientist.rate.upper").tag("stratum", "DK").gauges())
                .hasSize(1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(String country, String answer) {
        quotes.call().attribute("country", country).candidate(() -> answer).run(() -> "a");
    }

    /** Reads all gauges a second later, as a scrape does. */
    private void look() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        registry.find("scientist.decision").gauges().forEach(Gauge::value);
    }

    private double decision(String kind) {
        return registry.get("scientist.decision").tag("decision", kind).gauge().value();
    }

    private double ofStratum(String name, String stratum) {
        return registry.get(name).tag("stratum", stratum).gauge().value();
    }
}
