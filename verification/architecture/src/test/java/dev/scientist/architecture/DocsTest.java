package dev.scientist.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Code in docs is compiled code.
 *
 * <p>A page says {@code <!-- snippet: name -->} on the line above a block of Java or Kotlin. The same code stands in a
 * file of that language between {@code // tag::name[]} and {@code // end::name[]}, where the build compiles it and, in
 * a test, runs it.
 */
class DocsTest {
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^(?<above>.*)\\R(?<indent>[ \\t]*)```(?<language>java|kotlin)\\b.*\\R(?<code>(?s:.*?))^\\k<indent>```");
    private static final Pattern NAME = Pattern.compile("\\s*<!-- snippet: (?<name>[\\w.-]+) -->\\s*");
    private static final Pattern TAG = Pattern.compile("(?m)^\\s*// tag::(?<name>[\\w.-]+)\\[]\\s*$");
    private static final Pattern MARK = Pattern.compile("(?m)^\\s*// (tag|end)::[\\w.-]+\\[]\\s*$");

    private static final Map<String, String> ENDINGS = Map.of("java", ".java", "kotlin", ".kt");

    /** Code between a tag and its end, on one line; empty if the end is missing. */
    private record Snippet(String file, String code) {}

    @Test
    void everyBlockOfCodeOnAPageIsCompiled() {
        Map<String, List<Snippet>> snippets = snippets();

        List<String> troubles = new ArrayList<>();
        for (Path page : pages()) {
            // A block on the first line has nothing above it.
            Matcher block = BLOCK.matcher("\n" + House.read(page));
            while (block.find()) {
                String trouble = troubleOf(
                        block.group("above"), block.group("code"), ENDINGS.get(block.group("language")), snippets);
                if (!trouble.isEmpty()) {
                    troubles.add(House.nameOf(page) + ": " + trouble + " at the block\n" + block.group("code"));
                }
            }
        }

        assertThat(troubles)
                .as("blocks of code that no file of their language holds")
                .isEmpty();
    }

    @Test
    void everySnippetHasItsOwnNameAndAnEnd() {
        Map<String, List<Snippet>> mistaken = snippets();

        mistaken.values()
                .removeIf(snippets ->
                        snippets.size() == 1 && !snippets.get(0).code().isEmpty());

        assertThat(mistaken)
                .as("names of snippets that stand twice, or of which no code or no end::name[] is there")
                .isEmpty();
    }

    @Test
    void theReadmeIsShort() {
        List<Path> readmes = House.filesMatching(file -> House.nameOf(file).equals("README.md"));

        long lines =
                readmes.stream().flatMap(readme -> House.read(readme).lines()).count();

        assertThat(lines).as("lines of README.md").isLessThan(200);
    }

    private static List<Path> pages() {
        return House.filesMatching(file -> {
            String name = House.nameOf(file);
            return name.equals("README.md") || (name.startsWith("docs/") && name.endsWith(".md"));
        });
    }

    private static String troubleOf(String above, String code, String ending, Map<String, List<Snippet>> snippets) {
        Matcher name = NAME.matcher(above);
        if (!name.matches()) {
            return "no <!-- snippet: name --> on the line above it";
        }
        String wanted = normalised(code);
        List<Snippet> found = snippets.getOrDefault(name.group("name"), List.of()).stream()
                .filter(snippet -> snippet.file().endsWith(ending))
                .toList();
        if (found.isEmpty()) {
            return "no tag::" + name.group("name") + "[] in any file of the language";
        }
        boolean same = found.stream().anyMatch(snippet -> snippet.code().contains(wanted));
        return same ? "" : "other code than between tag::" + name.group("name") + "[] and its end";
    }

    /** All snippets by name; more than one under a name, or an empty one, is a mistake. */
    private static Map<String, List<Snippet>> snippets() {
        Map<String, List<Snippet>> snippets = new TreeMap<>();
        for (Path file : House.filesMatching(file -> ENDINGS.values().stream().anyMatch(file.toString()::endsWith))) {
            String text = House.read(file);
            Matcher tag = TAG.matcher(text);
            while (tag.find()) {
                int end = text.indexOf("// end::" + tag.group("name") + "[]", tag.end());
                String code = end < 0 ? "" : text.substring(tag.end(), end);
                snippets.computeIfAbsent(tag.group("name"), name -> new ArrayList<>())
                        .add(new Snippet(
                                House.nameOf(file),
                                normalised(MARK.matcher(code).replaceAll(""))));
            }
        }
        return snippets;
    }

    private static String normalised(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }
}
