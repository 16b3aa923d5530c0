package dev.scientist.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Core is a real module: an application on the module path compiles against it and runs with it. */
class ModuleTest {
    private static final Path CONSUMER = Path.of("src/test/resources/consumer");

    @TempDir
    private Path compiled;

    /** The optional libraries are absent here, so this proves too that core does without them. */
    @Test
    void aModularApplicationNeedsCoreAndItsMandatoryLibrariesOnly() throws Exception {
        String modulePath = modulePath(
                House.module("scientist-core").directory().resolve("target/classes"),
                jarOf(Logger.class),
                jarOf(NullMarked.class));

        String compiler = run(
                "javac",
                "--module-path",
                modulePath,
                "-d",
                compiled.toString(),
                source("module-info.java"),
                source("app/Main.java"));
        String application = run(
                "java", "--module-path", modulePath + File.pathSeparator + compiled, "--module", "consumer/app.Main");

        assertThat(compiler).isEmpty();
        assertThat(application).contains("The primary said hello");
    }

    private static String source(String name) {
        return House.module("verification/architecture")
                .directory()
                .resolve(CONSUMER)
                .resolve(name)
                .toString();
    }

    private static String modulePath(Path... entries) {
        return Stream.of(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Runs a tool of the JDK that runs this test, and returns all that it printed. */
    private static String run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Else the tool would say that it picked them up.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JDK_JAVAC_OPTIONS"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exit = process.waitFor();
        return exit == 0 ? output : "exit " + exit + "\n" + output;
    }
}
