package dev.scientist.spring;

import dev.scientist.ExperimentOptions;

/**
 * Says how the experiment of an annotated method compares, ignores, snapshots and samples, where that takes code. A
 * bean that {@link ParallelRun#options()} names; asked once, when the experiment is declared.
 *
 * <pre>{@code
 * @Bean
 * ExperimentCustomizer<Quote> quoteOptions() {
 *     return options -> options.comparator(json().ignoring("/issuedAt")).runIf(call -> "DE".equals(call.get("country")));
 * }
 * }</pre>
 *
 * @param <T> the type of the answer: what the method returns; what it yields where it returns a {@code
 *     CompletionStage} or {@code Mono}; a {@code List} of the elements for a {@code Flux}; {@code Void} for {@code void}
 * @since 0.1.0
 */
@FunctionalInterface
public interface ExperimentCustomizer<T> {

    /**
     * Sets options. The properties {@code scientist.experiments.<name>.*} win over what is set here, and this wins over
     * {@code scientist.defaults.*}.
     *
     * @param options of the experiment
     */
    void customize(ExperimentOptions.Builder<T> options);
}
