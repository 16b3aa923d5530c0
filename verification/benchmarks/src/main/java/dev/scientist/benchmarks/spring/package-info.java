/** Measures what {@code @ParallelRun} costs the callers of a bean. */
@NullMarked
package dev.scientist.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
