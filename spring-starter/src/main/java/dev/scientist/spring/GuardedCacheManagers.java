package dev.scientist.spring;

import dev.scientist.Shadow;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.util.ClassUtils;

/**
 * Makes each {@link CacheManager} of an application with experiments give candidates a {@link GuardedCache}. Everybody
 * else gets the cache itself, so that code that asks for its class, such as meters do, finds it.
 *
 * <p>The proxy is of the manager's class, if possible, so that an injection point of that class still works.
 */
final class GuardedCacheManagers
        implements BeanPostProcessor, BeanClassLoaderAware, BeanFactoryAware, AopInfrastructureBean {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private final ExperimentsAhead experiments;
    private final CacheWrites writes;
    private final Set<String> names = ConcurrentHashMap.newKeySet(); // the bean names of guarded managers
    private @Nullable ConfigurableListableBeanFactory beans;
    private @Nullable ClassLoader loader = ClassUtils.getDefaultClassLoader();

    GuardedCacheManagers(ExperimentsAhead experiments, CacheWrites writes) {
        this.experiments = experiments;
        this.writes = writes;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        loader = classLoader;
    }

    @Override
    public void setBeanFactory(BeanFactory factory) {
        beans = factory instanceof ConfigurableListableBeanFactory known ? known : null;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof CacheManager manager) || !experiments.areThere()) {
            return bean;
        }
        ProxyLimits limits = ProxyLimits.of(bean, beanName, beans);
        if (limits.obstacle() != null) {
            return unguarded(bean, beanName, limits.obstacle());
        }
        try {
            Object proxy = guarded(manager, limits.isOfClass());
            names.add(beanName);
            return proxy;
        } catch (RuntimeException | LinkageError impossible) {
            return unguarded(
                    bean,
                    beanName,
                    "there can be no proxy of " + bean.getClass().getName() + " ("
                            + impossible.getClass().getName() + ")");
        }
    }

    private static Object unguarded(Object bean, String beanName, String why) {
        log.warn("candidates may change the caches of the bean \"{}\": {}", beanName, why);
        return bean;
    }

    /** Whether the bean of this name is guarded. */
    boolean isGuarded(String beanName) {
        return names.contains(beanName);
    }

    private Object guarded(CacheManager manager, boolean isOfClass) {
        ProxyFactory factory = new ProxyFactory(manager);
        factory.setProxyTargetClass(isOfClass);
        CacheOverlays overlays = new CacheOverlays();
        NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor((MethodInterceptor) call -> {
            Object found = call.proceed();
            return Shadow.isActive() && found instanceof Cache cache
                    ? new GuardedCache(cache, writes, overlays, isForOneCall() ? Shadow.current() : null)
                    : found;
        });
        advisor.setMappedName("getCache");
        factory.addAdvisor(advisor);
        return factory.getProxy(loader);
    }

    /**
     * Whether Spring's own cache advice asks, on behalf of one call of an annotated method: it does not
     * keep the cache for another call.
     */
    private static boolean isForOneCall() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(type -> !isOnTheWay(type))
                        .findFirst()
                        .filter(type -> type.startsWith("org.springframework.cache.") && type.contains(".interceptor."))
                        .isPresent());
    }

    /** Whether a stack frame belongs to a proxy, or to a cache manager that asks another one. */
    private static boolean isOnTheWay(String type) {
        return type.contains("$$")
                || type.contains("$Proxy")
                || type.startsWith("dev.scientist.spring.GuardedCache")
                || type.startsWith("org.springframework.aop.")
                || type.startsWith("org.springframework.cache.support.")
                || type.startsWith("org.springframework.cache.transaction.");
    }
}
