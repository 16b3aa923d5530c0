package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Says what prevents a proxy that guards a bean and that must not change what callers get.
 *
 * @param isOfClass whether a proxy can be of the bean's class; otherwise it is of its interfaces
 * @param obstacle why there can be no proxy, and what to do; null if there can be one
 */
record ProxyLimits(boolean isOfClass, @Nullable String obstacle) {

    /** The limits of a bean, from its class and its declaration. */
    static ProxyLimits of(Object bean, String beanName, @Nullable ConfigurableListableBeanFactory beans) {
        Class<?> type = bean.getClass();
        if (Proxy.isProxyClass(type) || type.isHidden()) { // nobody can ask for a bean by such a class
            return new ProxyLimits(false, null);
        }
        Method own = finalMethod(type);
        boolean isFinal = Modifier.isFinal(type.getModifiers());
        if (!isFinal && own == null) {
            return new ProxyLimits(true, null);
        }
        if (isDeclaredAsInterface(beans, beanName)) {
            return new ProxyLimits(false, null);
        }
        return new ProxyLimits(
                false,
                isFinal
                        ? type + " is final: declare the bean as its interface"
                        : own + " is final and would miss the bean: make it not final, or declare its interface");
    }

    /**
     * A final method, which callers would run on the proxy itself instead of its bean, with the proxy's own
     * fields; null if there is none.
     */
    private static @Nullable Method finalMethod(Class<?> type) {
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
    private static boolean isDeclaredAsInterface(@Nullable ConfigurableListableBeanFactory beans, String beanName) {
        if (beans == null || !beans.containsBeanDefinition(beanName)) {
            return false;
        }
        ResolvableType declared = beans.getMergedBeanDefinition(beanName).getResolvableType();
        Class<?> type = declared.resolve();
        return type != null && type.isInterface();
    }
}
