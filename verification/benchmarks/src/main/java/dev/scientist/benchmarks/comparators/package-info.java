/** Measures what comparing two answers costs: goals G9 to G11, the comparing half of G12, and G17, beside peers. */
@NullMarked
package dev.scientist.benchmarks.comparators;

import org.jspecify.annotations.NullMarked;
