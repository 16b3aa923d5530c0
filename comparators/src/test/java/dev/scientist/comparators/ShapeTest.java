package dev.scientist.comparators;

import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShapeTest {

    public record Answer(int value) {}

    @Test
    void aShapeIsWorkedOutOnce() {
        assertThat(Shape.of(Answer.class)).isSameAs(Shape.of(Answer.class));
        assertThat(Shape.of(Answer.class).properties())
                .extracting(Property::name)
                .containsExactly("value");
    }

    @Test
    void theLoaderOfAComparedClassCanBeCollected() throws Exception {
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        WeakReference<ClassLoader> loader = compareInALoaderOfItsOwn(collected);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);

        Object gone = null;
        while (gone == null && System.nanoTime() < deadline) {
            System.gc();
            gone = collected.remove(100);
        }

        assertThat(gone).isSameAs(loader);
    }

    private static WeakReference<ClassLoader> compareInALoaderOfItsOwn(ReferenceQueue<ClassLoader> collected)
            throws ReflectiveOperationException {
        ClassLoader loader = new OwnLoader();
        Class<?> type = loader.loadClass(Answer.class.getName());
        Object primary = type.getConstructor(int.class).newInstance(1);
        Object candidate = type.getConstructor(int.class).newInstance(2);

        assertThat(type).isNotSameAs(Answer.class);
        assertThat(objects().compare(List.of(primary), List.of(candidate))).hasSize(1);
        assertThat(Shape.of(type)).isSameAs(Shape.of(type));
        return new WeakReference<>(loader, collected);
    }

    /** Loads the answer's class once more. */
    private static final class OwnLoader extends ClassLoader {

        OwnLoader() {
            super(ShapeTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean isResolved) throws ClassNotFoundException {
            if (!name.equals(Answer.class.getName())) {
                return super.loadClass(name, isResolved);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(file).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
