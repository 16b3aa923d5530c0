package dev.scientist.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The checkout these tests look at: its modules as the poms list them, their classes, and its files. */
final class House {
    private static final Path ROOT = root();
    private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", "target", "node_modules");
    private static final ImportOption NOT_GENERATED = location -> !location.contains("/jmh_generated/");

    private House() {}

    /** A Maven module with code. Its name is its path from the root, such as {@code samples/markdown}. */
    record Module(String name) {
        Path directory() {
            return ROOT.resolve(name);
        }

        /** Whether it is published: what others build on is held to more rules than a program is. */
        boolean isLibrary() {
            return !name.startsWith("samples/") && !name.startsWith("verification/");
        }

        JavaClasses mainClasses() {
            return House.mainClasses(List.of(this));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Path rootDirectory() {
        return ROOT;
    }

    /** Every module that has code, read from the poms, so that a new one cannot be forgotten here. */
    static List<Module> modules() {
        List<Module> modules = new ArrayList<>();
        collectModules("", modules);
        return modules;
    }

    static List<Module> libraries() {
        return modules().stream().filter(Module::isLibrary).toList();
    }

    static Module module(String name) {
        return modules().stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No module named " + name));
    }

    static JavaClasses mainClasses(Collection<Module> modules) {
        return importFrom(modules, "target/classes");
    }

    static JavaClasses testClasses() {
        return importFrom(modules(), "target/test-classes");
    }

    static List<Path> mainSources() {
        return filesMatching(file -> isJava(file) && !isPackageOrModuleInfo(file) && in(file, "src/main/java"));
    }

    static List<Path> testSources() {
        return filesMatching(file -> isJava(file) && !isPackageOrModuleInfo(file) && in(file, "src/test/java"));
    }

    static List<Path> javaFiles() {
        return filesMatching(House::isJava);
    }

    static List<Path> filesMatching(Predicate<Path> wanted) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean ours = !NOT_OURS.contains(directory.getFileName().toString()) || directory.equals(ROOT);
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    boolean isLink =
                            file.getFileName().toString().equals(".git"); // of a linked work tree, to the repository
                    if (attributes.isRegularFile() && !isLink && wanted.test(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The file's path from the root, with slashes on every system. */
    static String nameOf(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    private static boolean isPackageOrModuleInfo(Path file) {
        return file.endsWith("package-info.java") || file.endsWith("module-info.java");
    }

    private static boolean in(Path file, String folder) {
        return ("/" + nameOf(file)).contains("/" + folder + "/");
    }

    private static JavaClasses importFrom(Collection<Module> modules, String folder) {
        List<Path> folders = modules.stream()
                .map(module -> module.directory().resolve(folder))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().withImportOption(NOT_GENERATED).importPaths(folders);
    }

    private static void collectModules(String folder, List<Module> modules) {
        List<String> children = childrenIn(ROOT.resolve(folder).resolve("pom.xml"));
        for (String child : children) {
            collectModules(folder.isEmpty() ? child : folder + "/" + child, modules);
        }
        // One that only runs what stands in another module, as spring-boot-4 does, is checked there.
        if (children.isEmpty() && Files.isDirectory(ROOT.resolve(folder).resolve("src"))) {
            modules.add(new Module(folder));
        }
    }

    private static List<String> childrenIn(Path pom) {
        try {
            NodeList elements = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getElementsByTagName("module");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < elements.getLength(); i++) {
                names.add(elements.item(i).getTextContent().strip());
            }
            return names;
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("Cannot read " + pom, e);
        }
    }

    private static Path root() {
        // Maven and every IDE start the tests of a module in the module's own folder, or in the root.
        Path here = Path.of("").toAbsolutePath();
        Path root =
                here.endsWith("verification/architecture") ? here.getParent().getParent() : here;
        if (root == null || !Files.isDirectory(root.resolve("scientist-core"))) {
            throw new IllegalStateException(
                    "Start these tests in verification/architecture/ or in the root, not in " + here);
        }
        return root;
    }
}
