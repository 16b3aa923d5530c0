package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** What a proxy cannot do for a bean without changing what callers get. */
final class ProxyLimits {

    private ProxyLimits() {}

    /** Whether a class can be asked for by its name, and so be injected as what it is. */
    static boolean isNamed(Class<?> type) {
        return !Proxy.isProxyClass(type) && !type.isHidden();
    }

    /**
     * A method that callers would run on the proxy itself instead of its bean, where it finds the proxy's own fields; null if
     * there is none.
     */
    static @Nullable Method finalMethod(Class<?> type) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                int modifiers = method.getModifiers();
                if (Modifier.isFinal(modifiers)
                        && Modifier.isPublic(modifiers)
                        && !Modifier.isStatic(modifiers)
                        && !method.isSynthetic()) {
                    return method;
                }
            }
        }
        return null;
    }

    /** Whether a bean is declared as an interface, so that a proxy of interfaces can take its place. */
    static boolean isDeclaredAsInterface(@Nullable ConfigurableListableBeanFactory beans, String beanName) {
        if (beans == null || !beans.containsBeanDefinition(beanName)) {
            return false;
        }
        ResolvableType declared = beans.getMergedBeanDefinition(beanName).getResolvableType();
        Class<?> type = declared.resolve();
        return type != null && type.isInterface();
    }
}
