package dev.scientist;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which classes share something with their caller, by their own names, the names of their supertypes, and their
 * annotations. None of the libraries named here needs to be present.
 */
final class SharedNames {

    private static final Set<String> SESSION_ANNOTATIONS = Set.of(
            "jakarta.persistence.Entity",
            "jakarta.persistence.Embeddable",
            "jakarta.persistence.MappedSuperclass",
            "javax.persistence.Entity",
            "javax.persistence.Embeddable",
            "javax.persistence.MappedSuperclass");

    private static final Set<String> SESSION_TYPES = Set.of(
            "org.hibernate.proxy.HibernateProxy",
            "org.hibernate.collection.spi.PersistentCollection",
            "org.hibernate.engine.spi.Managed",
            "org.hibernate.engine.spi.ManagedEntity",
            "org.hibernate.engine.spi.PersistentAttributeInterceptable",
            "org.eclipse.persistence.indirection.IndirectContainer",
            "org.eclipse.persistence.indirection.ValueHolderInterface",
            "org.eclipse.persistence.internal.weaving.PersistenceWeaved",
            "io.ebean.bean.EntityBean",
            "io.ebean.bean.BeanCollection",
            "org.apache.openjpa.enhance.PersistenceCapable",
            "org.apache.openjpa.util.Proxy",
            "org.datanucleus.enhancement.Persistable",
            "org.datanucleus.store.types.SCO",
            "javax.jdo.spi.PersistenceCapable",
            "org.apache.ibatis.executor.loader.WriteReplaceInterface",
            "org.springframework.data.mongodb.core.convert.LazyLoadingProxy",
            "org.springframework.data.projection.TargetAware",
            "org.springframework.data.util.Lazy",
            "org.springframework.data.util.LazyStreamable",
            "com.google.common.collect.FluentIterable",
            "com.google.common.collect.Sets$SetView",
            "io.vavr.Lazy",
            "io.vavr.collection.Stream",
            "groovy.json.internal.LazyMap",
            "org.apache.groovy.json.internal.LazyMap",
            "org.apache.commons.collections4.list.LazyList",
            "org.apache.commons.collections4.map.LazyMap");

    // Packages of further types of these libraries, such as the views of their collections.
    private static final List<String> SESSION_PREFIXES =
            List.of("org.hibernate.collection.", "org.hibernate.proxy.", "org.eclipse.persistence.indirection.");

    private static final String GUAVA = "com.google.common.collect.";

    private static final Set<String> LOCK_TYPES =
            Set.of("java.util.Hashtable", "java.util.Vector", "java.lang.StringBuffer", "kotlin.Lazy");

    private static final String SYNCHRONIZED_VIEW = "java.util.Collections$Synchronized";

    private static final Set<String> POSITION_TYPES = Set.of(
            "java.util.Iterator",
            "java.util.Enumeration",
            "java.util.Spliterator",
            "java.util.stream.BaseStream",
            "java.util.concurrent.Flow$Publisher",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.Reader",
            "java.io.Writer",
            "java.io.RandomAccessFile",
            "java.nio.channels.Channel",
            "java.sql.ResultSet",
            "java.sql.Blob",
            "java.sql.Clob",
            "java.sql.SQLXML",
            "java.sql.Array",
            "java.sql.Statement",
            "java.sql.Connection",
            "org.reactivestreams.Publisher",
            "kotlin.sequences.Sequence",
            "kotlinx.coroutines.flow.Flow",
            "kotlinx.coroutines.channels.ReceiveChannel",
            "org.springframework.core.io.InputStreamSource",
            "org.springframework.http.ReactiveHttpInputMessage",
            "org.springframework.web.context.request.async.DeferredResult",
            "org.springframework.web.context.request.async.WebAsyncTask",
            "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
            "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody",
            "jakarta.servlet.ServletRequest",
            "jakarta.servlet.ServletResponse",
            "javax.servlet.ServletRequest",
            "javax.servlet.ServletResponse");

    // Views that hide the collection behind them. If one of these libraries is present, it may be a lazy collection.
    private static final List<String> VIEWS =
            List.of("java.util.Collections$Unmodifiable", "java.util.Collections$Checked", "java.util.ReverseOrder");
    // Views of a collection that was plain when they were created; it may take a lock.
    private static final List<String> WRAPPERS = List.of(
            "java.util.Collections$SetFromMap",
            "java.util.Collections$SequencedSetFromMap",
            "java.util.Collections$AsLIFOQueue");
    private static final boolean HAS_PERSISTENCE = isPresent("jakarta.persistence.EntityManager")
            || isPresent("javax.persistence.EntityManager")
            || isPresent("io.ebean.Database");
    private static final boolean HAS_LAZY_RANDOM_ACCESS = isPresent("org.eclipse.persistence.indirection.IndirectList");

    private SharedNames() {}

    /** Returns what a class itself shares, regardless of its fields. */
    static Sharing sharingOf(Class<?> type) {
        Set<Class<?>> all = supertypes(type);
        if (isOfSession(type, all)) {
            return Sharing.SESSION;
        }
        if (isAny(all, POSITION_TYPES) || isClosedAfterReading(type)) {
            return Sharing.POSITION;
        }
        return isLocked(type, all) ? Sharing.LOCK : Sharing.NOTHING;
    }

    /** Whether a class belongs to the JDK. The fields of such classes are not searched. */
    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Whether a class is a view that hides the collection behind it. */
    static boolean isView(Class<?> type) {
        return isAnyView(type) || WRAPPERS.contains(type.getName());
    }

    private static boolean isAnyView(Class<?> type) {
        return VIEWS.stream().anyMatch(type.getName()::startsWith);
    }

    /** Whether a view may hide a collection that is loaded when it is read. */
    static boolean isOfSession(Class<?> view, boolean hasPersistence, boolean hasLazyRandomAccess) {
        boolean isRandomAccess = RandomAccess.class.isAssignableFrom(view);
        return isAnyView(view) && (isRandomAccess ? hasLazyRandomAccess : hasPersistence);
    }

    private static boolean isOfSession(Class<?> type, Set<Class<?>> all) {
        String name = type.getName();
        return isAny(all, SESSION_TYPES)
                || SESSION_PREFIXES.stream().anyMatch(name::startsWith)
                || (name.startsWith(GUAVA) && (name.contains("Transform") || name.contains("Filtered")))
                || all.stream().anyMatch(SharedNames::isAnnotated)
                || isOfSession(type, HAS_PERSISTENCE, HAS_LAZY_RANDOM_ACCESS);
    }

    private static boolean isAnnotated(Class<?> type) {
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            if (SESSION_ANNOTATIONS.contains(annotation.annotationType().getName())) {
                return true;
            }
        }
        return false;
    }

    /** Whether objects of a class yield elements and must then be closed, such as the cursors of many libraries. */
    private static boolean isClosedAfterReading(Class<?> type) {
        return AutoCloseable.class.isAssignableFrom(type)
                && (Iterable.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type));
    }

    private static boolean isLocked(Class<?> type, Set<Class<?>> all) {
        if (isAny(all, LOCK_TYPES) || type.getName().startsWith(SYNCHRONIZED_VIEW)) {
            return true;
        }
        return !Throwable.class.isAssignableFrom(type) && all.stream().anyMatch(SharedNames::hasLockingMethod);
    }

    private static boolean hasLockingMethod(Class<?> type) {
        if (type.isInterface() || isOfJdk(type)) {
            return false;
        }
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isSynchronized(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                    return true;
                }
            }
        } catch (LinkageError | SecurityException unknown) {
            // A method refers to a class that is missing, so the methods cannot be read.
        }
        return false;
    }

    private static boolean isAny(Set<Class<?>> types, Set<String> names) {
        return types.stream().anyMatch(type -> names.contains(type.getName()));
    }

    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        addSupertypes(type, all);
        return all;
    }

    private static void addSupertypes(@Nullable Class<?> type, Set<Class<?>> all) {
        if (type != null && all.add(type)) {
            addSupertypes(type.getSuperclass(), all);
            for (Class<?> above : type.getInterfaces()) {
                addSupertypes(above, all);
            }
        }
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, SharedNames.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
