package dev.scientist.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java files as syntax trees, read by the compiler of the JDK that runs the tests. */
final class Sources {
    private Sources() {}

    /** A parsed file and where its parts stand in it. */
    record Source(CompilationUnitTree unit, SourcePositions positions) {
        Path file() {
            return Path.of(unit.getSourceFile().toUri());
        }

        long firstLine(Tree tree) {
            return lines().getLineNumber(positions.getStartPosition(unit, tree));
        }

        long lastLine(Tree tree) {
            return lines().getLineNumber(positions.getEndPosition(unit, tree));
        }

        private LineMap lines() {
            return unit.getLineMap();
        }
    }

    /** Walks one file; subclasses say what they look for. */
    abstract static class Scanner extends TreeScanner<Void, Void> {
        private final Source source;

        Scanner(Source source) {
            this.source = source;
        }

        /** The file and line of a tree, as an IDE makes it a link. */
        final String placeOf(Tree tree) {
            return House.nameOf(source.file()) + ":" + source.firstLine(tree);
        }
    }

    static void scan(List<Path> files, Function<Source, Scanner> scanner) {
        for (Source source : parse(files)) {
            scanner.apply(source).scan(source.unit(), null);
        }
    }

    /** The simple names of the annotations on a package. */
    static List<String> annotationsOfPackage(Path packageInfo) {
        List<String> names = new ArrayList<>();
        for (Source source : parse(List.of(packageInfo))) {
            source.unit().getPackageAnnotations().forEach(annotation -> {
                String name = annotation.getAnnotationType().toString();
                names.add(name.substring(name.lastIndexOf('.') + 1));
            });
        }
        return names;
    }

    static List<Source> parse(List<Path> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Source> sources = new ArrayList<>();
            task.parse().forEach(unit -> sources.add(new Source(unit, positions)));
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
