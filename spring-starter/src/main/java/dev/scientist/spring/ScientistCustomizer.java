package dev.scientist.spring;

import dev.scientist.Scientist;

/**
 * Changes the {@link Scientist} of the application before it is built: publishers, carriers of context, limits,
 * options for all experiments. Every bean of this type is asked once at start, in {@linkplain
 * org.springframework.core.annotation.Order order}, after the properties {@code scientist.*} were applied. What it throws
 * stops the application.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ScientistCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder holds what the properties and earlier customizers said
     */
    void customize(Scientist.Builder builder);
}
