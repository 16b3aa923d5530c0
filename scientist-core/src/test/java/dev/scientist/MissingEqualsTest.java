package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MissingEqualsTest {

    private static class Plain {}

    private static final class Valued {
        private final int value;

        Valued(int value) {
            this.value = value;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Valued that && value == that.value;
        }

        @Override
        public int hashCode() {
            return value;
        }
    }

    private record Line(int number, Object article) {}

    private static final class Broken {
        @Override
        public boolean equals(@Nullable Object other) {
            throw new IllegalStateException(Objects.toString(other, "null"));
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static Stream<Arguments> withoutEquals() {
        return Stream.of(
                Arguments.of(new Plain(), new Plain(), "Plain"),
                Arguments.of(List.of(1, new Plain()), List.of(1, new Plain()), "Plain"),
                Arguments.of(Optional.of(new Plain()), Optional.of(new Plain()), "Plain"),
                Arguments.of(Map.of("a", new Plain()), Map.of("a", new Plain()), "Plain"),
                Arguments.of(new Object[] {null, new Plain()}, new Object[] {null, new Plain()}, "Plain"),
                Arguments.of(new Line(1, new Plain()), new Line(1, new Plain()), "Plain"),
                Arguments.of(List.of(new Line(1, new Plain())), List.of(new Line(1, new Plain())), "Plain"),
                Arguments.of(List.of(new byte[] {1}), List.of(new byte[] {1}), "byte[]"),
                Arguments.of(new Line(1, new int[] {1}), new Line(1, new int[] {1}), "int[]"));
    }

    @ParameterizedTest
    @MethodSource("withoutEquals")
    void theClassThatHasNoneIsNamed(Object primary, Object candidate, String name) {
        Difference difference = Equality.BY_VALUE.compare(primary, candidate).get(0);

        String hint = difference.withoutValues().below("/part").hint();

        assertThat(hint).contains(name + " has no equals", "objects()", "json()");
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("a", "b"),
                Arguments.of(new Valued(1), new Valued(2)),
                Arguments.of(new Plain(), new Valued(1)),
                Arguments.of(List.of(new Plain()), List.of()),
                Arguments.of(List.of(1, new Plain()), List.of(2, new Plain())),
                Arguments.of(Map.of("a", new Plain()), Map.of("b", new Plain())),
                Arguments.of(Optional.of(new Plain()), Optional.empty()),
                Arguments.of(new int[] {1}, new int[] {2}),
                Arguments.of(new byte[][] {{1}}, new byte[][] {{2}}),
                Arguments.of(new Line(1, new Plain()), new Line(2, new Plain())));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatDiffersForAnotherReasonHasNoHint(Object primary, Object candidate) {
        List<Difference> differences = Equality.BY_VALUE.compare(primary, candidate);

        assertThat(differences).singleElement().extracting(Difference::hint).isNull();
    }

    @Test
    void anEqualsThatThrowsGivesNoHint() {
        Line primary = new Line(1, new Broken());
        Line candidate = new Line(1, new Broken());

        String hint = MissingEquals.hint(primary, candidate);

        assertThat(hint).isNull();
    }
}
