package dev.scientist.context;

import static dev.scientist.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.decision.Evidence;
import dev.scientist.metrics.MicrometerPublisher;
import io.micrometer.context.ContextRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Proves that an application server can unload an application with this library, whose other libraries it shares. */
class ClassLoaderTest {

    /** Has classes of its own of this library, and shares all others, and so their static registries. */
    private static final class OfApplication extends URLClassLoader {

        OfApplication() {
            super(urls(), ClassLoaderTest.class.getClassLoader());
        }

        private static URL[] urls() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(OfApplication::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String path) {
            try {
                return Path.of(path).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.scientist.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    /** An application with a class loader of its own, from its start to its end. */
    public static final class Application {

        private Application() {}

        public static void run(MeterRegistry registry) {
            Evidence evidence = Evidence.builder().build();
            try (Scientist scientist = Scientist.builder()
                    .publisher(new MicrometerPublisher(registry))
                    .publisher(evidence)
                    .build()) {
                Experiment<String> experiment = scientist.experiment("quotes");
                for (int i = 0; i < 100; i++) {
                    experiment.run(() -> "a", () -> "b");
                }
                scientist.remove(experiment);
                Experiment<String> next = scientist.experiment("quotes");
                next.run(() -> "a", () -> "a");
            }
        }
    }

    @Test
    void nothingOfOursStaysInARegistryOfAnotherClassLoader() throws Exception {
        MeterRegistry shared = new SimpleMeterRegistry();
        int accessors = ContextRegistry.getInstance().getThreadLocalAccessors().size();

        WeakReference<ClassLoader> application = runOnce(shared);

        assertThat(shared.getMeters()).isEmpty();
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors()).hasSizeLessThanOrEqualTo(accessors);
        eventually("the class loader is collected", () -> {
            System.gc();
            return application.get() == null;
        });
    }

    private static WeakReference<ClassLoader> runOnce(MeterRegistry shared)
            throws ReflectiveOperationException, IOException {
        try (OfApplication loader = new OfApplication()) {
            Class<?> application = Class.forName(Application.class.getName(), true, loader);
            assertThat(application).isNotSameAs(Application.class);
            application.getMethod("run", MeterRegistry.class).invoke(null, shared);
            return new WeakReference<>(loader);
        }
    }
}
