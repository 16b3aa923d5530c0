package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Moves the annotation's advice in front of advice that calls a method again when it fails, whatever their orders
 * are. One call of the caller is then one trial, and the primary's answer is the one that the caller gets in the
 * end. Where other advice stands between the two, nothing is moved and a message at the start says so. The
 * application's own advice keeps its order.
 *
 * <p>This post-processor has no order, so it runs after those of Spring that add retry advice to a proxy.
 */
final class AroundRetries implements BeanPostProcessor {

    // The classes are given by name, because the libraries are optional.
    private static final Set<String> RETRIES = Set.of(
            "org.springframework.resilience.retry.AbstractRetryInterceptor",
            "org.springframework.retry.annotation.AnnotationAwareRetryOperationsInterceptor",
            "org.springframework.retry.interceptor.RetryOperationsInterceptor",
            "org.springframework.retry.interceptor.StatefulRetryOperationsInterceptor");

    private final AnnotatedMethods annotated;

    AroundRetries(AnnotatedMethods annotated) {
        this.annotated = annotated;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Advised proxy && !proxy.isFrozen()) {
            Class<?> type = AopUtils.getTargetClass(bean);
            Collection<Wiring> wirings = annotated.of(type).values();
            if (!wirings.isEmpty()) {
                putInFront(proxy, wirings);
            }
        }
        return bean;
    }

    private static void putInFront(Advised proxy, Collection<Wiring> wirings) {
        Advisor[] advisors = proxy.getAdvisors();
        int own = placeOfOwn(advisors);
        int front = own;
        // Other advice is not overtaken: a candidate would run for callers whom that advice
        // refuses, such as @PreAuthorize.
        for (int at = own - 1; at >= 0 && isPassed(advisors[at], wirings); at--) {
            front = at;
        }
        if (front < own) {
            proxy.removeAdvisor(own);
            proxy.addAdvisor(front, advisors[own]);
        }
    }

    private static boolean isPassed(Advisor outer, Collection<Wiring> wirings) {
        return wirings.stream().anyMatch(wiring -> isRetry(outer, wiring));
    }

    /** The class of the retry advice that is still outside the annotation's advice; null if there is none. */
    static @Nullable String outside(Advised proxy, Wiring wiring) {
        Advisor[] advisors = proxy.getAdvisors();
        int own = placeOfOwn(advisors);
        for (int at = 0; at < (own < 0 ? advisors.length : own); at++) {
            if (isRetry(advisors[at], wiring)) {
                return advisors[at].getAdvice().getClass().getName();
            }
        }
        return null;
    }

    /** The index of the annotation's advice among the advisors of a proxy; -1 if it has none. */
    static int placeOfOwn(Advisor[] advisors) {
        for (int at = 0; at < advisors.length; at++) {
            if (advisors[at].getAdvice() instanceof ParallelRunInterceptor) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isRetry(Advisor advisor, Wiring wiring) {
        Class<?> type = advisor.getAdvice().getClass();
        while (type != Object.class && !RETRIES.contains(type.getName())) {
            type = type.getSuperclass();
        }
        return type != Object.class
                && (!(advisor instanceof PointcutAdvisor pointed) || isMeant(pointed.getPointcut(), wiring));
    }

    private static boolean isMeant(Pointcut pointcut, Wiring wiring) {
        Method method = wiring.method();
        return pointcut.getClassFilter().matches(wiring.type())
                && pointcut.getMethodMatcher().matches(method, wiring.type());
    }
}
