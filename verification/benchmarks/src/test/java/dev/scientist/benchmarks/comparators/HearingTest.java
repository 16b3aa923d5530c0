package dev.scientist.benchmarks.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.benchmarks.comparators.Hearing.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HearingTest {

    @ParameterizedTest
    @CsvSource({
        "0,0,0,RIGHT",
        "0,0,-1,WRONG",
        "0,0,1,WRONG",
        "20,20,20,RIGHT",
        "20,20,19,WRONG",
        "20,20,-1,RIGHT",
        "1,2,0,WRONG",
        "1,2,2,RIGHT",
        "1,2,3,WRONG"
    })
    void anAnswerIsRightIfItFindsWhatThereIs(int fewest, int most, int answer, State expected) {
        Case tried = new Case("family", "series", "size", () -> null, fewest, most);

        Hearing hearing = Hearing.of(tried, answer, 1);

        assertThat(hearing.state()).isEqualTo(expected);
    }

    @Test
    void anExceptionIsARefusalAndAnErrorIsNot() {
        Hearing refused = Hearing.thrown(new IllegalStateException("no"), 1);
        Hearing failed = Hearing.thrown(new StackOverflowError(), 1);

        assertThat(refused.said()).isEqualTo("refuses with IllegalStateException");
        assertThat(refused.isHonest()).isTrue();
        assertThat(failed.said()).isEqualTo("fails with StackOverflowError");
        assertThat(failed.isHonest()).isFalse();
    }

    @Test
    void whatGoesFromOneProcessToTheOtherArrives() {
        Hearing hearing = Hearing.over(2e9, ", already at 300 elements");

        assertThat(Hearing.parse(hearing.line())).isEqualTo(hearing);
        assertThat(hearing.said()).isEqualTo("over 2 s, already at 300 elements");
    }
}
