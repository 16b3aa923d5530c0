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

/** Advice that only proceeds, which costs what Spring itself costs. */
@Configuration(proxyBeanMethods = false)
class IdleAdvice {

    /** Marks a method for a {@link MethodInterceptor}. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Intercepted {}

    /** Marks a method for an aspect. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Surrounded {}

    /** Marks a method for an aspect that binds this annotation, as an aspect that reads it has to. */
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

    /** An aspect whose pointcut does not bind the annotation. */
    @Aspect
    static class IdleAspect {

        /** Proceeds. */
        @Around("@annotation(dev.scientist.benchmarks.spring.IdleAdvice.Surrounded)")
        public @Nullable Object around(ProceedingJoinPoint call) throws Throwable {
            return call.proceed();
        }
    }

    /** An aspect whose pointcut binds the annotation. */
    @Aspect
    static class IdleBindingAspect {

        /** Proceeds. */
        @Around("@annotation(bound)")
        public @Nullable Object around(ProceedingJoinPoint call, Bound bound) throws Throwable {
            return call.proceed();
        }
    }
}
