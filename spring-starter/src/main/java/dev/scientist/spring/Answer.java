package dev.scientist.spring;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The kinds of answers that methods give, by what they declare to return. */
enum Answer {
    /** The value itself, which is there when the method returns; also of {@code void} methods. */
    VALUE("a value"),
    /** What a {@code CompletionStage} yields. */
    STAGE("a CompletionStage"),
    /** What a {@code Mono} yields. */
    MONO("a Mono"),
    /** The elements of a {@code Flux}. */
    FLUX("a Flux");

    private static final @Nullable Class<?> MONO_TYPE = optional("reactor.core.publisher.Mono");
    private static final @Nullable Class<?> FLUX_TYPE = optional("reactor.core.publisher.Flux");

    private final String words;

    Answer(String words) {
        this.words = words;
    }

    /** As it is called in a message. */
    String words() {
        return words;
    }

    /** Of a subtype of Mono or Flux none: what observes it could not be handed back in its place. */
    static Answer of(Class<?> returnType) {
        if (CompletionStage.class.isAssignableFrom(returnType)) {
            return STAGE;
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
