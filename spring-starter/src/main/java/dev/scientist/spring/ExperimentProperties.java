package dev.scientist.spring;

import dev.scientist.Effects;
import dev.scientist.ExperimentOptions.Sampling;
import dev.scientist.ExperimentOptions.Start;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The options that properties can set, the same under {@code scientist.defaults} and {@code
 * scientist.experiments.<name>}. {@code null} stands for a property that is not set.
 *
 * @param enabled Whether candidates are started at all.
 * @param sampleRate The share of calls that is sampled, 0 to 1.
 * @param sampling How the share of sampled calls is set: constant, or adaptive, which halves
 *     it when the primary suffers.
 * @param replicateRate The share of the sampled calls on which the primary runs a second time, to see how often it
 *     differs from itself, 0 to 1; more than 0 declares it repeatable.
 * @param sampleByKey Whether the key of a call decides if it is sampled, always the same way, instead of chance.
 * @param maxPerSecond How many calls at most are sampled in each second, 1 or more. Default: no limit.
 * @param maxConcurrent How many candidates may be in flight, 1 or more; beyond it calls are skipped as saturated.
 * @param candidateTimeout How long a candidate may run; longer than zero; milliseconds where no unit is given.
 * @param comparisonTimeout How long comparing may take; longer than zero; milliseconds where no unit is given.
 * @param maxElements How many elements of a stream are kept for comparing, 1 or more; longer ones are compared in
 *     windows, where the comparator can.
 * @param start When and where the candidate is started.
 * @param effects Whether candidates may write: read-only, or allowed for those whose writes
 *     are safe beside the primary's.
 * @param interruptLate Whether the thread of a late candidate is interrupted; false where that would close a file or
 *     channel that callers use too, such as that of an embedded database.
 * @param ownedFutures Whether the futures that candidates return belong to one call each, and may
 *     be cancelled when they are late.
 * @param snapshot Writes both sides' answers right after they were returned, without loading anything, and compares
 *     what was written: as json, or as objects. Default: none; answers are compared as they are.
 * @param arguments Copies the arguments for the candidate: as json, which writes and reads them, without loading
 *     anything. Default: none; the candidate gets the caller's own.
 * @param circuitBreaker The name of a Resilience4j circuit breaker, taken from the application's registry, that stops a
 *     failing candidate. Default: none.
 * @param bulkhead The name of a Resilience4j bulkhead, taken from the application's registry, that limits how many
 *     candidates run at once. Its maxWaitDuration must be zero. Default: none.
 * @param rateLimiter The name of a Resilience4j rate limiter, taken from the application's registry, that limits how
 *     many candidates are started in a period. Its timeoutDuration must be zero. Default: none.
 * @param comparator How answers are compared.
 * @param decision What must be shown before the candidate may go on.
 */
record ExperimentProperties(
        @Nullable Boolean enabled,
        @Nullable Double sampleRate,
        @Nullable Sampling sampling,
        @Nullable Double replicateRate,
        @Nullable Boolean sampleByKey,
        @Nullable Integer maxPerSecond,
        @Nullable Integer maxConcurrent,
        @Nullable Duration candidateTimeout,
        @Nullable Duration comparisonTimeout,
        @Nullable Integer maxElements,
        @Nullable Start start,
        @Nullable Effects effects,
        @Nullable Boolean interruptLate,
        @Nullable Boolean ownedFutures,
        @Nullable SnapshotKind snapshot,
        @Nullable ArgumentsKind arguments,
        @Nullable String circuitBreaker,
        @Nullable String bulkhead,
        @Nullable String rateLimiter,
        @NestedConfigurationProperty @Nullable ComparatorProperties comparator,
        @NestedConfigurationProperty @Nullable DecisionProperties decision) {

    /** The properties where none is set. */
    static final ExperimentProperties NONE = new ExperimentProperties(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null);
}
