package dev.scientist.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** The size and shape of the main code of some modules, as docs/house.md shows it. */
final class Figures {
    /** Openings of a comment that has no subject of its own. */
    private static final Pattern FRAGMENT = Pattern.compile("(What|Of|Those|Not|As)\\b.*", Pattern.DOTALL);

    private static final int SHORT = 30;

    /** Something that has a length in lines, and where it stands. */
    record Length(String place, int lines) {}

    private final String name;
    private final List<Length> files = new ArrayList<>();
    private final List<Length> methods = new ArrayList<>();
    private final Duplication duplication = new Duplication();
    private final List<List<String>> cycles;
    private int publicTypes;
    private int hiddenTypes;
    private long commentLines;
    private long codeLines;
    private int fragments;

    private Figures(String name, List<List<String>> cycles) {
        this.name = name;
        this.cycles = cycles;
    }

    static Figures of(String name, Collection<House.Module> modules) {
        Set<String> folders = new HashSet<>();
        modules.forEach(module -> folders.add(module.name() + "/src/main/java/"));
        Predicate<Path> isMeasured = file -> folders.stream().anyMatch(House.nameOf(file)::startsWith);
        JavaClasses classes = House.mainClasses(modules);
        Figures figures = new Figures(name, ClassCycles.in(classes));
        List<Path> sources = House.mainSources().stream().filter(isMeasured).toList();
        sources.forEach(figures::addFile);
        Sources.scan(sources, source -> figures.new Shapes(source));
        return figures;
    }

    List<Length> files() {
        return files;
    }

    List<Length> methods() {
        return methods;
    }

    List<List<String>> cycles() {
        return cycles;
    }

    Duplication duplication() {
        return duplication;
    }

    long lines() {
        return files.stream().mapToLong(Length::lines).sum();
    }

    static String heading() {
        return """
                | modules | files | lines | median, p90, longest file | files under 30 lines | public, hidden types \
                | median, p90, longest method | comments to code | comments that open with What, Of, Those, Not, As \
                | lines that stand twice | largest class cycle |
                |---|---|---|---|---|---|---|---|---|---|---|""";
    }

    String row() {
        long small = files.stream().filter(file -> file.lines() < SHORT).count();
        int types = Math.max(1, publicTypes + hiddenTypes);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %s | %d | %d, %d (%d %% public) | %s | %.2f | %d | %.1f %% | %d |",
                name,
                files.size(),
                lines(),
                spread(files),
                small,
                publicTypes,
                hiddenTypes,
                100 * publicTypes / types,
                spread(methods),
                (double) commentLines / Math.max(1, codeLines),
                fragments,
                duplication.percent(),
                cycles.isEmpty() ? 1 : cycles.get(0).size());
    }

    private void addFile(Path file) {
        String text = House.read(file);
        Comments.Parts parts = Comments.of(text);
        files.add(new Length(House.nameOf(file), (int) text.lines().count()));
        duplication.add(House.nameOf(file), parts.codeLines());
        commentLines += parts.linesWithComments();
        codeLines += parts.codeLines().stream().filter(line -> !line.isEmpty()).count();
        fragments += (int) parts.comments().stream()
                .filter(comment -> FRAGMENT.matcher(comment.words()).matches())
                .count();
    }

    private static String spread(List<Length> lengths) {
        List<Integer> sorted = lengths.stream().map(Length::lines).sorted().toList();
        if (sorted.isEmpty()) {
            return "-";
        }
        int last = sorted.size() - 1;
        return sorted.get(last / 2) + ", " + sorted.get(last * 9 / 10) + ", " + sorted.get(last);
    }

    private final class Shapes extends Sources.Scanner {
        private final Sources.Source source;
        private int depth;

        Shapes(Sources.Source source) {
            super(source);
            this.source = source;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            if (depth == 0 && tree.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                publicTypes++;
            } else if (depth == 0) {
                hiddenTypes++;
            }
            depth++;
            super.visitClass(tree, null);
            depth--;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            Tree body = tree.getBody();
            if (body != null) {
                int lines = (int) (source.lastLine(body) - source.firstLine(body) + 1);
                methods.add(new Length(placeOf(tree) + " " + tree.getName(), lines));
            }
            return super.visitMethod(tree, null);
        }
    }
}
