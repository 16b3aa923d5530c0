package dev.scientist.comparators;

import dev.scientist.Sharing;
import dev.scientist.UncomparableException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.SoftReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which parts of the objects of one class are not loaded. It asks their persistence library's methods by name,
 * because no such library is a dependency. Nothing that it asks loads anything. It is worked out once for each class.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: it is shared by all comparisons. It is kept with the class
 * itself, and softly, for the reasons given in {@link Shape}.
 */
final class Laziness {

    private static final List<String> FIELDS_OF_LIBRARIES = List.of("$$_hibernate_", "_persistence_", "_ebean_");

    /** Libraries whose objects load by themselves, and whose way to tell what is loaded is not known here. */
    private static final List<String> UNKNOWN =
            List.of("org.apache.openjpa.", "org.datanucleus.", "javax.jdo.", "org.apache.ibatis.executor.loader.");

    /** Says of an owner whether one of its attributes is loaded. */
    private interface Attributes {
        boolean isLoaded(Object owner, String name) throws Throwable;
    }

    /** Says what a value stands for. */
    private interface Place {
        Object seen(Object value) throws Throwable;
    }

    private static final ClassValue<SoftReference<Laziness>> KNOWN = new ClassValue<>() {
        @Override
        protected SoftReference<Laziness> computeValue(Class<?> type) {
            return new SoftReference<>(new Laziness(type));
        }
    };

    private final boolean isOfSession;
    private final @Nullable Place place;
    private final @Nullable Attributes attributes;

    private Laziness(Class<?> type) {
        Map<String, Class<?>> above = supertypes(type);
        this.isOfSession = Sharing.of(type) == Sharing.SESSION;
        Place known = place(above);
        this.place = known == null && isOfSession ? unknownPlace(type, above.keySet()) : known;
        this.attributes = attributes(type, above);
    }

    static Laziness of(Class<?> type) {
        Laziness known = KNOWN.get(type).get();
        if (known == null) { // it was given up because memory was short
            KNOWN.remove(type);
            known = new Laziness(type);
        }
        return known;
    }

    /** Whether objects of the class, or what they hold, may load something when code of theirs is called. */
    boolean isOfSession() {
        return isOfSession;
    }

    /** Whether a value of the class may stand for something else, which may not be loaded. */
    boolean isPlaceholder() {
        return place != null;
    }

    /**
     * The value that another one stands for: {@link NotLoaded#PLACE}, the value that replaced it when it was loaded, or
     * itself.
     */
    static @Nullable Object seen(@Nullable Object value) {
        Place place = value == null ? null : of(value.getClass()).place;
        if (value == null || place == null) {
            return value;
        }
        try {
            return place.seen(value);
        } catch (Throwable thrown) {
            throw unknown(value, thrown);
        }
    }

    /** Whether an attribute of an object is loaded. */
    boolean isLoaded(Object owner, String name) {
        if (attributes == null) {
            return true;
        }
        try {
            return attributes.isLoaded(owner, name);
        } catch (Throwable thrown) {
            throw unknown(owner, thrown);
        }
    }

    /** Whether a field is a persistence library's own, in a class that it has enhanced. */
    static boolean isOfLibrary(Field field) {
        return FIELDS_OF_LIBRARIES.stream().anyMatch(field.getName()::startsWith);
    }

    private static UncomparableException unknown(Object value, Throwable thrown) {
        if (thrown instanceof UncomparableException known) {
            return known;
        }
        if (thrown instanceof VirtualMachineError grave && !(thrown instanceof StackOverflowError)) {
            throw grave;
        }
        return new UncomparableException("a " + value.getClass().getName() + " does not say whether it is loaded: "
                + thrown.getClass().getName() + " was thrown");
    }

    private static @Nullable Place place(Map<String, Class<?>> above) {
        Class<?> proxy = above.get("org.hibernate.proxy.HibernateProxy");
        if (proxy != null) {
            MethodHandle initializer = handle(proxy, "getHibernateLazyInitializer");
            MethodHandle isUninitialized = handle(returned(proxy, "getHibernateLazyInitializer"), "isUninitialized");
            MethodHandle implementation = handle(returned(proxy, "getHibernateLazyInitializer"), "getImplementation");
            return value -> {
                Object lazy = initializer.invoke(value);
                return (boolean) isUninitialized.invoke(lazy) ? NotLoaded.PLACE : implementation.invoke(lazy);
            };
        }
        if (above.containsKey("org.springframework.data.mongodb.core.convert.LazyLoadingProxy")) {
            return value -> NotLoaded.PLACE; // it does not say whether it is loaded
        }
        Place collection = flagged(above, "org.hibernate.collection.spi.PersistentCollection", "wasInitialized", true);
        collection = collection != null
                ? collection
                : flagged(above, "org.eclipse.persistence.indirection.IndirectContainer", "isInstantiated", true);
        collection =
                collection != null ? collection : flagged(above, "io.ebean.bean.BeanCollection", "isReference", false);
        Class<?> holder = above.get("org.eclipse.persistence.indirection.ValueHolderInterface");
        if (collection != null || holder == null) {
            return collection;
        }
        MethodHandle isInstantiated = handle(holder, "isInstantiated");
        MethodHandle value = handle(holder, "getValue");
        return found -> (boolean) isInstantiated.invoke(found) ? value.invoke(found) : NotLoaded.PLACE;
    }

    /** The place of a container that stands for itself if it says that it is loaded. */
    private static @Nullable Place flagged(Map<String, Class<?>> above, String name, String flag, boolean whenLoaded) {
        Class<?> type = above.get(name);
        if (type == null) {
            return null;
        }
        MethodHandle handle = handle(type, flag);
        return value -> (boolean) handle.invoke(value) == whenLoaded ? value : NotLoaded.PLACE;
    }

    private static @Nullable Attributes attributes(Class<?> type, Map<String, Class<?>> above) {
        Class<?> intercepted = above.get("org.hibernate.engine.spi.PersistentAttributeInterceptable");
        if (intercepted != null) {
            return ofHibernate(handle(intercepted, "$$_hibernate_getInterceptor"));
        }
        Class<?> bean = above.get("io.ebean.bean.EntityBean");
        if (bean != null) {
            return ofEbean(bean);
        }
        Class<?> holder = above.get("org.eclipse.persistence.indirection.WeavedAttributeValueHolderInterface");
        if (holder != null) {
            return ofHolder(holder);
        }
        boolean isWoven = above.containsKey("org.eclipse.persistence.internal.weaving.PersistenceWeaved");
        return isWoven ? ofEclipseLink(type, above) : null;
    }

    private static Attributes ofHibernate(MethodHandle interceptor) {
        ClassValue<MethodHandle> asked = new ClassValue<>() {
            @Override
            protected MethodHandle computeValue(Class<?> type) {
                Class<?> lazy = supertypes(type)
                        .get("org.hibernate.bytecode.enhance.spi.interceptor.BytecodeLazyAttributeInterceptor");
                return lazy == null
                        ? MethodHandles.dropArguments(
                                MethodHandles.constant(boolean.class, true), 0, Object.class, String.class)
                        : handle(lazy, "isAttributeLoaded", String.class);
            }
        };
        return (owner, name) -> {
            Object found = interceptor.invoke(owner);
            return found == null || (boolean) asked.get(found.getClass()).invoke(found, name);
        };
    }

    private static Attributes ofEbean(Class<?> bean) {
        MethodHandle intercept = handle(bean, "_ebean_getIntercept");
        MethodHandle names = handle(bean, "_ebean_getPropertyNames");
        Class<?> intercepting = returned(bean, "_ebean_getIntercept");
        MethodHandle isNew = handle(intercepting, "isNew");
        MethodHandle isLoaded = handle(intercepting, "isLoadedProperty", int.class);
        return (owner, name) -> {
            Object known = intercept.invoke(owner);
            int index = List.of((String[]) names.invoke(owner)).indexOf(name);
            return known == null // the bean has no session, and a new one has none either
                    || index < 0
                    || (boolean) isNew.invoke(known)
                    || (boolean) isLoaded.invoke(known, index);
        };
    }

    private static Attributes ofEclipseLink(Class<?> type, Map<String, Class<?>> above) {
        Map<String, MethodHandle> holders = new HashMap<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            for (Field field : next.getDeclaredFields()) {
                String name = field.getName();
                if (name.startsWith("_persistence_") && name.endsWith("_vh")) {
                    holders.put(
                            name.substring("_persistence_".length(), name.length() - "_vh".length()), getter(field));
                }
            }
        }
        Class<?> groups = above.get("org.eclipse.persistence.queries.FetchGroupTracker");
        MethodHandle isFetched =
                groups == null ? null : handle(groups, "_persistence_isAttributeFetched", String.class);
        return (owner, name) -> {
            MethodHandle holder = holders.get(name);
            return (holder == null || isInField(holder.invoke(owner), name))
                    && (isFetched == null || (boolean) isFetched.invoke(owner, name));
        };
    }

    /** Whether the value of a holder is also in the attribute's own field. */
    private static boolean isInField(@Nullable Object holder, String name) {
        return holder == null
                || (seen(holder) != NotLoaded.PLACE && of(holder.getClass()).isLoaded(holder, name));
    }

    /**
     * Attributes of a holder that was read together with its owner: only a getter of the owner puts its value into the
     * field.
     */
    private static Attributes ofHolder(Class<?> holder) {
        MethodHandle isCoordinated = handle(holder, "isCoordinatedWithProperty");
        MethodHandle isOfField = handle(holder, "isNewlyWeavedValueHolder");
        return (owner, name) -> (boolean) isCoordinated.invoke(owner) || (boolean) isOfField.invoke(owner);
    }

    private static MethodHandle getter(Field field) {
        try {
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        } catch (IllegalAccessException impossible) { // it has been made accessible
            throw new IllegalStateException(impossible);
        }
    }

    private static Class<?> returned(Class<?> type, String method, Class<?>... parameters) {
        return method(type, method, parameters).getReturnType();
    }

    private static MethodHandle handle(Class<?> type, String method, Class<?>... parameters) {
        try {
            return MethodHandles.publicLookup().unreflect(method(type, method, parameters));
        } catch (IllegalAccessException closed) {
            throw new UncomparableException(type.getName() + "." + method + " is not open to this library", closed);
        }
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException other) {
            throw new UncomparableException(
                    type.getName() + " has no " + name + ": its library is of another version than is known", other);
        }
    }

    /** The place of a class that may load something in a way that is not known here. */
    private static @Nullable Place unknownPlace(Class<?> type, Set<String> above) {
        if (Scalars.isOfJdk(type) || type.getName().startsWith("com.google.common.collect.")) {
            return value -> NotLoaded.PLACE; // a view, which does not tell of which collection
        }
        if (above.stream().noneMatch(name -> UNKNOWN.stream().anyMatch(name::startsWith))) {
            return null;
        }
        return value -> {
            throw new UncomparableException("a side's answer has a " + type.getName()
                    + ", of whose library it is not known how to tell what is loaded; answer with a class of its own");
        };
    }

    /** A class, and everything above it, by name. */
    private static Map<String, Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            found.add(next);
            addInterfaces(next, found);
        }
        Map<String, Class<?>> named = new HashMap<>();
        found.forEach(next -> named.put(next.getName(), next));
        return named;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> above : type.getInterfaces()) {
            if (found.add(above)) {
                addInterfaces(above, found);
            }
        }
    }
}
