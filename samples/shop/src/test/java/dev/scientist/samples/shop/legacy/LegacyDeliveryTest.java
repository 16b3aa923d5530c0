package dev.scientist.samples.shop.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import dev.scientist.samples.shop.ShopTest;
import dev.scientist.samples.shop.domain.DeliveryEstimates;
import dev.scientist.samples.shop.domain.DeliveryPromise;
import dev.scientist.samples.shop.domain.DeliveryRequest;
import dev.scientist.testing.RecordingPublisher;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the rules of the legacy delivery. After each test it is checked that the rewrite gives the same answers. */
@ShopTest
class LegacyDeliveryTest {

    @Autowired
    private DeliveryEstimates delivery;

    @ParameterizedTest
    @CsvSource({
        "2026-04-21T11:59:00Z, false, 2026-04-21, 2026-04-23", // 13:59 in Leipzig
        "2026-04-21T12:00:00Z, false, 2026-04-22, 2026-04-24",
        "2026-04-21T14:59:00Z, true, 2026-04-21, 2026-04-22", // the cut-off of express is 17:00
        "2026-04-24T09:00:00Z, false, 2026-04-24, 2026-04-28", // over a weekend
        "2026-04-25T09:00:00Z, false, 2026-04-27, 2026-04-29", // on a Saturday
        "2026-04-30T20:00:00Z, false, 2026-05-04, 2026-05-06" // after hours before a holiday
    })
    void cutOffWeekendsAndHolidaysAreThoseOfTheWarehouse(
            Instant placedAt, boolean express, LocalDate dispatched, LocalDate arrives) {
        DeliveryPromise promise = delivery.estimate(new DeliveryRequest("DE", express, placedAt));

        assertThat(promise).isEqualTo(new DeliveryPromise("DE", dispatched, arrives));
    }

    @ParameterizedTest
    @CsvSource({
        "KW, 2026-04-21T06:00:00Z, 2026-05-03", // Fridays and Saturdays off
        "JP, 2026-04-21T04:00:00Z, 2026-05-08", // four holidays on the way
        "US, 2026-04-21T18:00:00Z, 2026-04-27" // from Memphis
    })
    void onTheRoadItIsTheCountrysWeekendAndHolidays(String country, Instant placedAt, LocalDate arrives) {
        DeliveryPromise promise = delivery.estimate(new DeliveryRequest(country, false, placedAt));

        assertThat(promise.arrives()).isEqualTo(arrives);
    }

    @Test
    void theHolidayThatDenmarkAbolishedIsAKnownDifference(@Autowired RecordingPublisher recording) {
        Instant placedAt = Instant.parse("2026-04-28T08:00:00Z");

        DeliveryPromise promise = delivery.estimate(new DeliveryRequest("DK", false, placedAt));

        assertThat(promise.arrives()).isEqualTo("2026-05-04");
        assertThat(recording.takeTrials()).singleElement().satisfies(trial -> {
            assertThat(trial.candidates().get(0).verdict()).isEqualTo(Verdict.IGNORED);
            assertThat(trial.candidates().get(0).ignoredBy()).isEqualTo("great prayer day");
        });
    }
}
