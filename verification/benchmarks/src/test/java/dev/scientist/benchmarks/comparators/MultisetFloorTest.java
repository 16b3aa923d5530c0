package dev.scientist.benchmarks.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultisetFloorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1,2,2];[2,1,2];true",
                "[1,2,2];[1,1,2];false",
                "[1,2];[1,2,2];false",
                "{\"a\":1,\"b\":2};{\"b\":2,\"a\":1};true",
                "{\"a\":1,\"b\":2};{\"a\":2,\"b\":1};false",
                "[1.0];[1.00];true",
                "[{\"a\":[1,2]},{\"a\":[3]}];[{\"a\":[3]},{\"a\":[2,1]}];true",
                "[[1],[2]];[[1,2]];false",
                "[1];[\"1\"];false",
                "[null];[];false"
            })
    void itCountsElementsInWhateverOrder(String primary, String candidate, boolean areEqual) throws Exception {
        boolean found = MultisetFloor.areEqual(
                Document.of(primary).jackson2(), Document.of(candidate).jackson2());

        assertThat(found).isEqualTo(areEqual);
    }
}
