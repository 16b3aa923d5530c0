package dev.scientist.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/** Says that a property {@code scientist.*} breaks a rule; it stops the application. */
@SuppressWarnings("serial") // never serialised
final class InvalidPropertyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String key;
    private final Object value;
    private final String rule;
    private final String remedy;
    private final @Nullable Origin origin;

    InvalidPropertyException(String key, Object value, String rule, String remedy, @Nullable Origin origin) {
        super(key + " " + rule + " but was \"" + value + "\"; " + remedy);
        this.key = key;
        this.value = value;
        this.rule = rule;
        this.remedy = remedy;
        this.origin = origin;
    }

    String key() {
        return key;
    }

    Object value() {
        return value;
    }

    String rule() {
        return rule;
    }

    String remedy() {
        return remedy;
    }

    /** The place where the property is set, such as a file with line and column; null if it is not known. */
    @Nullable
    Origin origin() {
        return origin;
    }
}
