package dev.scientist.spring;

import dev.scientist.ExperimentOptions;

/**
 * Sets how the experiment of an annotated method compares, ignores, snapshots and samples, where that takes code. It is
 * the bean that {@link ParallelRun#options()} names, and is called once, when the experiment is declared.
 *
 * <pre>{@code
 * @Bean
 * ExperimentCustomizer<Quote> quoteOptions() {
 *     return options -> options
 *             .comparator(json().ignoring("/issuedAt"))
 *             .runIf(call -> "DE".equals(call.get("country")));
 * }
 * }</pre>
 *
 * @param <T> the type of the answer: what the method returns; for a {@code CompletionStage} or {@code Mono}, what that
 *     yields; for a {@code Flux}, a {@code List} of its elements; for {@code void}, {@code Void}
 * @since 0.1.0
 */
@FunctionalInterface
public interface ExperimentCustomizer<T> {

    /**
     * Sets options. The properties {@code scientist.experiments.<name>.*} win over what is set here, and this wins
     * over {@code scientist.defaults.*}.
     *
     * @param options the options of the experiment
     */
    void customize(ExperimentOptions.Builder<T> options);
}
