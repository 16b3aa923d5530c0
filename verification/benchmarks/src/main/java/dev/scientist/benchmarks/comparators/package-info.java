/** What comparing two answers costs: the goals G9 to G11 and the comparing half of G12, beside six peers. */
@NullMarked
package dev.scientist.benchmarks.comparators;

import org.jspecify.annotations.NullMarked;
