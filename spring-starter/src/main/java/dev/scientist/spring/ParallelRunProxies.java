package dev.scientist.spring;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Sees to it that somebody makes proxies, also where the application has no other advice or {@code spring.aop.auto=false}.
 * One maker of proxies serves all advice of an application; where there is one, it is used.
 */
final class ParallelRunProxies implements ImportBeanDefinitionRegistrar {

    private final Environment environment;

    /** For Spring, which hands its environment to the constructor. */
    ParallelRunProxies(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
        if (areOfClasses(environment)) {
            AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
        }
    }

    /** Whether beans get proxies of their classes also where they have interfaces, as Spring Boot has it by default. */
    static boolean areOfClasses(Environment environment) {
        return environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
    }
}
