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

/** What takes code about the experiments; what does not stands in application.yaml. */
@Configuration(proxyBeanMethods = false)
class ExperimentConfiguration {

    private static final LocalDate GREAT_PRAYER_DAY = LocalDate.of(2026, 5, 1);

    // What decisions are made from. A country in which the rewrite is wrong must not vanish among those in which it is
    // not.
    @Bean
    Evidence evidence() {
        return Evidence.builder()
                .stratum("pricing.quote", "country")
                .stratum("delivery.estimate", "country")
                .build();
    }

    // A condition: the monitoring asks for the same quote every few seconds, which would drown what customers ask for.
    // And a rule about what is code's to know: one wrong cent that a customer pays is worse than any other difference.
    // To
    // the rules given here, those of application.yaml are added.
    @Bean
    ExperimentCustomizer<Quote> quoteOptions(JsonComparator documents) {
        return options -> options.runIf(attributes -> !"monitoring".equals(attributes.get("channel")))
                .comparator(documents.rules(Rule.at("/gross")
                        .weighing(Severity.CRITICAL)
                        .named("what the customer pays")
                        .owner("pricing")
                        .reason("it is on the invoice; how it came about can be explained")));
    }

    // A known difference that everyone agreed on. It is counted under its name, and comes back when the rule expires.
    @Bean
    ExperimentCustomizer<DeliveryPromise> deliveryOptions() {
        return options -> options.ignore(IgnoreRule.<DeliveryPromise>named("great prayer day")
                .owner("logistics")
                .reason("no holiday in Denmark since 2024; the legacy calendar never heard of it")
                .expires(Instant.parse("2035-01-01T00:00:00Z")) // months, in a program that is not a sample
                .when(ExperimentConfiguration::isLateForAnAbolishedHoliday));
    }

    // A snapshot, because the controller masks the card in the very object that it was handed; and a typed comparator,
    // for what "equal" means here: 12.5 is the same money as 12.50.
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
