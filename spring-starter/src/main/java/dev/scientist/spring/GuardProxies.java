package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the proxies that guard, of a bean's class where that can be, else of its interfaces, and knows which beans have one.
 *
 * <p>Threads: those that make beans, and whoever asks. Invariant: a name is there once its proxy is made. Consequence: who
 * asks when all have been made is told of all.
 */
final class GuardProxies implements BeanFactoryAware {

    private static final Logger log = LoggerFactory.getLogger(GuardProxies.class);

    private final Set<String> guarded = ConcurrentHashMap.newKeySet();
    private final Map<String, String> leftAlone = new ConcurrentHashMap<>(); // why, by name
    private volatile @Nullable ConfigurableListableBeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory factory) {
        beans = factory instanceof ConfigurableListableBeanFactory known ? known : null;
    }

    /** Whether the bean of this name is guarded, or what others have made of it leads to one that is. */
    boolean isGuarded(String beanName) {
        return guarded.contains(beanName);
    }

    /** Why the bean of this name was left as it is; null if it was not. */
    @Nullable
    String whyLeftAlone(String beanName) {
        return leftAlone.get(beanName);
    }

    /** Which methods are guarded. All others reach the bean without a detour. */
    interface Guarded {
        boolean test(String method, Class<?> result);
    }

    /**
     * A proxy of a bean, with advice on the methods that are guarded; the bean itself, told, where a proxy would change what
     * callers get.
     */
    Object of(Object bean, String beanName, Guarded methods, MethodInterceptor advice) {
        ProxyLimits limits = ProxyLimits.of(bean, beanName, beans);
        if (limits.obstacle() != null) {
            return unguarded(bean, beanName, limits.obstacle());
        }
        Class<?> type = bean.getClass();
        guarded.add(beanName);
        ProxyFactory factory = new ProxyFactory(bean);
        factory.addAdvisor(new DefaultPointcutAdvisor(new Pointcut(methods), advice));
        if (!limits.isOfClass()) {
            return factory.getProxy(type.getClassLoader());
        }
        factory.setProxyTargetClass(true);
        try {
            Object proxy = factory.getProxy(type.getClassLoader());
            mirror(bean, proxy);
            return proxy;
        } catch (AopConfigException notExtensible) {
            guarded.remove(beanName);
            return unguarded(bean, beanName, type + " cannot be extended");
        }
    }

    private Object unguarded(Object bean, String beanName, String why) {
        leftAlone.put(beanName, why);
        log.warn(
                "The bean \"{}\" is left as it is, and nothing guards it from what candidates write: {}",
                beanName,
                why);
        return bean;
    }

    /**
     * Lets a proxy have the fields of its bean. It never runs a method on them but those that are final; others read them
     * from outside, such as the meters of Spring Boot, which look into a field of HikariCP's data source.
     */
    static void mirror(Object bean, Object proxy) {
        if (!bean.getClass().isInstance(proxy)) {
            return;
        }
        try {
            ReflectionUtils.shallowCopyFieldState(bean, proxy);
        } catch (RuntimeException unreadable) {
            log.debug("The fields of {} cannot be read: {}", bean.getClass(), unreadable.toString());
        }
    }

    private static final class Pointcut extends StaticMethodMatcherPointcut {
        private final Guarded guarded;

        Pointcut(Guarded guarded) {
            this.guarded = guarded;
        }

        @Override
        public boolean matches(Method method, Class<?> type) {
            return guarded.test(method.getName(), method.getReturnType());
        }
    }
}
