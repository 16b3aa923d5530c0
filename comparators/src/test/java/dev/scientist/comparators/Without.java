package dev.scientist.comparators;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Loads this library and json-unit anew, in a world without some packages. */
final class Without extends ClassLoader {

    private final String[] absent;

    Without(String... absent) {
        super(Without.class.getClassLoader());
        this.absent = absent;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // Jackson 3 uses the annotations of Jackson 2.
        if (!name.startsWith("com.fasterxml.jackson.annotation.") && startsWithAny(name, absent)) {
            throw new ClassNotFoundException(name + " is absent");
        }
        if (!startsWithAny(name, "dev.scientist.", "net.javacrumbs.", "com.fasterxml.", "tools.jackson.")) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = code.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static boolean startsWithAny(String name, String... prefixes) {
        return Arrays.stream(prefixes).anyMatch(name::startsWith);
    }
}
