package dev.scientist.comparators;

import dev.scientist.UncomparableException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How an {@link ObjectReader} gets at the parts of an answer, and what it makes of those that it cannot look into. */
interface ObjectAccess {

    /** Whose answer it is, for people to read. */
    String whose();

    /** Whether it looks at the answer by code of the answer's own, which may load something. */
    boolean isLive();

    /** What is read in the place of a value: {@link NotLoaded#PLACE} where it cannot be read yet. */
    @Nullable
    Object resolved(@Nullable Object value, Consumer<Object> steps);

    /** The value of a property. */
    @Nullable
    Object valueOf(Property property, Object owner);

    /** What stands in the tree for a value that is compared by its {@code equals}. */
    Object byEquals(Object value);

    /** What stands in the tree for a value that can only be the same as itself. */
    Object onlyItself(Object value, UncomparableException why);

    /** Of an answer that is compared while it is looked at. */
    record Live(Side side, ObjectOptions options, EqualValues equals) implements ObjectAccess {

        @Override
        public String whose() {
            return "the " + side.name().toLowerCase(Locale.ROOT) + "'s";
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public @Nullable Object resolved(@Nullable Object value, Consumer<Object> steps) {
            return options.resolved(value, steps);
        }

        @Override
        public @Nullable Object valueOf(Property property, Object owner) {
            return property.of(owner);
        }

        @Override
        public Object byEquals(Object value) {
            return equals.text(value);
        }

        @Override
        public Object onlyItself(Object value, UncomparableException why) {
            return equals.textOfSame(side, value, why);
        }
    }
}
