package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.util.ReflectionUtils;

/**
 * Makes the proxies that guard, of a bean's class where that can be, else of its interfaces, and knows which beans have one.
 *
 * <p>Threads: those that make beans, and whoever asks. Invariant: a name is never taken out. Consequence: who asks when all
 * have been made is told of all.
 */
final class GuardProxies {

    private static final Logger log = LoggerFactory.getLogger(GuardProxies.class);

    private final Set<String> guarded = ConcurrentHashMap.newKeySet();

    /** Whether the bean of this name is guarded, or what others have made of it leads to one that is. */
    boolean isGuarded(String beanName) {
        return guarded.contains(beanName);
    }

    /** Which methods are guarded. All others reach the bean without a detour. */
    interface Guarded {
        boolean test(String method, Class<?> result);
    }

    /** A proxy of a bean, with advice on the methods that are guarded. */
    Object of(Object bean, String beanName, Guarded methods, MethodInterceptor advice) {
        guarded.add(beanName);
        Class<?> type = bean.getClass();
        boolean hasClass = !Proxy.isProxyClass(type) && !type.isHidden(); // a class that somebody can ask for by name
        ProxyFactory factory = new ProxyFactory(bean);
        factory.addAdvisor(new DefaultPointcutAdvisor(new Pointcut(methods), advice));
        if (!hasClass || Modifier.isFinal(type.getModifiers())) {
            return ofInterfaces(factory, beanName, type, hasClass && Modifier.isPublic(type.getModifiers()));
        }
        factory.setProxyTargetClass(true);
        try {
            Object proxy = factory.getProxy(type.getClassLoader());
            mirror(bean, proxy);
            return proxy;
        } catch (AopConfigException notExtensible) {
            factory.setProxyTargetClass(false);
            return ofInterfaces(factory, beanName, type, Modifier.isPublic(type.getModifiers()));
        }
    }

    private static Object ofInterfaces(ProxyFactory factory, String beanName, Class<?> type, boolean isToldOf) {
        if (isToldOf) {
            log.warn(
                    "The bean \"{}\" is guarded by a proxy of its interfaces, because its {} cannot be extended: it can no"
                            + " longer be injected as that class. scientist.guard-data-sources=false leaves it as it is,"
                            + " unguarded",
                    beanName,
                    type);
        }
        return factory.getProxy(type.getClassLoader());
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
