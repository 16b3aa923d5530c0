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
 * Creates the proxies that guard beans, of the bean's class if possible and else of its interfaces,
 * and knows which beans have one.
 *
 * <p>Threads: those that create beans, and whoever asks. Invariant: the name of a bean is recorded once its proxy is
 * created. Consequence: whoever asks after all beans are created gets the full answer.
 */
final class GuardProxies implements BeanFactoryAware {

    private static final Logger log = LoggerFactory.getLogger(GuardProxies.class);

    private final Set<String> guarded = ConcurrentHashMap.newKeySet();
    private final Map<String, String> leftAlone = new ConcurrentHashMap<>(); // the reason, by bean name
    private volatile @Nullable ConfigurableListableBeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory factory) {
        beans = factory instanceof ConfigurableListableBeanFactory known ? known : null;
    }

    /** Whether the bean of this name is guarded, perhaps inside what other post-processors made of it. */
    boolean isGuarded(String beanName) {
        return guarded.contains(beanName);
    }

    /** The reason why the bean of this name was not guarded; null if it was, or was never seen. */
    @Nullable
    String whyLeftAlone(String beanName) {
        return leftAlone.get(beanName);
    }

    /** Says which methods are guarded. All others reach the bean directly. */
    interface Guarded {
        boolean test(String method, Class<?> result);
    }

    /**
     * A proxy of a bean, with advice on the guarded methods; the bean itself, after a warning, if a proxy
     * would change what callers get.
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
     * Copies the fields of a bean to its proxy. Of the proxy's own methods only final ones read these fields; others
     * read them from outside, such as the meters of Spring Boot, which look into a field of HikariCP's data source.
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
