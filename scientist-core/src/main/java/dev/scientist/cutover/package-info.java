/** Turns counts of verdicts into bounds and decisions; pure functions, no clock, no input or output. */
@NullMarked
package dev.scientist.cutover;

import org.jspecify.annotations.NullMarked;
