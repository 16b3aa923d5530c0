package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Refuses annotated methods that no proxy can intercept. It checks each bean before its proxy is created, so that the
 * application stops with this message, and not with that of a failed proxy or without any.
 */
final class StructureCheck implements BeanPostProcessor {

    private final AnnotatedMethods annotated;
    private final boolean proxiesClasses;

    /**
     * Creates the check.
     *
     * @param proxiesClasses false if beans with interfaces get proxies of their interfaces
     */
    StructureCheck(AnnotatedMethods annotated, boolean proxiesClasses) {
        this.annotated = annotated;
        this.proxiesClasses = proxiesClasses;
    }

    @Override
    public @Nullable Object postProcessBeforeInitialization(Object bean, String beanName) {
        check(beanName, bean.getClass());
        return bean;
    }

    /**
     * Checks a class of beans.
     *
     * @throws WrongWiringException if an annotated method of it cannot be intercepted
     */
    void check(String beanName, Class<?> type) {
        Collection<Wiring> wirings = annotated.of(type).values();
        for (Wiring wiring : wirings) {
            if (wiring.namesAsCandidate(beanName)) {
                continue; // it inherits the annotation that names it; it gets no proxy
            }
            Place place = new Place(beanName, wiring);
            checkMethod(place);
            if (isClassProxied(type)) {
                checkForClassProxy(place);
            }
        }
    }

    private static void checkMethod(Place place) {
        int modifiers = place.wiring().method().getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            throw place.wrong(
                    "The method is " + (Modifier.isStatic(modifiers) ? "static" : "private")
                            + ", so no proxy can intercept it.",
                    "Make it an instance method that is not private, or run a dev.scientist.Experiment in its code.");
        }
    }

    private static void checkForClassProxy(Place place) {
        Method method = place.wiring().method();
        Class<?> type = place.wiring().type();
        if (Modifier.isFinal(type.getModifiers())) {
            throw place.wrong(
                    "The class " + type.getName() + " is final, so there can be no proxy that extends it.",
                    "Make the class not final; or let it implement an interface with the method, inject that, and set"
                            + " spring.aop.proxy-target-class=false.");
        }
        if (Modifier.isFinal(method.getModifiers())) {
            throw place.wrong(
                    "The method is final, so no proxy can intercept it.",
                    "Make the method not final, or run a dev.scientist.Experiment in its code.");
        }
    }

    private boolean isClassProxied(Class<?> type) {
        boolean isInterfaceOnly = Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type);
        return !isInterfaceOnly && (proxiesClasses || ClassUtils.getAllInterfacesForClass(type).length == 0);
    }
}
