package dev.scientist.benchmarks.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.benchmarks.comparators.Qualification.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualificationTest {

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

        Qualification qualification = Qualification.of(tried, answer, 1);

        assertThat(qualification.state()).isEqualTo(expected);
    }

    @Test
    void anExceptionIsARefusalAndAnErrorIsNot() {
        Qualification refused = Qualification.thrown(new IllegalStateException("no"), 1);
        Qualification failed = Qualification.thrown(new StackOverflowError(), 1);

        assertThat(refused.said()).isEqualTo("refuses with IllegalStateException");
        assertThat(refused.isHonest()).isTrue();
        assertThat(failed.said()).isEqualTo("fails with StackOverflowError");
        assertThat(failed.isHonest()).isFalse();
    }

    @Test
    void whatGoesFromOneProcessToTheOtherArrives() {
        Qualification qualification = Qualification.over(2e9, ", already at 300 elements");

        assertThat(Qualification.parse(qualification.line())).isEqualTo(qualification);
        assertThat(qualification.said()).isEqualTo("over 2 s, already at 300 elements");
    }
}
