package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in applications that have one Jackson, or none. */
class JacksonPresenceTest {

    private static final String JACKSON_2 = "com.fasterxml.jackson.";
    private static final String JACKSON_3 = "tools.jackson.";

    @ParameterizedTest
    @ValueSource(strings = {JACKSON_2, JACKSON_3})
    void oneJacksonIsEnough(String absent) throws Exception {
        Object comparator = json(new Without(absent));

        assertThat(compare(comparator, "{\"a\":1}", "{ \"a\" : 1.0 }")).isEmpty();
        assertThat(compare(comparator, "{\"a\":1}", "{\"a\":2}")).hasToString("[changed at /a [java.math.BigDecimal]]");
        assertThat(compare(comparator, Map.of("a", 1), Map.of("a", "1"))).hasSize(1);
    }

    @Test
    void withoutAnyJacksonItFailsWhenItIsMade() {
        Without loader = new Without("com.fasterxml.jackson.core.", "com.fasterxml.jackson.databind.", JACKSON_3);

        assertThatThrownBy(() -> json(loader))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "tools.jackson.core:jackson-databind", "com.fasterxml.jackson.core:jackson-databind");
    }

    @ParameterizedTest
    @ValueSource(strings = {JACKSON_2, JACKSON_3})
    void frameworksMayReflectOnItWithOneJackson(String absent) throws Exception {
        Class<?> type = new Without(absent).loadClass(JsonComparator.class.getName());

        assertThat(type.getDeclaredMethods()).isNotEmpty();
        assertThat(type.getDeclaredFields()).isNotEmpty();
        assertThat(type.getDeclaredConstructors()).isNotEmpty();
    }

    @Test
    void theMapperOfAnAbsentJacksonIsRefused() throws Exception {
        Object comparator = json(new Without(JACKSON_2));
        Object mapper = new com.fasterxml.jackson.databind.ObjectMapper();

        assertThatThrownBy(() ->
                        comparator.getClass().getMethod("mapper", Object.class).invoke(comparator, mapper))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "mapper must be an ObjectMapper of Jackson 2 or Jackson 3 but was a com.fasterxml");
    }

    private static Object json(ClassLoader loader) throws Exception {
        return loader.loadClass(JsonComparator.class.getName())
                .getMethod("json")
                .invoke(null);
    }

    private static List<?> compare(Object comparator, Object primary, Object candidate) throws Exception {
        return (List<?>) comparator
                .getClass()
                .getMethod("compare", Object.class, Object.class)
                .invoke(comparator, primary, candidate);
    }
}
