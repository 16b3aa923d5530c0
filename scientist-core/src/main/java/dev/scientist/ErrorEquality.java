package dev.scientist;

import java.util.List;
import java.util.Objects;

/** Compares errors as {@link ResultComparator#errorEquality()} describes it. */
enum ErrorEquality implements ResultComparator<Throwable> {
    BY_CLASS_AND_MESSAGE;

    @Override
    public List<Difference> compare(Throwable primary, Throwable candidate) {
        return primary.getClass() == candidate.getClass()
                        && Objects.equals(primary.getMessage(), candidate.getMessage())
                ? List.of()
                : List.of(Difference.of("", Difference.Kind.ERROR, primary, candidate));
    }

    @Override
    public String description() {
        return "equality of errors";
    }

    @Override
    public String toString() {
        return "equality of errors";
    }
}
