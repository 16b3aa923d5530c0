/** Runs experiments on {@code Mono} and {@code Flux}. */
@NullMarked
package dev.scientist.reactor;

import org.jspecify.annotations.NullMarked;
