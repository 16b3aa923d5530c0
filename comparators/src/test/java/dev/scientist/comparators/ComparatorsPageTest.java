package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Difference.Severity;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.javacrumbs.jsonunit.core.Option;
import org.junit.jupiter.api.Test;

/** The code of docs/comparators.md, compiled and run. */
class ComparatorsPageTest {

    @Retention(RetentionPolicy.RUNTIME)
    @interface DatabaseOnly {}

    record Weight(BigDecimal amount, String unit) {
        BigDecimal grams() {
            return unit.equals("kg") ? amount.movePointRight(3) : amount;
        }
    }

    record Barcode(String digits) {}

    record Parcel(String sku, double price, Weight weight, Barcode code) {}

    record Delivery(@DatabaseOnly long row, Instant issuedAt, List<Parcel> lines) {}

    @Test
    void aComparatorCanBeAskedByHand() {
        // tag::by-hand[]
        List<Difference> differences = json().compare("{\"total\":10}", "{\"total\":11}"); // one, at /total
        // end::by-hand[]

        assertThat(differences).extracting(Difference::path).containsExactly("/total");
    }

    @Test
    void objectsAreComparedAsTheyAre() {
        // tag::objects[]
        ObjectComparator comparator = objects()
                .rules(
                        Rule.at("/lines").byKey("/sku"),
                        Rule.at("/lines/*/price").within("0.005"),
                        Rule.at("/issuedAt").withinTime(Duration.ofSeconds(2)))
                .ignoringAnnotated(DatabaseOnly.class) // the application's own annotation
                .reading(Weight.class, Weight::grams) // what is compared instead of such a value
                .byEquals(Barcode.class); // by its equals, as a whole
        // end::objects[]
        Parcel heavy = new Parcel("a", 1, new Weight(BigDecimal.ONE, "kg"), new Barcode("1"));
        Parcel light = new Parcel("b", 2, new Weight(BigDecimal.ONE, "g"), new Barcode("2"));
        Parcel same = new Parcel("a", 1.001, new Weight(new BigDecimal("1000"), "g"), new Barcode("1"));
        Parcel other = new Parcel("b", 2, new Weight(BigDecimal.TEN, "g"), new Barcode("3"));

        List<Difference> differences = comparator.compare(
                new Delivery(1, Instant.EPOCH, List.of(heavy, light)),
                new Delivery(2, Instant.EPOCH.plusSeconds(1), List.of(other, same)));

        assertThat(differences).extracting(Difference::path).containsExactly("/lines/1/weight", "/lines/1/code");
    }

    @Test
    void aRuleSaysWhatDoesNotMatterAndWhoAnswersForIt() {
        // tag::rule-set[]
        RuleSet rules = RuleSet.of(
                Rule.at("/issuedAt").withinTime(Duration.ofSeconds(2)),
                Rule.at("/items/*/price").within("0.005").severity(Severity.CRITICAL),
                Rule.at("/**/etag")
                        .ignored()
                        .named("etags")
                        .owner("pricing")
                        .reason("the rewrite hashes the body, the ledger a version")
                        .expires(Instant.parse("2099-06-30T00:00:00Z")));
        JsonComparator comparator = json().rules(rules);
        // end::rule-set[]

        List<Difference> differences = comparator.compare(
                "{\"issuedAt\":\"2026-01-01T00:00:00Z\",\"items\":[{\"price\":1,\"etag\":\"a\"}]}",
                "{\"issuedAt\":\"2026-01-01T00:00:01Z\",\"items\":[{\"price\":2,\"etag\":\"b\"}]}");

        assertThat(differences).singleElement().extracting(Difference::severity).isEqualTo(Severity.CRITICAL);
        assertThat(rules.rules()).extracting(rules::hidden).containsExactly(1L, 0L, 1L);
    }

    @Test
    void aComparatorIsMadeStepByStep() {
        // tag::json[]
        JsonComparator comparator =
                json().ignoring("/issuedAt").tolerance(0.005).when(Option.IGNORING_EXTRA_FIELDS);
        // end::json[]

        assertThatEqual(comparator, "{'issuedAt':1,'total':9.99}", "{'total':9.991,'issuedAt':2,'more':true}");
        assertThatDifferent(comparator, "{'total':9.99}", "{'total':10}");
    }

    @Test
    void placesAreLeftOut() {
        // tag::leaving-out[]
        JsonComparator comparator = json().rules(
                        Rule.at("/debug").ignored(), // and everything below, present or not
                        Rule.at("/requestId").presenceOnly(), // any value, but a value
                        Rule.at("/**").blankAsMissing()); // null = missing = "" = [] = {}
        // end::leaving-out[]

        assertThatEqual(comparator, "{'debug':1,'requestId':'a','note':null}", "{'requestId':'b','tags':[]}");
        assertThatDifferent(comparator, "{'requestId':'a'}", "{}");
    }

    @Test
    void numbersMayDiffer() {
        // tag::numbers[]
        JsonComparator comparator = json().rules(
                        Rule.at("/total").within("0.005"), // at most half a cent
                        Rule.at("/score").withinRelative(0.01), // at most one per cent of the primary's
                        Rule.at("/rates/*").scale(4, RoundingMode.HALF_EVEN)); // equal after rounding
        // end::numbers[]

        assertThatEqual(
                comparator,
                "{'total':1,'score':200,'rates':{'EUR':1.23456}}",
                "{'total':1.005,'score':198,'rates':{'EUR':1.2346}}");
        assertThatDifferent(comparator, "{'total':1}", "{'total':1.0051}");
    }

    @Test
    void timesMayDiffer() {
        // tag::times[]
        JsonComparator comparator = json().rules(
                        Rule.at("/createdAt").withinTime(Duration.ofSeconds(2)),
                        Rule.at("/bookedAt").withinTime(Duration.ZERO, ZoneId.of("Europe/Berlin")));
        // end::times[]

        assertThatEqual(
                comparator,
                "{'createdAt':'2026-01-01T12:00:00Z','bookedAt':'2026-07-01T12:00:00'}",
                "{'createdAt':'2026-01-01T13:00:01+01:00','bookedAt':'2026-07-01T10:00:00Z'}");
        assertThatDifferent(comparator, "{'createdAt':'2026-01-01T12:00:00Z'}", "{'createdAt':'2026-01-01T12:00:00'}");
    }

    @Test
    void textsOfOneShapeMayDiffer() {
        // tag::shapes[]
        JsonComparator comparator = json().rules(
                        Rule.at("/id").uuid(),
                        Rule.at("/eventId").ulid(),
                        Rule.at("/checksum").hash(), // hexadecimal, MD5 to SHA-512, equally long
                        Rule.at("/reference").matching("INV-[0-9]{6}"),
                        Rule.at("/currency").ignoringCase(),
                        Rule.at("/comment").placeholder("any-string")); // json-unit's
        // end::shapes[]

        assertThatEqual(
                comparator,
                "{'reference':'INV-000001','currency':'EUR','comment':'a'}",
                "{'reference':'INV-999999','currency':'eur','comment':'b'}");
        assertThatDifferent(comparator, "{'reference':'INV-000001'}", "{'reference':'INV-1'}");
    }

    @Test
    void arraysComeInAnyOrderOrByKey() {
        // tag::arrays[]
        JsonComparator comparator = json().rules(
                        Rule.at("/tags").anyOrder(), // duplicates count
                        Rule.at("/lines").byKey("/order", "/product/code"));
        // end::arrays[]

        assertThatEqual(
                comparator,
                "{'tags':['a','b'],'lines':[{'order':1,'product':{'code':'x'}},{'order':2,'product':{'code':'x'}}]}",
                "{'tags':['b','a'],'lines':[{'order':2,'product':{'code':'x'}},{'order':1,'product':{'code':'x'}}]}");
        assertThatDifferent(comparator, "{'tags':['a','b']}", "{'tags':['a','a']}");
    }

    @Test
    void theCandidateSaysTheSameInOtherWords() {
        // tag::words[]
        JsonComparator comparator = json().rules(
                        Rule.at("/status").mapped(Map.of("PAID", "P", "OPEN", "O")), // candidate's word, primary's word
                        Rule.at("/weight")
                                .accepting((primary, candidate) -> primary instanceof BigDecimal grams
                                        && candidate instanceof BigDecimal kilos
                                        && grams.compareTo(kilos.movePointRight(3)) == 0));
        // end::words[]

        assertThatEqual(comparator, "{'status':'P','weight':1500}", "{'status':'PAID','weight':1.5}");
        assertThatDifferent(comparator, "{'status':'P'}", "{'status':'OPEN'}");
    }

    @Test
    void theDocumentIsRestructured() {
        // tag::restructuring[]
        JsonComparator comparator = json().rules(
                        Rule.onCandidate().rename("/customer/name", "/customerName"),
                        Rule.onCandidate().rename("/items/*/amount", "/items/*/price"),
                        Rule.onPrimary()
                                .transform(
                                        "unwrap",
                                        document -> document instanceof Map<?, ?> fields && fields.containsKey("data")
                                                ? fields.get("data")
                                                : document));
        // end::restructuring[]

        assertThatEqual(
                comparator,
                "{'data':{'customerName':'Ada','items':[{'price':1}]}}",
                "{'customer':{'name':'Ada'},'items':[{'amount':1}]}");
    }

    @Test
    void differencesAreRenderedThroughARedactor() {
        List<Difference> differences = json().compare(
                        quoted("{'total':10,'customer':{'name':'Ada','iban':'NO93'},'note':'call'}"),
                        quoted("{'total':11,'customer':{'name':'Bob','iban':'NO94'},'note':'mail'}"));

        // tag::report[]
        record Customer(String name, @Secret String iban) {}

        Redactor redactor = Redactor.hidingAll()
                .showing("/total", "/status")
                .hashing("/customer/name") // equal names have equal hashes
                .hidingSecretsOf(Customer.class); // what is annotated as @Secret

        DifferenceReport report = DifferenceReport.of(differences, redactor);
        String lines = report.text();
        String hunks = report.unifiedDiff();
        String patch = report.jsonPatch(); // RFC 6902
        // end::report[]

        assertThat(lines.replaceAll("text [0-9a-f]{16}", "text hash").lines())
                .containsExactly(
                        "changed at /total: 10 -> 11",
                        "changed at /customer/name: \"<text hash>\" -> \"<text hash>\"",
                        "changed at /customer/iban: \"<text>\" -> \"<text>\"",
                        "changed at /note: \"<text>\" -> \"<text>\"");
        assertThat(hunks).contains("-10\n+11").doesNotContain("Ada", "NO93");
        assertThat(patch).contains("\"value\":11").doesNotContain("Bob", "NO94");
        assertThat(new Customer("Ada", "NO93").iban()).isEqualTo("NO93");
    }

    @Test
    void rulesAreProposed() {
        List<Difference> differences = json().compare(quoted("{'code':'eur'}"), quoted("{'code':'EUR'}"));

        // tag::proposals[]
        RuleProposals proposals = RuleProposals.create();
        proposals.observe(
                differences); // or, of live traffic, a publisher: trial -> proposals.observe(trial.differences())

        for (RuleProposals.Proposal proposal : proposals.proposals()) {
            Rule rule = proposal.rule(); // at("/code").ignoringCase()
            double share = proposal.share(); // of the disagreements, if nothing but this rule were added
            String evidence = proposal.evidence();
            report(rule, share, evidence);
        }
        // end::proposals[]

        assertThat(proposals.proposals()).hasSize(1);
    }

    private static void report(Rule rule, double share, String evidence) {
        assertThat(rule).hasToString("at(\"/code\").ignoringCase()");
        assertThat(share).isEqualTo(1);
        assertThat(evidence).isNotEmpty();
    }

    private static void assertThatEqual(JsonComparator comparator, String primary, String candidate) {
        assertThat(comparator.compare(quoted(primary), quoted(candidate))).isEmpty();
    }

    private static void assertThatDifferent(JsonComparator comparator, String primary, String candidate) {
        assertThat(comparator.compare(quoted(primary), quoted(candidate))).isNotEmpty();
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
