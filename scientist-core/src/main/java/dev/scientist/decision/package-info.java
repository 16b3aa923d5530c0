/**
 * Counts verdicts, and turns the counts into bounds and decisions. {@link dev.scientist.decision.Evidence} counts, and takes
 * the times of its counts from the trials and from a clock. All that follows from the counts are pure functions: no clock, no
 * input or output.
 */
@NullMarked
package dev.scientist.decision;

import org.jspecify.annotations.NullMarked;
