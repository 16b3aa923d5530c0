package dev.scientist.spring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Calls the candidate's method on its bean, through the proxy of that bean, so that the bean's own advice applies. The
 * bean is looked up on the candidate's thread: a singleton once, any other bean for each call.
 *
 * <p>Threads: any. Invariant: whichever thread sets {@code door} or {@code singleton}, the values are equivalent.
 * Consequence: two threads may both look up the same thing; neither waits.
 */
final class CandidateCall implements Candidate {

    private static final MethodType SPREAD = MethodType.methodType(Object.class, Object.class, Object[].class);

    /** The method handle for objects of one class. */
    private record Door(Class<?> type, MethodHandle handle) {}

    private final BeanFactory beans;
    private final @Nullable String bean;
    private final Method method;
    private volatile @Nullable Object singleton;
    private volatile @Nullable Door door;

    /**
     * Creates the call of a method.
     *
     * @param bean the name of the candidate's bean; null if it is the primary's own bean
     */
    CandidateCall(BeanFactory beans, @Nullable String bean, Method method) {
        this.beans = beans;
        this.bean = bean;
        this.method = method;
    }

    @Override
    public @Nullable Object call(Object self, @Nullable Object[] arguments) throws Throwable {
        Object target = bean == null ? self : target(bean);
        Door opened = door;
        if (opened == null || opened.type != target.getClass()) {
            opened = open(target.getClass());
            door = opened;
        }
        return (Object) opened.handle.invokeExact(target, arguments);
    }

    private Object target(String name) {
        Object known = singleton;
        if (known != null) {
            return known;
        }
        Object found = beans.getBean(name);
        if (beans.isSingleton(name)) {
            singleton = found;
        }
        return found;
    }

    private Door open(Class<?> type) throws IllegalAccessException {
        // the interface's method, where a JDK proxy has only that
        Method invocable = AopUtils.selectInvocableMethod(method, type);
        ReflectionUtils.makeAccessible(invocable);
        MethodHandle handle = MethodHandles.lookup()
                .unreflect(invocable)
                .asFixedArity()
                .asSpreader(Object[].class, invocable.getParameterCount())
                .asType(SPREAD);
        return new Door(type, handle);
    }
}
