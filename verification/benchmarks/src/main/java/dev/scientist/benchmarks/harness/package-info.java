/**
 * Measures in interleaved rounds and processes of their own, and reports. This package does not know what is
 * measured.
 */
@NullMarked
package dev.scientist.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
