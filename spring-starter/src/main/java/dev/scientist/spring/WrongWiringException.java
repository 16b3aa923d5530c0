package dev.scientist.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Says that an annotated method cannot be the primary of an experiment as it is wired; it
 * stops the application at the start.
 */
final class WrongWiringException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String bean;
    private final String method;
    private final String reason;
    private final String remedy;

    /**
     * Creates the error of one bean and method.
     *
     * @param reason what is wrong, in one sentence or more
     * @param remedy what to do, in one sentence or more
     */
    WrongWiringException(String bean, Method method, String reason, String remedy, @Nullable Throwable cause) {
        super(
                "@ParallelRun on " + Signature.of(method) + " of the bean \"" + bean + "\" is wired wrongly. " + reason
                        + " " + remedy,
                cause);
        this.bean = bean;
        this.method = Signature.of(method);
        this.reason = reason;
        this.remedy = remedy;
    }

    String bean() {
        return bean;
    }

    String method() {
        return method;
    }

    String reason() {
        return reason;
    }

    String remedy() {
        return remedy;
    }
}
