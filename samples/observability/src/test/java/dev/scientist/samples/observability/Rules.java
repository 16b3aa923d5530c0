package dev.scientist.samples.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the Prometheus files of this sample. */
final class Rules {

    static final Path FOLDER = Path.of("prometheus");
    static final String FILE = "scientist.rules.yml";
    static final String TESTS = "scientist.rules.test.yml";
    static final String CONFIGURATION = "prometheus.yml";

    private Rules() {}

    /** The recording rules, in the order in which they are evaluated. */
    static List<Map<String, Object>> recording() {
        return withKey("record");
    }

    static List<Map<String, Object>> alerts() {
        return withKey("alert");
    }

    /** Adds the series that the rules record to a catalog. */
    static Catalog recordedInto(Catalog catalog) {
        for (Map<String, Object> rule : recording()) {
            catalog.record(text(rule, "record"), PromQl.labelsOf(text(rule, "expr"), catalog));
        }
        return catalog;
    }

    static Map<String, Object> read(String name) {
        try {
            return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FOLDER.resolve(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Map<String, Object> map, String key) {
        return map.getOrDefault(key, "").toString();
    }

    @SuppressWarnings("unchecked") // all keys in these files are texts
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    static List<Map<String, Object>> list(Map<String, Object> map, String key) {
        return ((List<?>) map.getOrDefault(key, List.of()))
                .stream().map(Rules::map).toList();
    }

    private static List<Map<String, Object>> withKey(String key) {
        return list(read(FILE), "groups").stream()
                .flatMap(group -> list(group, "rules").stream())
                .filter(rule -> rule.containsKey(key))
                .toList();
    }
}
