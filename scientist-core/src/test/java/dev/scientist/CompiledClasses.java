package dev.scientist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Classes of any name, such as those of libraries that are not here, compiled and loaded by a loader of their own. */
final class CompiledClasses {

    private final Path folder;
    private final List<String> files = new ArrayList<>();

    CompiledClasses(Path folder) {
        this.folder = folder;
    }

    /** Adds a class: its full name, in which {@code $} stands before the name of a nested one, and its declaration. */
    CompiledClasses with(String name, String declaration) {
        String outer = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
        String packageName = outer.substring(0, outer.lastIndexOf('.'));
        String text = name.equals(outer)
                ? declaration
                : "public class " + outer.substring(outer.lastIndexOf('.') + 1) + " { " + declaration + " }";
        try {
            Path file = folder.resolve(outer.replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "package " + packageName + "; " + text, UTF_8);
            files.add(file.toString());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles all of them. */
    ClassLoader load() {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", folder.toString()));
        arguments.addAll(files);
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("the classes do not compile: " + files);
        }
        try {
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
