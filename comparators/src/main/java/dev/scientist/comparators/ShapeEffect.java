package dev.scientist.comparators;

import org.jspecify.annotations.Nullable;

/** Lets two texts differ that have the same well-known form. */
enum ShapeEffect implements Effect {
    /** Both have 8-4-4-4-12 hexadecimal digits. */
    UUID {
        @Override
        boolean fits(String text) {
            for (int i = 0; i < text.length(); i++) {
                boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
                if (isDash ? text.charAt(i) != '-' : !isHexadecimal(text.charAt(i))) {
                    return false;
                }
            }
            return text.length() == 36;
        }
    },

    /** Both have 26 characters of Crockford's base 32, the first of them at most 7: 128 bits. */
    ULID {
        @Override
        boolean fits(String text) {
            return text.length() == 26
                    && text.charAt(0) <= '7'
                    && text.chars().allMatch(character -> BASE_32.indexOf(Character.toUpperCase(character)) >= 0);
        }
    },

    /** Both have as many hexadecimal digits, a number that MD5, SHA-1 or SHA-2 gives. */
    HASH {
        @Override
        boolean fits(String text) {
            return switch (text.length()) {
                case 32, 40, 56, 64, 96, 128 -> text.chars().allMatch(ShapeEffect::isHexadecimal);
                default -> false;
            };
        }
    };

    private static final String BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    abstract boolean fits(String text);

    @Override
    public boolean accepts(@Nullable Object primary, @Nullable Object candidate) {
        return primary instanceof String text
                && candidate instanceof String other
                && text.length() == other.length()
                && fits(text)
                && fits(other);
    }

    private static boolean isHexadecimal(int character) {
        return character < 128 && Character.digit(character, 16) >= 0;
    }
}
