package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

@Tag("case-46")
class JsonPlaceholderTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    static List<String> placeholders() {
        return List.of(
                "${json-unit.ignore}",
                "#{json-unit.ignore}",
                "${json-unit.ignore-element}",
                "#{json-unit.ignore-element}",
                "${json-unit.any-string}",
                "#{json-unit.any-string}",
                "${json-unit.any-number}",
                "${json-unit.any-boolean}",
                "${json-unit.any-array}",
                "${json-unit.missing-or-null}",
                "#{json-unit.missing-or-null}",
                "${json-unit.regex}.*",
                "#{json-unit.regex}.*",
                "${json-unit.regex}(a+)+$",
                "${json-unit.regex}[",
                "${json-unit.matches:anything}",
                "#{json-unit.matches:anything}param",
                "${json-unit.any-string}\n",
                "'${json-unit.ignore}",
                "*",
                ".*",
                "#{T(java.lang.Runtime).getRuntime().exit(1)}",
                "${jndi:ldap://nowhere}",
                "%s%n%d");
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void aPlaceholderInAValueHidesNothingOnEitherSide(String placeholder) {
        for (Object other : List.of("a", 1, true, List.of(), List.of(1), Map.of(), "")) {
            assertThat(kinds(Map.of("v", placeholder), Map.of("v", other)))
                    .containsExactly(other instanceof String ? Kind.CHANGED : Kind.TYPE_CHANGED);
            assertThat(kinds(Map.of("v", other), Map.of("v", placeholder)))
                    .containsExactly(other instanceof String ? Kind.CHANGED : Kind.TYPE_CHANGED);
        }
        assertThat(kinds(Map.of("v", placeholder), Map.of())).containsExactly(Kind.MISSING);
        assertThat(kinds(Map.of(), Map.of("v", placeholder))).containsExactly(Kind.UNEXPECTED);
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void aPlaceholderIsEqualToItself(String placeholder) {
        assertThat(kinds(Map.of("v", placeholder, "n", 1), Map.of("v", placeholder, "n", 2)))
                .containsExactly(Kind.CHANGED);
        assertThat(json().compare(text(List.of(placeholder)), " " + text(List.of(placeholder))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void aPlaceholderInAKeyIsAKey(String placeholder) {
        List<Difference> differences =
                json().compare(text(Map.of(placeholder, Map.of("a", 1))), text(Map.of(placeholder, Map.of("a", 2))));

        assertThat(differences)
                .extracting(Difference::path)
                .containsExactly("/" + placeholder.replace("~", "~0").replace("/", "~1") + "/a");
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void aPlaceholderHidesNothingInAnArray(String placeholder) {
        JsonComparator comparator = json().ignoringArrayOrder().tolerance(1);

        assertThat(comparator.compare(text(List.of(placeholder, "b")), text(List.of("b", "a"))))
                .extracting(Difference::kind)
                .containsExactly(Kind.CHANGED);
        assertThat(json().compare(text(List.of("a", placeholder)), text(List.of("a", "x"))))
                .extracting(Difference::path)
                .containsExactly("/1");
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void aPlaceholderIsReportedAsItWas(String placeholder) {
        Difference difference = json().compare(text(placeholder), "\"a\"").get(0);

        assertThat(difference.primary()).isEqualTo(placeholder);
        assertThat(difference.candidate()).isEqualTo("a");
    }

    @Test
    void noValueReachesALogAtAnyLevel() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        try {
            json().compare("{\"a\":\"secret\",\"b\":\"secret\"}", "{\"a\":\"terces\",\"c\":\"secret\"}");
            json().tolerance(1).ignoringArrayOrder().compare("[\"secret\",1]", "[2,\"terces\"]");
        } finally {
            root.setLevel(before);
            root.detachAppender(appender);
        }

        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("secret"));
    }

    private static List<Kind> kinds(Map<String, ?> primary, Map<String, ?> candidate) {
        return json().compare(text(primary), text(candidate)).stream()
                .map(Difference::kind)
                .toList();
    }

    private static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
