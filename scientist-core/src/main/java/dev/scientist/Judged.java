package dev.scientist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judged candidates of one trial.
 *
 * @param primary the primary's outcome as it is shown
 * @param candidates one element for each candidate; null for a candidate that was skipped
 */
record Judged<T>(Outcome<T> primary, List<Trial.@Nullable Candidate<T>> candidates) {}
