/**
 * Runs a candidate beside the primary it is meant to replace, on live calls, and compares the two.
 *
 * <p>Start at {@link dev.scientist.Scientist}, which declares {@link dev.scientist.Experiment}s. A call passes these
 * steps on the caller's thread: ask the gate, start the candidate, run the primary, take the snapshot, return to the
 * caller. On other threads follow: settle, compare, find the verdict, publish. Both sides start in {@code PendingTrial}
 * and report to it; {@code CandidateRun} runs the candidate, and {@code Judging} compares.
 */
@NullMarked
package dev.scientist;

import org.jspecify.annotations.NullMarked;
