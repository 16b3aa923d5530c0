package dev.scientist.samples.shop;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import dev.scientist.IgnoreRule;
import dev.scientist.Outcome;
import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.Rule;
import dev.scientist.decision.Evidence;
import dev.scientist.samples.shop.domain.DeliveryPromise;
import dev.scientist.samples.shop.domain.OrderDetail;
import dev.scientist.samples.shop.domain.Quote;
import dev.scientist.spring.ExperimentCustomizer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The options of experiments that need code. All other options are in application.yaml. */
@Configuration(proxyBeanMethods = false)
class ExperimentConfiguration {

    private static final LocalDate GREAT_PRAYER_DAY = LocalDate.of(2026, 5, 1);

    // The counts from which decisions are made. They are kept by country, so that a country in which the rewrite is
    // wrong is not hidden by the countries in which it is right.
    @Bean
    Evidence evidence() {
        return Evidence.builder()
                .stratum("pricing.quote", "country")
                .stratum("delivery.estimate", "country")
                .build();
    }

    // A condition leaves out the monitoring: it asks for the same quote every few seconds, and there would be more of
    // these calls than of customers' calls. A comparison rule gives the price that a customer pays a higher severity
    // than all other differences. The rules of application.yaml are added to this one.
    @Bean
    ExperimentCustomizer<Quote> quoteOptions(JsonComparator documents) {
        return options -> options.runIf(attributes -> !"monitoring".equals(attributes.get("channel")))
                .comparator(documents.rules(Rule.at("/gross")
                        .weighing(Severity.CRITICAL)
                        .named("what the customer pays")
                        .owner("pricing")
                        .reason("it is on the invoice; how it came about can be explained")));
    }

    // A known difference that everyone has accepted. It is counted under its name, and is a mismatch again when the
    // rule expires.
    @Bean
    ExperimentCustomizer<DeliveryPromise> deliveryOptions() {
        return options -> options.ignore(IgnoreRule.<DeliveryPromise>named("great prayer day")
                .owner("logistics")
                .reason("no holiday in Denmark since 2024; the legacy calendar never heard of it")
                .expires(Instant.parse("2035-01-01T00:00:00Z")) // in a real program: a few months from now
                .when(ExperimentConfiguration::isLateForAnAbolishedHoliday));
    }

    // A snapshot is needed because the controller masks the card number in the object that it got. A typed comparator
    // defines equality: 12.5 is the same amount of money as 12.50.
    @Bean
    ExperimentCustomizer<OrderDetail> orderDetailOptions() {
        return options -> options.snapshot(OrderDetail::copy).comparator(ExperimentConfiguration::differences);
    }

    private static boolean isLateForAnAbolishedHoliday(
            Outcome<DeliveryPromise> primary, Outcome<DeliveryPromise> candidate) {
        DeliveryPromise legacy = primary.valueOrNull();
        DeliveryPromise rewrite = candidate.valueOrNull();
        return legacy != null
                && rewrite != null
                && legacy.country().equals("DK")
                && legacy.dispatched().equals(rewrite.dispatched())
                && !rewrite.arrives().isBefore(GREAT_PRAYER_DAY)
                && legacy.arrives().isAfter(rewrite.arrives());
    }

    private static List<Difference> differences(OrderDetail primary, OrderDetail candidate) {
        List<Difference> differences = new ArrayList<>();
        compare(differences, "/total", primary.getTotal(), candidate.getTotal());
        compare(differences, "/status", primary.getStatus(), candidate.getStatus());
        compare(differences, "/card", primary.getCard(), candidate.getCard());
        compare(differences, "/placedOn", primary.getPlacedOn(), candidate.getPlacedOn());
        compare(differences, "/lines", primary.getLines(), candidate.getLines());
        return differences;
    }

    private static void compare(List<Difference> differences, String path, Object primary, Object candidate) {
        if (!isEqual(primary, candidate)) {
            differences.add(Difference.of(path, Difference.Kind.CHANGED, primary, candidate));
        }
    }

    private static boolean isEqual(Object primary, Object candidate) {
        if (primary instanceof BigDecimal amount && candidate instanceof BigDecimal other) {
            return amount.compareTo(other) == 0;
        }
        return primary.equals(candidate);
    }
}
