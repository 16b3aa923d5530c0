/** Publishes what experiments count and measure as Micrometer meters. */
@NullMarked
package dev.scientist.metrics;

import org.jspecify.annotations.NullMarked;
