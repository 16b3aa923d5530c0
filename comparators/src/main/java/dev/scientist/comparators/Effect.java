package dev.scientist.comparators;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides for a rule whether two values at a place may stand for each other. Values are those of plain trees: {@code
 * String}, {@code BigDecimal}, {@code Boolean}, null, and {@code Map} and {@code List} of them. Stateless: any thread
 * may ask.
 */
interface Effect {

    /** Whether two values that are not equal may stand for each other. */
    boolean accepts(@Nullable Object primary, @Nullable Object candidate);

    /** Whether a value may be missing on the other side. */
    default boolean acceptsAbsence(@Nullable Object present) {
        return false;
    }

    /**
     * Whether the effect can accept only text, numbers, truth values and null: the walk then need not show it a tree.
     */
    default boolean isForScalars() {
        return true;
    }

    /** The effects that have no arguments. */
    enum Plain implements Effect {
        /** Nothing matters here, nor below. */
        IGNORED {
            @Override
            public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
                return true;
            }

            @Override
            public boolean acceptsAbsence(@Nullable Object present) {
                return true;
            }

            @Override
            public boolean isForScalars() {
                return false;
            }
        },

        /** Both sides must have a value, and null is none; which one does not matter. */
        PRESENCE_ONLY {
            @Override
            public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
                return primary != null && candidate != null;
            }

            @Override
            public boolean isForScalars() {
                return false;
            }
        },

        /** Text may differ in upper and lower case. */
        ANY_CASE {
            @Override
            public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
                return primary instanceof String text
                        && candidate instanceof String other
                        && text.equalsIgnoreCase(other);
            }
        },

        /** Null, nothing at all, blank text, an empty array and an empty object are the same. */
        BLANK_AS_MISSING {
            @Override
            public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
                return isBlank(primary) && isBlank(candidate);
            }

            @Override
            public boolean acceptsAbsence(@Nullable Object present) {
                return isBlank(present);
            }

            @Override
            public boolean isForScalars() {
                return false;
            }
        },

        /**
         * The elements of an array come in any order. The walk asks for this effect, which accepts no two values
         * itself.
         */
        ANY_ORDER {
            @Override
            public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
                return false;
            }
        },

        /** The rule accepts nothing: it only weighs. */
        NOTHING {
            @Override
            public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
                return false;
            }
        };

        private static boolean isBlank(@Nullable Object value) {
            return value == null
                    || (value instanceof String text && text.isBlank())
                    || (value instanceof List<?> elements && elements.isEmpty())
                    || (value instanceof Map<?, ?> fields && fields.isEmpty());
        }
    }
}
