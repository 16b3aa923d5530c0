/**
 * Counts verdicts, and computes bounds and decisions from the counts. {@link dev.scientist.decision.Evidence} counts,
 * and takes the times of its counts from the trials and from a clock. Everything that is computed from the counts is a
 * pure function: it uses no clock, and no input or output.
 */
@NullMarked
package dev.scientist.decision;

import org.jspecify.annotations.NullMarked;
