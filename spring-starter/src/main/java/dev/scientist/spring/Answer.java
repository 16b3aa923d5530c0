package dev.scientist.spring;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The kinds of answers that methods give, by what they declare to return. */
enum Answer {
    /** The value itself, which is complete when the method returns; also for {@code void} methods. */
    VALUE("a value"),
    /** The value with which a {@code CompletionStage} completes. */
    ASYNC("a CompletionStage"),
    /** The value that a {@code Mono} emits. */
    MONO("a Mono"),
    /** The elements that a {@code Flux} emits. */
    FLUX("a Flux");

    private static final @Nullable Class<?> MONO_TYPE = optional("reactor.core.publisher.Mono");
    private static final @Nullable Class<?> FLUX_TYPE = optional("reactor.core.publisher.Flux");

    private final String words;

    Answer(String words) {
        this.words = words;
    }

    /** The name of this kind in messages. */
    String words() {
        return words;
    }

    /**
     * The kind of answer for a return type. Subtypes of Mono and Flux count as VALUE, because the observed publisher
     * could not be returned in their place.
     */
    static Answer of(Class<?> returnType) {
        if (CompletionStage.class.isAssignableFrom(returnType)) {
            return ASYNC;
        }
        if (returnType == MONO_TYPE) {
            return MONO;
        }
        return returnType == FLUX_TYPE ? FLUX : VALUE;
    }

    private static @Nullable Class<?> optional(String name) {
        return ClassUtils.isPresent(name, Answer.class.getClassLoader())
                ? ClassUtils.resolveClassName(name, Answer.class.getClassLoader())
                : null;
    }
}
