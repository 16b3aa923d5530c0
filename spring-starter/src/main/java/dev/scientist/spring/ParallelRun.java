package dev.scientist.spring;

import dev.scientist.Effects;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean the primary of an experiment: a sampled call also runs the candidate beside it, and the two
 * answers are compared. The caller always gets exactly what the method returned or threw.
 *
 * <pre>{@code
 * @ParallelRun(candidate = "rewrittenPricing", key = "#request.customerId")
 * public Quote quote(QuoteRequest request) { ... }
 * }</pre>
 *
 * <p><b>The candidate</b> is a method that takes the same parameters and returns the same kind of answer. It is
 * found by {@link #candidate bean name} or {@link #candidateType bean type}, and by {@link #method method name}
 * if it has another name than this one; a method name alone means another method of this bean. It is called
 * through the bean's own proxy, so its own advice applies, on a thread of the {@link dev.scientist.Scientist},
 * outside the caller's transaction.
 *
 * <p><b>Answers.</b> A value ({@code Optional} included) is compared as it is; {@code CompletionStage} and {@code Mono}
 * by what they yield, {@code Flux} as a list; for {@code void} methods only errors and durations are compared. Each
 * subscription to a {@code Mono} or {@code Flux} is a call of its own.
 *
 * <p><b>Where it works.</b> On methods of beans that can be proxied, and on methods of interfaces for every bean that
 * implements them, except the candidate itself. Wrong wiring stops the application at start and says what to do. As
 * with every annotation that Spring proxies, a call from inside the bean itself is not seen; use a {@link
 * dev.scientist.Experiment} in the code there.
 *
 * <p><b>Order.</b> {@code @Async} is around this; this is around {@code @Cacheable} and {@code @Transactional}: the
 * primary is what the caller gets, cache and commit included. The property {@code scientist.advice-order} changes it.
 * Retries ({@code @Retryable}) are within it: one call of the caller is one trial.
 *
 * @since 0.1.0
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ParallelRun {

    /**
     * The experiment's name, which is also a metric tag; unique in the application. Default: the class that declares
     * the annotated method, without its package, and the method, such as {@code PricingService.quote}. It may contain
     * placeholders, as {@link #candidate}, {@link #method} and {@link #options} may: {@code "${pricing.rewrite}"} is
     * the value of that property when the application starts, and a missing property stops the application.
     */
    String name() default "";

    /** The name of the bean that holds the candidate. */
    String candidate() default "";

    /**
     * The type of the bean that holds the candidate. There must be one such bean; among several, one must be primary,
     * or all but one must be fallbacks. Default: {@code void}, which means no type.
     */
    Class<?> candidateType() default void.class;

    /**
     * Whether the bean that holds the candidate may be absent, such as a bean of another profile. If it is, the
     * primary runs alone, which is logged once at the start, and there is no experiment. Default: false; an
     * absent bean stops the application.
     */
    boolean optional() default false;

    /** The name of the candidate's method. Default: the name of the annotated method. */
    String method() default "";

    /**
     * The key by which calls are sampled, in SpEL with the parameters as variables: {@code "#request.customerId"}.
     * Default: no key. It is evaluated on the caller's thread, only if the experiment samples by key or has a sampler;
     * when it fails, the call is not sampled, which is counted, and reported once.
     */
    String key() default "";

    /**
     * Attributes of the call, which conditions, ignore rules and publishers can see: each a name, {@code =} and SpEL,
     * such as {@code "country = #request.country"}. They are evaluated on the caller's thread for sampled calls; when
     * one fails, the call is not sampled, which is counted, and reported once. An attribute that is null is left out.
     */
    String[] attributes() default {};

    /**
     * Whether the candidate may write; at most one value. Default: none, which means {@link Effects#READ_ONLY},
     * unless the properties say otherwise.
     */
    Effects[] effects() default {};

    /**
     * The name of an {@link ExperimentCustomizer} bean, for options that need code:
     * comparator, rules, snapshot, guards.
     */
    String options() default "";
}
