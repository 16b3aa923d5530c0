/**
 * How to measure: interleaved rounds, percentiles, processes of their own, and the report. Knows nothing of what is
 * measured.
 */
@NullMarked
package dev.scientist.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
