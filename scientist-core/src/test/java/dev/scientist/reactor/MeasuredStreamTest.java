package dev.scientist.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.ObservedPrimary;
import dev.scientist.OverBudgetException;
import dev.scientist.PartialAnswer.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream beside which nothing runs, so that only its time is needed")
class MeasuredStreamTest {

    private static final int LIMIT = 16;

    private final List<Object> told = new ArrayList<>();

    /** Lists what it is told. */
    private final class Told implements ObservedPrimary<List<Integer>> {
        @Override
        public void returned(@Nullable List<Integer> value) {
            told.add("returned " + value);
        }

        @Override
        public void threw(Throwable error) {
            told.add(error);
        }

        @Override
        public void cancelled() {
            told.add("cancelled");
        }

        @Override
        public void tooLong(OverBudgetException limit) {
            told.add("too long");
        }
    }

    private StreamAnswer<Integer> stream(@Nullable Windows<List<Integer>> windows, int length) {
        StreamAnswer<Integer> answer = new StreamAnswer<>(LIMIT, windows);
        answer.comparedWith(0);
        answer.toldTo(new Told());
        IntStream.range(0, length).forEach(answer::next);
        return answer;
    }

    @Test
    void keepsNoElement() {
        stream(null, LIMIT).end();

        assertThat(told).containsExactly("returned []");
    }

    @Test
    void isTimedHoweverLongItIsIfStreamsAreComparedInWindows() {
        stream((windows, equal, other) -> {}, 3 * LIMIT).end();

        assertThat(told).containsExactly("returned []");
    }

    @Test
    void isNotTimedIfItIsTooLongToBeComparedAsAWhole() {
        stream(null, LIMIT + 1).end();

        assertThat(told).containsExactly("too long");
    }

    @Test
    void isTimedAsFarAsItsSubscriberTakesIt() {
        stream(null, 1).leave();
        stream(null, 0).leave();

        assertThat(told).containsExactly("returned []", "cancelled");
    }
}
