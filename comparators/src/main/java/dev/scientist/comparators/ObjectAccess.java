package dev.scientist.comparators;

import dev.scientist.Side;
import dev.scientist.UncomparableException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives an {@link ObjectReader} the parts of an answer, and values in the place of parts that it cannot look into. */
interface ObjectAccess {

    /** Tells people whose answer it is. */
    String whose();

    /** Whether it runs the answer's own code, which may load something. */
    boolean isLive();

    /** The value to read in the place of another; {@link NotLoaded#PLACE} if that cannot be read yet. */
    @Nullable
    Object resolved(@Nullable Object value, Consumer<Object> steps);

    /** The value of a property. */
    @Nullable
    Object valueOf(Property property, Object owner);

    /** Gives what stands in the tree for a value that is compared by its {@code equals}. */
    Object byEquals(Object value);

    /** Gives what stands in the tree for a value that can only be the same as itself. */
    Object onlyItself(Object value, UncomparableException why);

    /** Gives access to an answer that is compared while it is looked at. */
    record Live(Side side, ObjectOptions options, EqualValues equals) implements ObjectAccess {

        @Override
        public String whose() {
            return "the " + side + "'s";
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
