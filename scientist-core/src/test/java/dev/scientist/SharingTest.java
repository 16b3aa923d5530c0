package dev.scientist;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("promise-1")
@SuppressWarnings("JdkObsolete") // obsolete classes are tested, because they lock
class SharingTest {

    @TempDir
    Path folder;

    private static Class<?> loaded(ClassLoader loader, String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object instance(Class<?> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompiledClasses entities() {
        return new CompiledClasses(folder)
                .with(
                        "jakarta.persistence.Entity",
                        "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                                + " public @interface Entity {}")
                .with("shop.Order", "@jakarta.persistence.Entity public class Order {}");
    }

    // ---- sessions ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.persistence.Entity",
                "jakarta.persistence.Embeddable",
                "jakarta.persistence.MappedSuperclass",
                "javax.persistence.Entity",
                "javax.persistence.Embeddable",
                "javax.persistence.MappedSuperclass"
            })
    void aClassThatJpaMapsAndItsSubclassesShareASession(String annotation) {
        String simple = annotation.substring(annotation.lastIndexOf('.') + 1);
        ClassLoader loader = new CompiledClasses(folder)
                .with(
                        annotation,
                        "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                                + " public @interface " + simple + " {}")
                .with("shop.Mapped", "@" + annotation + " public class Mapped {}")
                .with("shop.Below", "public class Below extends Mapped {}")
                .load();

        Sharing mapped = Sharing.of(loaded(loader, "shop.Mapped"));
        Sharing below = Sharing.of(loaded(loader, "shop.Below"));

        assertThat(List.of(mapped, below)).containsOnly(Sharing.SESSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.hibernate.proxy.HibernateProxy",
                "org.hibernate.collection.spi.PersistentCollection",
                "org.hibernate.engine.spi.ManagedEntity",
                "org.eclipse.persistence.indirection.IndirectContainer",
                "org.eclipse.persistence.internal.weaving.PersistenceWeaved",
                "io.ebean.bean.EntityBean",
                "io.ebean.bean.BeanCollection",
                "org.springframework.data.mongodb.core.convert.LazyLoadingProxy",
                "com.google.common.collect.Sets$SetView"
            })
    void whatALibraryLoadsWhenItIsReadSharesASession(String marker) {
        String simple = marker.substring(Math.max(marker.lastIndexOf('.'), marker.lastIndexOf('$')) + 1);
        ClassLoader loader = new CompiledClasses(folder)
                .with(marker, "public " + (marker.contains("$") ? "static " : "") + "interface " + simple + " {}")
                .with("shop.Between", "public interface Between extends " + marker.replace('$', '.') + " {}")
                .with("shop.Above", "public class Above implements Between {}")
                .with("shop.Lazy", "public class Lazy extends Above {}")
                .load();

        Sharing sharing = Sharing.of(loaded(loader, "shop.Lazy"));

        assertThat(sharing).isEqualTo(Sharing.SESSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Dto { private Order order; }",
                "public class Dto extends Base {} class Base { private Order order; }",
                "public class Dto { java.util.Map<String, java.util.List<? extends Order>> orders; }",
                "public class Dto { Order[][] orders; }",
                "public class Dto<T extends Order> { T order; }",
                "public class Dto { Inner inner; } class Inner { Innermost innermost; } class Innermost { Order order; }",
                "public record Dto(java.util.Optional<Order> order) {}",
                "public class Dto extends java.util.ArrayList<Order> {}",
                "public abstract class Dto implements Iterable<Order> {}",
                "public sealed interface Dto permits Dto.Found, Dto.None { record Found(Order order) implements Dto {} record"
                        + " None() implements Dto {} }",
            })
    void aClassThatReachesAnEntitySharesASession(String declaration) {
        ClassLoader loader = entities().with("shop.Dto", declaration).load();

        Sharing sharing = Sharing.of(loaded(loader, "shop.Dto"));

        assertThat(sharing).isEqualTo(Sharing.SESSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Dto { static Order last; String id; }",
                "public class Dto { Class<Order> type; }",
                "public class Dto { java.util.function.Function<Order, String> by; }",
                "public class Dto implements Comparable<Order> { public int compareTo(Order o) { return 0; } }",
                "public enum Dto { A; Order first; }",
                "public record Dto(String id, java.math.BigDecimal total, Dto parent, java.util.List<Dto> lines) {}",
            })
    void aClassThatHoldsNoEntitySharesNothing(String declaration) {
        ClassLoader loader = entities().with("shop.Dto", declaration).load();

        Sharing sharing = Sharing.of(loaded(loader, "shop.Dto"));

        assertThat(sharing).isEqualTo(Sharing.NOTHING);
    }

    @Test
    void aClassOfWhichAPartIsMissingIsTakenAsFarAsItIsThere() throws IOException {
        ClassLoader loader = new CompiledClasses(folder)
                .with("gone.Gone", "public class Gone {}")
                .with("shop.Dto", "public class Dto { gone.Gone gone; }")
                .load();
        Files.delete(folder.resolve("gone/Gone.class"));

        Sharing sharing = Sharing.of(loaded(loader, "shop.Dto"));

        assertThat(sharing).isEqualTo(Sharing.NOTHING);
    }

    static List<Function<Object, Object>> holders() {
        return List.of(
                Function.identity(),
                List::of,
                order -> new ArrayList<>(List.of("a", order)),
                order -> Arrays.asList(1, 2, order),
                order -> new LinkedList<>(List.of(order)),
                order -> new Object[] {null, order},
                Optional::of,
                order -> Map.of("a", order),
                order -> new TreeMap<>(Map.of("a", List.of(order))),
                order -> Map.entry("a", order),
                order -> Collections.unmodifiableList(new ArrayList<>(List.of(order))),
                Response::new,
                order -> new Response<>(List.of(Optional.of(order))),
                order -> new Anything(order),
                order -> new Listed(List.of(order)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void aValueThatHoldsAnEntitySharesASession(Function<Object, Object> holder) {
        Object order = instance(loaded(entities().load(), "shop.Order"));

        Sharing sharing = Sharing.in(holder.apply(order));

        assertThat(sharing).isEqualTo(Sharing.SESSION);
    }

    @Test
    void aListOfTextsThatIsLoadedWhenItIsReadIsSeenInAFieldOfAnotherClass() {
        ClassLoader loader = new CompiledClasses(folder)
                .with(
                        "org.hibernate.collection.spi.PersistentCollection",
                        "public interface PersistentCollection<E> {}")
                .with(
                        "org.hibernate.collection.spi.PersistentBag",
                        "public class PersistentBag<E> extends java.util.AbstractList<E> implements"
                                + " PersistentCollection<E> { public E get(int i) { throw new Error(); }"
                                + " public int size() { throw new Error(); } }")
                .load();
        List<?> bag = (List<?>) instance(loaded(loader, "org.hibernate.collection.spi.PersistentBag"));

        Sharing sharing = Sharing.in(new Listed(bag));

        assertThat(sharing).isEqualTo(Sharing.SESSION);
    }

    @Test
    void aViewWhoseInsideNobodySeesSharesASessionWhereAPersistenceLibraryIs() {
        Class<?> view = Collections.unmodifiableList(new LinkedList<>()).getClass();
        Class<?> ofRandomAccess =
                Collections.unmodifiableList(new ArrayList<>()).getClass();

        assertThat(SharedNames.isOfSession(view, true, false)).isTrue();
        assertThat(SharedNames.isOfSession(view, false, false)).isFalse();
        assertThat(SharedNames.isOfSession(ofRandomAccess, true, false)).isFalse();
        assertThat(SharedNames.isOfSession(ofRandomAccess, true, true)).isTrue();
    }

    @Test
    void theLoaderOfAClassThatWasAskedAboutCanGo() {
        ClassLoader loader = entities()
                .with("shop.Dto", "public class Dto { Order order; Object more; java.util.List<Order> others; }")
                .load();
        WeakReference<ClassLoader> gone = new WeakReference<>(loader);
        Sharing sharing = Sharing.in(List.of(instance(loaded(loader, "shop.Dto"))));

        loader = null;

        assertThat(sharing).isEqualTo(Sharing.SESSION);
        eventually("the loader is gone", () -> {
            System.gc();
            return gone.get() == null;
        });
    }

    // ---- locks ----

    static List<Object> locked() {
        return List.of(
                Collections.synchronizedList(new ArrayList<>()),
                Collections.synchronizedMap(new TreeMap<>()),
                new Hashtable<>(),
                new Properties(),
                new Vector<>(),
                new StringBuffer(),
                new Counter(),
                new InheritsALock(),
                new HasALock(new Vector<>()),
                new Anything(new Counter()));
    }

    static Stream<Object> hiddenLocks() {
        List<Object> locked = Collections.synchronizedList(new ArrayList<>());
        List<Object> linked = Collections.synchronizedList(new LinkedList<>());
        return Stream.of(
                Collections.unmodifiableList(locked),
                Collections.unmodifiableList(linked),
                Collections.unmodifiableCollection(linked),
                Collections.checkedList(locked, Object.class),
                Collections.checkedList(new Vector<>(), Object.class),
                Collections.unmodifiableSet(Collections.synchronizedSet(new HashSet<>())),
                Collections.unmodifiableNavigableSet(Collections.synchronizedNavigableSet(new TreeSet<String>())),
                Collections.unmodifiableMap(Collections.synchronizedMap(new HashMap<>())),
                Collections.unmodifiableMap(new Hashtable<>()),
                Collections.checkedMap(new Hashtable<>(), String.class, String.class),
                Collections.checkedMap(Collections.unmodifiableMap(new Hashtable<>()), String.class, String.class),
                Collections.newSetFromMap(new Hashtable<>()),
                new Anything(Collections.unmodifiableList(locked)),
                new Listed(Collections.unmodifiableList(locked)),
                Collections.unmodifiableMap(Map.of("a", new Vector<>())),
                Collections.unmodifiableSet(Set.of(new StringBuffer())));
    }

    @ParameterizedTest
    @MethodSource("hiddenLocks")
    void aViewDoesNotHideALock(Object view) {
        assertThat(Sharing.in(view)).isEqualTo(Sharing.LOCK);
    }

    @Test
    void whatIsBehindAViewIsNotCalled() {
        Object behind = new Unread();

        Object found = BehindView.of(Collections.checkedList(new Unread(), String.class));
        Sharing sharing = Sharing.in(Collections.unmodifiableCollection((Unread) behind));

        assertThat(found).isInstanceOf(Unread.class);
        assertThat(sharing).isEqualTo(Sharing.NOTHING);
    }

    @ParameterizedTest
    @MethodSource("locked")
    void whatLocksWhenItIsReadSharesALock(Object value) {
        assertThat(Sharing.in(value)).isEqualTo(Sharing.LOCK);
    }

    @Test
    void errorsAndStaticMethodsThatLockShareNothing() {
        assertThat(Sharing.of(LockingException.class)).isEqualTo(Sharing.NOTHING);
        assertThat(Sharing.of(LocksItsClass.class)).isEqualTo(Sharing.NOTHING);
    }

    // ---- positions ----

    static List<Object> positions() {
        return List.of(
                List.of(1).iterator(),
                Collections.enumeration(List.of(1)),
                List.of(1).spliterator(),
                Stream.of(1),
                InputStream.nullInputStream(),
                new StringReader("a"),
                new Cursor(),
                (Flow.Publisher<String>) subscriber -> {},
                new Download("a.txt", InputStream.nullInputStream()),
                Optional.of(List.of(1).iterator()),
                Collections.unmodifiableSet(Set.of(List.of(1).iterator())),
                Collections.unmodifiableCollection(
                        new LinkedList<>(List.of(List.of(1).iterator()))),
                Collections.unmodifiableMap(new TreeMap<>(Map.of("a", List.of(1).iterator()))));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void whatCanBeReadOnceSharesItsPosition(Object value) {
        assertThat(Sharing.in(value)).isEqualTo(Sharing.POSITION);
    }

    // ---- nothing ----

    static List<Object> plain() {
        return List.of(
                "a",
                1,
                Instant.EPOCH,
                new int[] {1},
                new Object[] {"a", List.of()},
                List.of(new Response<>("a"), new Listed(List.of("a"))),
                Map.of("a", Set.of(1)),
                Collections.unmodifiableSet(Set.of("a")),
                Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
                Collections.unmodifiableMap(new TreeMap<>(Map.of("a", List.of(1)))),
                Collections.newSetFromMap(new ConcurrentHashMap<>()),
                Path.of("a"),
                Thread.State.NEW,
                new IllegalStateException("a"));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void plainValuesShareNothing(Object value) {
        assertThat(Sharing.in(value)).isEqualTo(Sharing.NOTHING);
    }

    @Test
    void aCollectionOfSomebodyElsesIsNotReadAtAll() {
        Sharing sharing = Sharing.in(new Response<>(new Unread()));

        assertThat(sharing).isEqualTo(Sharing.NOTHING);
    }

    @Test
    void aDeclaredTypeTellsByItsArguments() throws NoSuchMethodException {
        Type declared = SharingTest.class.getDeclaredMethod("declared").getGenericReturnType();

        Sharing sharing = Sharing.of(declared);

        assertThat(sharing).isEqualTo(Sharing.POSITION);
    }

    @Test
    void aRefusalNamesThePlaceTheTypeItsCauseAndTheRemedy() {
        UncomparableException refusal = Sharing.LOCK.refusal("the primary's answer at /account", HasALock.class);

        assertThat(refusal)
                .hasMessage("the primary's answer at /account has a dev.scientist.SharingTest$HasALock with a"
                        + " java.util.Vector, which takes a lock when it is read, and the caller would wait for it; answer"
                        + " with a copy, or take a snapshot");
    }

    static Optional<Map<String, Iterator<String>>> declared() {
        return Optional.empty();
    }

    private record Response<T>(T body) {}

    private record Anything(Object value) {}

    private record Listed(List<?> tags) {}

    private record HasALock(Vector<String> names) {}

    private record Download(String name, InputStream content) {}

    private static class Counter {
        private int count;

        @SuppressWarnings("UnusedMethod") // that it is there is all
        synchronized int next() {
            return ++count;
        }
    }

    private static final class InheritsALock extends Counter {}

    private static final class LocksItsClass {
        private static int count;

        @SuppressWarnings("UnusedMethod") // that it is there is all
        static synchronized int next() {
            return ++count;
        }
    }

    private static final class LockingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }

    private static final class Cursor implements Iterable<String>, AutoCloseable {
        @Override
        public Iterator<String> iterator() {
            throw new AssertionError("read");
        }

        @Override
        public void close() {}
    }

    private static final class Unread extends java.util.AbstractList<String> {
        @Override
        public String get(int index) {
            throw new AssertionError("read");
        }

        @Override
        public int size() {
            throw new AssertionError("read");
        }
    }
}
