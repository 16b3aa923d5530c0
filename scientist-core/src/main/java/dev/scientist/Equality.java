package dev.scientist;

import java.util.List;
import java.util.Objects;

/** Compares values as {@link ResultComparator#equality()} describes it. */
enum Equality implements ResultComparator<Object> {
    BY_VALUE;

    @Override
    public List<Difference> compare(Object primary, Object candidate) {
        if (Objects.deepEquals(primary, candidate)) {
            return List.of();
        }
        Difference.Kind kind =
                primary.getClass() == candidate.getClass() ? Difference.Kind.CHANGED : Difference.Kind.TYPE_CHANGED;
        return List.of(Difference.of("", kind, primary, candidate).withHint(MissingEquals.hint(primary, candidate)));
    }

    @Override
    public boolean comparesInWindows() {
        return true;
    }

    @Override
    public String description() {
        return "equality";
    }

    @Override
    public String toString() {
        return "equality";
    }
}
