package dev.scientist.benchmarks.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Advice that only goes on: what Spring itself costs. */
@Configuration(proxyBeanMethods = false)
class IdleAdvice {

    /** For a {@link MethodInterceptor}. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Intercepted {}

    /** For an aspect. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Surrounded {}

    /** For an aspect that gets this annotation itself, as it needs to in order to read from it. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Bound {}

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static DefaultPointcutAdvisor idleAdvisor() {
        return new DefaultPointcutAdvisor(
                new AnnotationMatchingPointcut(null, Intercepted.class, true), new IdleInterceptor());
    }

    @Bean
    IdleAspect idleAspect() {
        return new IdleAspect();
    }

    @Bean
    IdleBindingAspect idleBindingAspect() {
        return new IdleBindingAspect();
    }

    private static final class IdleInterceptor implements MethodInterceptor {
        @Override
        public @Nullable Object invoke(MethodInvocation call) throws Throwable {
            return call.proceed();
        }
    }

    /** Knows by its pointcut only which methods it is around. */
    @Aspect
    static class IdleAspect {

        /** Goes on. */
        @Around("@annotation(dev.scientist.benchmarks.spring.IdleAdvice.Surrounded)")
        public @Nullable Object around(ProceedingJoinPoint call) throws Throwable {
            return call.proceed();
        }
    }

    /** Gets the annotation with each call. */
    @Aspect
    static class IdleBindingAspect {

        /** Goes on. */
        @Around("@annotation(bound)")
        public @Nullable Object around(ProceedingJoinPoint call, Bound bound) throws Throwable {
            return call.proceed();
        }
    }
}
