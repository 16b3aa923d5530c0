package dev.scientist.spring;

import dev.scientist.Shadow;
import java.lang.reflect.Modifier;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.util.ClassUtils;

/**
 * Has each {@link CacheManager} of the application give candidates a {@link GuardedCache}. Everybody else gets the very cache,
 * so that whoever asks for its class, such as meters do, finds it.
 *
 * <p>By a proxy of the manager's class, so that an injection point of that class still works.
 */
final class GuardedCacheManagers implements BeanPostProcessor, BeanClassLoaderAware, AopInfrastructureBean {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private final CacheWrites writes;
    private @Nullable ClassLoader loader = ClassUtils.getDefaultClassLoader();

    GuardedCacheManagers(CacheWrites writes) {
        this.writes = writes;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        loader = classLoader;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof CacheManager manager)) {
            return bean;
        }
        try {
            return guarded(manager);
        } catch (RuntimeException | LinkageError impossible) {
            log.warn(
                    "candidates may change the caches of the bean \"{}\": there can be no proxy of {} ({})",
                    beanName,
                    bean.getClass().getName(),
                    impossible.getClass().getName());
            return bean;
        }
    }

    private Object guarded(CacheManager manager) {
        ProxyFactory factory = new ProxyFactory(manager); // of the interfaces, which is all there is of a final class
        factory.setProxyTargetClass(!Modifier.isFinal(manager.getClass().getModifiers()));
        NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor((MethodInterceptor) call -> {
            Object found = call.proceed();
            return Shadow.isActive() && found instanceof Cache cache ? new GuardedCache(cache, writes) : found;
        });
        advisor.setMappedName("getCache");
        factory.addAdvisor(advisor);
        return factory.getProxy(loader);
    }
}
