package dev.scientist.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void aClaimShowsItsFigureItsLimitAndItsRivals() {
        Goal goal = Goal.atMost("G3", "sampled: p50 added", new Spread(80.4, 90.5, 120, 11), 300, "ns")
                .beside("shadow-tool", Spread.once(7_500), "ns");

        String table = Table.of(new Results("caller", false, "2026-11-20", "a machine", "a JDK", 0.5, List.of(goal)));

        assertThat(table)
                .contains("G3      met      sampled: p50 added")
                .contains("90.5 ns [80.4 to 120], limit 300 ns")
                .contains("shadow-tool 7500 ns")
                .contains("1 of 1 met");
    }

    @Test
    void anUnmetClaimIsSeen() {
        Goal goal = Goal.unmeasured("G3", "its process ended with 1");

        String table = Table.of(new Results("caller", false, "2026-11-20", "a machine", "a JDK", 0.5, List.of(goal)));

        assertThat(table)
                .contains("NOT MET")
                .contains("its process ended with 1")
                .contains("0 of 1 met");
    }

    @Test
    void figuresAreShownWithAFewDigits() {
        List<String> shown = List.of(
                Table.number(0.0123), Table.number(1.234), Table.number(12.34), Table.number(1234.5), Table.number(3));

        assertThat(shown).containsExactly("0.012", "1.23", "12.3", "1235", "3");
    }
}
