package dev.scientist.comparators;

import static dev.scientist.comparators.Comparators.elements;
import static dev.scientist.comparators.Comparators.http;
import static dev.scientist.comparators.Comparators.text;
import static dev.scientist.comparators.Comparators.tree;
import static dev.scientist.comparators.JsonComparator.json;
import static dev.scientist.comparators.protobuf.ProtobufComparator.protobuf;
import static dev.scientist.comparators.xml.XmlComparator.xml;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.UnknownFieldSet;
import dev.scientist.Difference;
import dev.scientist.ResultComparator;
import dev.scientist.comparators.Comparators.HttpAnswer;
import dev.scientist.comparators.protobuf.ProtobufComparator;
import dev.scientist.comparators.xml.XmlComparator;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The code of docs/comparators.md about formats other than JSON, compiled and run. */
class FormatsPageTest {

    record Reply(int code, Map<String, List<String>> headers, String text) {}

    @Test
    void textsAreCompared() throws Exception {
        // tag::text[]
        ResultComparator<CharSequence> comparator = text().ignoringLineEnds() // \r\n is \n
                .ignoringTrailingSpace() // at the ends of lines, and empty lines at the end of the text
                .normalised(page -> page.replaceAll("build-[0-9]+", "build"));
        // end::text[]

        assertThat(comparator.compare("a \r\nbuild-7\n\n", "a\nbuild-8")).isEmpty();
        assertThat(comparator.compare("a", "b")).hasSize(1);
    }

    @Test
    void sequencesAreCompared() throws Exception {
        // tag::elements[]
        ResultComparator<Object> comparator = elements(json().ignoring("/etag")) // how to compare two elements
                .most(50_000); // more are over budget; by default 10 000
        ResultComparator<Object> beginning = elements(json()).first(100); // what comes after these is not looked at
        // end::elements[]

        assertThat(comparator.compare(List.of("{\"etag\":1}"), new String[] {"{}"}))
                .isEmpty();
        assertThat(beginning.compare(List.of("1"), List.of("2"))).hasSize(1);
    }

    @Test
    void responsesAreCompared() throws Exception {
        // tag::http[]
        ResultComparator<HttpResponse<?>> comparator = http() // java.net.http
                .headers("Content-Type", "Cache-Control") // instead of content-type and location
                .json(json().ignoring("/requestId"))
                .xml(xml().ignoring("/**/timestamp"))
                .text(text().ignoringLineEnds());
        ResultComparator<Reply> other = http( // any other library
                reply -> new HttpAnswer(reply.code(), reply.headers(), reply.text()));
        // end::http[]

        assertThat(comparator).hasToString("http with headers [content-type, cache-control]");
        assertThat(other.compare(reply(200, "{\"a\":1}"), reply(500, "{\"a\":2}")))
                .extracting(Difference::path)
                .containsExactly("/status", "/body/a");
    }

    @Test
    void xmlIsCompared() {
        // tag::xml[]
        XmlComparator comparator = xml().ignoring("/order/@etag", "/**/timestamp")
                .ignoringElementOrder("id") // elements of one name find each other by this attribute
                .normalisingSpace();
        // end::xml[]

        assertThat(comparator.compare(
                        "<order etag='1'><item id='1'>a</item><item id='2'>b</item></order>",
                        "<order><timestamp/><item id='2'> b </item><item id='1'>c</item></order>"))
                .extracting(Difference::path)
                .containsExactly("/order/item/1/text()");
    }

    @Test
    void messagesAreCompared() {
        // tag::protobuf[]
        ProtobufComparator comparator = protobuf()
                .rules(
                        Rule.at("/total/units").within("1"),
                        Rule.at("/order_lines").byKey("/product_id"),
                        Rule.at("/#17").ignored()); // an unknown field, by its number
        // end::protobuf[]

        Duration primary = Duration.newBuilder().setSeconds(1).build();
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(17, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        assertThat(comparator.compare(
                        primary, primary.toBuilder().setUnknownFields(unknown).build()))
                .isEmpty();
        assertThat(comparator.compare(primary, primary.toBuilder().setNanos(1).build()))
                .extracting(Difference::path)
                .containsExactly("/nanos");
    }

    @Test
    void anythingElseIsComparedByItsTree() throws Exception {
        // tag::tree[]
        ResultComparator<Properties> comparator = tree((Properties properties) -> new TreeMap<>(properties))
                .rules(Rule.at("/**").blankAsMissing());
        // end::tree[]

        Properties primary = new Properties();
        primary.setProperty("a", "1");
        Properties candidate = new Properties();
        candidate.setProperty("a", "1");
        candidate.setProperty("b", " ");
        assertThat(comparator.compare(primary, candidate)).isEmpty();
        assertThat(comparator.compare(primary, new Properties())).hasSize(1);
    }

    private static Reply reply(int code, String json) {
        return new Reply(code, Map.of("content-type", List.of("application/json")), json);
    }
}
