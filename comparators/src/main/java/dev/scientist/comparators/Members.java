package dev.scientist.comparators;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the properties of the objects of a class. A record has its components, and any other class its fields,
 * inherited and private ones too, but no field that is static, transient or made by the compiler.
 */
final class Members {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

    private Members() {}

    /**
     * The properties of a class.
     *
     * @return null if it cannot be looked into: it belongs to the JDK, or to a module that is not open; it was
     *     generated, and its contents are elsewhere; or it has nothing but captured variables
     */
    static @Nullable List<Property> of(Class<?> type) {
        try {
            if (Map.Entry.class.isAssignableFrom(type)) {
                return List.of(ofEntry("key", "getKey"), ofEntry("value", "getValue"));
            }
            if (Scalars.isOfJdk(type) && !Throwable.class.isAssignableFrom(type)) {
                return null;
            }
            if (isGenerated(type)) {
                return null;
            }
            return type.isRecord() ? ofRecord(type) : ofFields(type);
        } catch (InaccessibleObjectException | SecurityException closed) {
            return null;
        } catch (ReflectiveOperationException impossible) { // everything has been made accessible
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether a class was made while the application runs: lambdas and proxies, whose fields say nothing. */
    static boolean isGenerated(Class<?> type) {
        return type.isHidden() || Proxy.isProxyClass(type) || type.getName().contains("$$") || isLazy(type);
    }

    private static boolean isLazy(Class<?> type) {
        return type.getName().contains("$HibernateProxy$")
                || Arrays.stream(type.getInterfaces())
                        .anyMatch(above -> above.getName().equals("org.hibernate.proxy.HibernateProxy"));
    }

    private static List<Property> ofRecord(Class<?> type) throws ReflectiveOperationException {
        List<Property> found = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            Field field = type.getDeclaredField(component.getName());
            field.setAccessible(true);
            found.add(property(
                    component.getName(),
                    LOOKUP.unreflect(accessor),
                    LOOKUP.unreflectGetter(field),
                    component,
                    accessor,
                    field));
        }
        return found;
    }

    private static @Nullable List<Property> ofFields(Class<?> type) throws ReflectiveOperationException {
        Map<String, Property> found = new LinkedHashMap<>();
        boolean hasCaptured = false;
        for (Class<?> declaring : fromTheTop(type)) {
            if (declaring == Throwable.class) {
                found.put("message", ofThrowable("message", "getMessage"));
                found.put("cause", ofThrowable("cause", "getCause"));
            }
            if (Scalars.isOfJdk(declaring) && Throwable.class.isAssignableFrom(declaring)) {
                continue; // not open, and seldom more than a trace
            }
            for (Field field : declaring.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        || Modifier.isTransient(field.getModifiers())
                        || Laziness.isOfLibrary(field)) {
                    continue;
                }
                if (field.isSynthetic()) {
                    hasCaptured = true;
                    continue;
                }
                field.setAccessible(true);
                MethodHandle getter = LOOKUP.unreflectGetter(field);
                Property property = property(field.getName(), getter, getter, annotated(field));
                hide(found.put(property.name(), property), declaring.getSuperclass(), found);
            }
        }
        return found.isEmpty() && hasCaptured ? null : new ArrayList<>(found.values());
    }

    /** Keeps a field that a field of the same name in a subclass hides, under a name with a class in front as well. */
    private static void hide(@Nullable Property hidden, @Nullable Class<?> above, Map<String, Property> found) {
        if (hidden != null && above != null) {
            String name = above.getSimpleName() + "." + hidden.name();
            found.put(name, new Property(name, hidden.getter(), hidden.stored(), hidden.annotations()));
        }
    }

    private static Iterable<Class<?>> fromTheTop(Class<?> type) {
        Deque<Class<?>> classes = new ArrayDeque<>();
        for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
            classes.push(next);
        }
        return classes;
    }

    private static AnnotatedElement[] annotated(Field field) {
        List<AnnotatedElement> elements = new ArrayList<>(List.of(field));
        String name = field.getName();
        String capitalised = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        for (Method method : field.getDeclaringClass().getDeclaredMethods()) {
            boolean isGetter = method.getName().equals(name)
                    || method.getName().equals("get" + capitalised)
                    || method.getName().equals("is" + capitalised);
            if (isGetter && method.getParameterCount() == 0) {
                elements.add(method);
            }
        }
        return elements.toArray(AnnotatedElement[]::new);
    }

    private static Property ofEntry(String name, String getter) throws ReflectiveOperationException {
        MethodHandle found = LOOKUP.findVirtual(Map.Entry.class, getter, MethodType.methodType(Object.class));
        return property(name, found, found);
    }

    private static Property ofThrowable(String name, String getter) throws ReflectiveOperationException {
        MethodHandle found = LOOKUP.unreflect(Throwable.class.getMethod(getter));
        return property(name, found, found);
    }

    private static Property property(
            String name, MethodHandle getter, MethodHandle stored, AnnotatedElement... elements) {
        Set<Class<? extends Annotation>> annotations = new HashSet<>();
        for (AnnotatedElement element : elements) {
            for (Annotation annotation : element.getAnnotations()) {
                annotations.add(annotation.annotationType());
            }
        }
        return new Property(name, getter.asType(GETTER), stored.asType(GETTER), Set.copyOf(annotations));
    }
}
