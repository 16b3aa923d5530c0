/**
 * Benchmarks of this library beside a direct call and the libraries that came before. This module is never deployed.
 */
@NullMarked
package dev.scientist.benchmarks;

import org.jspecify.annotations.NullMarked;
