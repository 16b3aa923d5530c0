/**
 * Runs a candidate beside the primary it is meant to replace, on live calls, and compares the two.
 *
 * <p>Start at {@link dev.scientist.Scientist}, which declares {@link dev.scientist.Experiment}s. A call flows one
 * way: gate, start the candidate, run the primary on the caller's thread, snapshot, back to the caller; and aside
 * from it: settle, compare, verdict, publish. Both sides start and meet in {@code PendingTrial}; {@code CandidateRun} is
 * what runs aside, and {@code Judging} compares.
 */
@NullMarked
package dev.scientist;

import org.jspecify.annotations.NullMarked;
