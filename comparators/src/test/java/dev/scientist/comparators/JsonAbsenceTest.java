package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.util.List;
import net.javacrumbs.jsonunit.core.Option;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one side lacks is reported on that side; null is a value. */
@Tag("case-44")
class JsonAbsenceTest {

    @Test
    void aMissingFieldIsReportedOnTheSideThatLacksIt() {
        assertThat(only(json().compare("{\"a\":1}", "{}")).kind()).isEqualTo(Kind.MISSING);
        assertThat(only(json().compare("{}", "{\"a\":1}")).kind()).isEqualTo(Kind.UNEXPECTED);
    }

    @Test
    void nullAndMissingDiffer() {
        Difference missing = only(json().compare("{\"a\":null}", "{}"));
        Difference unexpected = only(json().compare("{}", "{\"a\":null}"));
        Difference changed = only(json().compare("{\"a\":null}", "{\"a\":false}"));

        assertThat(missing.kind()).isEqualTo(Kind.MISSING);
        assertThat(unexpected.kind()).isEqualTo(Kind.UNEXPECTED);
        assertThat(changed.kind()).isEqualTo(Kind.TYPE_CHANGED);
    }

    @Test
    void nullAndMissingAreTheSameWhereARuleSaysSo() {
        JsonComparator comparator = json().rules(Rule.at("/a").blankAsMissing());

        assertThat(comparator.compare("{\"a\":null,\"b\":1}", "{\"b\":1}")).isEmpty();
        assertThat(comparator.compare("{\"b\":1}", "{\"a\":null,\"b\":1}")).isEmpty();
        assertThat(comparator.compare("{\"a\":\"\"}", "{\"a\":[]}")).isEmpty();
        assertThat(only(comparator.compare("{\"a\":0}", "{}")).kind()).isEqualTo(Kind.MISSING);
        assertThat(only(comparator.compare("{\"b\":null}", "{}")).path()).isEqualTo("/b");
    }

    @Test
    void theOptionsAboutAbsenceGiveWayToTheCandidateOnly() {
        JsonComparator nulls = json().when(Option.TREATING_NULL_AS_ABSENT);
        JsonComparator fields = json().when(Option.IGNORING_EXTRA_FIELDS);

        assertThat(nulls.compare("{}", "{\"a\":null}")).isEmpty();
        assertThat(only(nulls.compare("{\"a\":null}", "{}")).kind()).isEqualTo(Kind.MISSING);
        assertThat(fields.compare("{}", "{\"a\":1}")).isEmpty();
        assertThat(only(fields.compare("{\"a\":1}", "{}")).kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void anElementThatIsMissingIsReportedOnTheSideThatLacksIt() {
        assertThat(only(json().compare("[1,null]", "[1]")))
                .extracting(Difference::path, Difference::kind)
                .containsExactly("/1", Kind.MISSING);
        assertThat(only(json().compare("[1]", "[1,null]")))
                .extracting(Difference::path, Difference::kind)
                .containsExactly("/1", Kind.UNEXPECTED);
    }

    private static Difference only(List<Difference> differences) {
        assertThat(differences).hasSize(1);
        return differences.get(0);
    }
}
