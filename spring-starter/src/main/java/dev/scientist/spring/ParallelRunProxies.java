package dev.scientist.spring;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Ensures that there is a proxy creator, even if the application has no other advice or sets {@code
 * spring.aop.auto=false}. One proxy creator serves all advice of an application; if there is one already, it is used.
 */
final class ParallelRunProxies implements ImportBeanDefinitionRegistrar {

    private final Environment environment;

    /** Called by Spring, which passes its environment. */
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

    /** Whether beans get proxies of their classes even if they have interfaces, which is Spring Boot's default. */
    static boolean areOfClasses(Environment environment) {
        return environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
    }
}
