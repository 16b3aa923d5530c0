package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.ResultComparator;
import dev.scientist.comparators.xml.XmlComparator;
import java.lang.reflect.InvocationTargetException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens in applications that have neither XMLUnit nor protobuf, or no Jackson. */
class FormatPresenceTest {

    private static final Without NEITHER = new Without("org.xmlunit.", "com.google.protobuf.");

    @ParameterizedTest
    @CsvSource({"Comparators, text", "Comparators, tree", "JsonComparator, json"})
    void otherFormatsAreComparedWithoutThem(String type, String factory) throws Exception {
        Object comparator = NEITHER.loadClass("dev.scientist.comparators." + type)
                .getMethod(factory)
                .invoke(null);

        Object differences = NEITHER.loadClass(ResultComparator.class.getName())
                .getMethod("compare", Object.class, Object.class)
                .invoke(comparator, "1", "2");

        assertThat(differences).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(1);
    }

    @Test
    void withoutXmlUnitAnXmlComparatorFailsWhenItIsMade() throws Exception {
        Class<?> type = NEITHER.loadClass(XmlComparator.class.getName());

        assertThat(type.getDeclaredMethods()).isNotEmpty();
        assertThatThrownBy(() -> type.getMethod("xml").invoke(null))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("org.xmlunit:xmlunit-core");
    }

    @Test
    void anHttpComparatorNeedsNoJackson() throws Exception {
        Without loader =
                new Without("com.fasterxml.jackson.core.", "com.fasterxml.jackson.databind.", "tools.jackson.");

        Object comparator =
                loader.loadClass(Comparators.class.getName()).getMethod("http").invoke(null);

        assertThat(comparator).hasToString("http with headers [content-type, location]");
    }
}
