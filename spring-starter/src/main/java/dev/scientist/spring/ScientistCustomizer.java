package dev.scientist.spring;

import dev.scientist.Scientist;

/**
 * Changes the {@link Scientist} of the application before it is built: publishers, carriers of context, limits, options
 * for all experiments. Every bean of this type is called once at the start, in {@linkplain
 * org.springframework.core.annotation.Order order}, after the properties {@code scientist.*} were applied. An exception
 * from it stops the application.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ScientistCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder a builder with the settings of the properties and of earlier customizers
     */
    void customize(Scientist.Builder builder);
}
