package dev.scientist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the candidates of one trial came to.
 *
 * @param primary what is shown of the primary
 * @param candidates one element for each candidate, null where it was skipped
 */
record Judged<T>(Outcome<T> primary, List<Trial.@Nullable Candidate<T>> candidates) {}
