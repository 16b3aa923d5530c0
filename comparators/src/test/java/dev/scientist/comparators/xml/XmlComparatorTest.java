package dev.scientist.comparators.xml;

import static dev.scientist.comparators.xml.XmlComparator.xml;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import dev.scientist.UncomparableException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class XmlComparatorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<a><b>1</b></a> | <a>\\n  <b>1</b>\\n</a>",
                "<a x='1' y='2'/> | <a y=\"2\" x=\"1\"></a>",
                "<p:a xmlns:p='urn:x'><p:b/></p:a> | <a xmlns='urn:x'><b/></a>",
                "<a><![CDATA[x<y]]></a> | <a>x&lt;y</a>",
                "<a>x<![CDATA[y]]></a> | <a>xy</a>",
                "<?xml version='1.0' encoding='utf-8'?><!-- x --><a/> | <a/>",
                "<a>x<!-- c -->y<?pi d?></a> | <a>xy</a>",
                "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:x x.xsd'/> | <a/>",
            })
    void whatSaysTheSameIsEqual(String primary, String candidate) {
        String lines = candidate.replace("\\n", "\n");

        assertThat(xml().compare(primary, lines)).isEmpty();
        assertThat(xml().compare(lines, primary)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<o><n>a</n></o> | <o><n>b</n></o> | changed at /o/n/text()",
                "<o><n>a</n></o> | <o><n>a </n></o> | changed at /o/n/text()",
                "<o><n>a</n></o> | <o><n/></o> | missing at /o/n/text()",
                "<o><n> </n></o> | <o><n/></o> | missing at /o/n/text()",
                "<o n='a'/> | <o n='b'/> | changed at /o/@n",
                "<o n='a'/> | <o/> | missing at /o/@n",
                "<o/> | <o n=''/> | unexpected at /o/@n",
                "<o><a/></o> | <o><a/><b/></o> | unexpected at /o/b",
                "<o><a/><a/></o> | <o><a/></o> | missing at /o/a/2",
                "<o><a/><b/></o> | <o><b/><a/></o> | reordered at /o",
                "<o><i>1</i><i>2</i></o> | <o><i>2</i><i>1</i></o> | reordered at /o",
                "<o/> | <p/> | type_changed at /o",
                "<o/> | <o xmlns='urn:x'/> | changed at /o/namespace-uri()",
                "<o><i>1</i><i>2</i></o> | <o><i>1</i><i>3</i></o> | changed at /o/i/2/text()",
                "<o xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:type='a'/> | <o xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:type='b'/> | changed at /o/@type",
                "<o xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:type='a'/> | <o/> | missing at /o/@type",
                "<o/> | <o xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:type='a'/> | unexpected at /o/@type",
                "<o xmlns:p='urn:p' p:n='a'/> | <o n='a' xmlns:p='urn:p' p:n='a'/> | unexpected at /o/@n",
                "<o>a<b/>c</o> | <o>a<b/>d</o> | changed at /o/text()/2",
                "<o>a <b/> <b/></o> | <o>a <b/><b/></o> | missing at /o/text()/2",
            })
    void everyDifferenceIsOneAndHasItsPlace(String primary, String candidate, String difference) {
        List<Difference> differences = xml().compare(primary, candidate);

        assertThat(differences)
                .singleElement()
                .extracting(found -> found.kind().tag() + " at " + found.path())
                .isEqualTo(difference);
    }

    @Test
    void anElementThatCameIsOneDifferenceAndShowsItsXml() {
        String primary = items(1, 500);
        String candidate =
                primary.replace("<i>250</i>", "<i>250</i><i n='x'>new</i>").replace("<i>400</i>", "<i>0</i>");

        List<Difference> differences = xml().compare(primary, candidate);

        assertThat(differences)
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder(
                        "unexpected at /o/i/251 [null -> java.lang.String]",
                        "changed at /o/i/400/text() [java.lang.String]");
        assertThat(differences).extracting(Difference::candidate).contains("<i n=\"x\">new</i>", "0");
    }

    @Test
    @Tag("case-36")
    void elementsComeInAnyOrderWhereAsked() {
        XmlComparator comparator = xml().ignoringElementOrder();

        assertThat(comparator.compare("<o><a/><b><c/>x<d/></b><b/></o>", "<o><b/><b><d/>x<c/></b><a/></o>"))
                .isEmpty();
        assertThat(comparator.compare("<o><i>1</i><i>2</i><i>2</i></o>", "<o><i>2</i><i>1</i><i>1</i></o>"))
                .hasToString("[changed at /o/i/3/text() [java.lang.String]]");
    }

    @Test
    @Tag("case-36")
    void elementsFindEachOtherByTheirKeys() {
        XmlComparator comparator = xml().ignoringElementOrder("id");

        List<Difference> differences = comparator.compare(
                "<o><i id='1' p='1'/><i id='2' p='2'/><i id='3'/><n/></o>",
                "<o><n/><i id='4'/><i id='2' p='3'/><i id='1' p='1'/></o>");

        assertThat(differences)
                .extracting(Difference::toString)
                .containsExactlyInAnyOrder(
                        "changed at /o/i/2/@p [java.lang.String]",
                        "missing at /o/i/3 [java.lang.String -> null]",
                        "unexpected at /o/i/1 [null -> java.lang.String]");
    }

    @Test
    void placesAreLeftOut() {
        XmlComparator comparator = xml().ignoring("/o/i/@etag", "/**/at", "/o/*/debug", "/o/x/@*");

        assertThat(comparator.compare(
                        "<o><at>1</at><i etag='1'><at>2</at></i><i etag='2'><debug/></i><x a='1'/></o>",
                        "<o>  <i/><i etag='3'/> <x/><at/></o>"))
                .isEmpty();
        assertThat(comparator.compare("<o><i><atx>1</atx></i></o>", "<o><i><atx>2</atx></i></o>"))
                .hasSize(1);
        assertThat(comparator.compare("<o etag='1'/>", "<o etag='2'/>")).hasSize(1);
        assertThatThrownBy(() -> xml().ignoring("o/i"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but was \"o/i\"");
    }

    @Test
    void spaceAndCommentsCountAsAsked() {
        assertThat(xml().keepingSpace().compare("<a> <b/></a>", "<a><b/></a>"))
                .hasToString("[missing at /a/text() [java.lang.String -> null]]");
        assertThat(xml().normalisingSpace().compare("<a> x \n y <b/> </a>", "<a>x y<b/></a>"))
                .isEmpty();
        assertThat(xml().keepingComments().compare("<a><!--x--><?p d?></a>", "<a><!--y--><?p e?></a>"))
                .extracting(Difference::path)
                .containsExactly("/a/comment()", "/a/processing-instruction()");
    }

    @Test
    void bytesAreReadInTheCharsetTheyName() {
        byte[] latin = "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".getBytes(ISO_8859_1);

        assertThat(xml().compare(latin, "<a>é</a>".getBytes(UTF_8))).isEmpty();
        assertThat(xml().compare("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>", latin))
                .isEmpty();
    }

    @Test
    void treesAreComparedAsTheyAreAndNotChanged() throws Exception {
        Document document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().newDocument();
        Element root = document.createElement("a");
        document.appendChild(root);
        root.appendChild(document.createTextNode(" "));
        root.appendChild(document.createElement("b"));

        assertThat(xml().compare(document, "<a><b/></a>")).isEmpty();
        assertThat(xml().compare("<b/>", root.getLastChild())).isEmpty();
        assertThat(xml().compare(new DOMSource(root), "<a><c/></a>")).hasSize(2);
        assertThat(root.getChildNodes().getLength()).isEqualTo(2);
    }

    @Test
    void whatIsNoXmlIsNotCompared() {
        StreamSource source = new StreamSource(new StringReader("<a/>"));

        assertThatThrownBy(() -> xml().compare("<a/>", "<a>secret"))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the candidate's answer cannot be read as XML (line 1, column 10)")
                .hasNoCause();
        assertThatThrownBy(() -> xml().compare(source, "<a/>"))
                .hasMessageContaining("must be a text")
                .hasMessageEndingWith("but was a javax.xml.transform.stream.StreamSource");
        assertThatThrownBy(() -> xml().compare("", "<a/>")).isInstanceOf(UncomparableException.class);
    }

    @Test
    @Tag("case-45")
    void overALimitItGivesUp() {
        String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);

        assertThatThrownBy(() -> xml().compare(deep, "<a/>"))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the primary's answer is nested deeper than 250 levels");
        assertThatThrownBy(() -> xml().compare("<a/>", "<a>" + "x".repeat(8 * 1024 * 1024) + "</a>"))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the candidate's answer is larger than 8388608 bytes or characters");
        assertThatThrownBy(() -> xml().compare("<a/>", "<a>" + "<b/>".repeat(1_000_000) + "</a>"))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the candidate's answer has more than 1000000 nodes");
    }

    @Test
    void anElementMayHaveManyAttributesOnEveryJdk() {
        String attributes = IntStream.range(0, 1_000)
                .mapToObj(i -> " a" + i + "='" + i + "'")
                .collect(Collectors.joining());

        assertThat(xml().compare("<a" + attributes + "/>", "<a" + attributes + " b=''/>"))
                .hasSize(1);
    }

    @Test
    @Tag("case-45")
    void whatIsNotTooDeepIsCompared() {
        String primary = "<a>".repeat(250) + "</a>".repeat(250);
        String candidate = "<a>".repeat(249) + "<b/>" + "</a>".repeat(249);

        assertThat(xml().compare(primary, candidate)).hasSize(2);
        assertThat(xml().ignoringElementOrder().compare(primary, candidate)).hasSize(2);
    }

    @Test
    void manyElementsInAnyOrderAreComparedInTime() {
        String backwards = IntStream.range(0, 5_000)
                .mapToObj(i -> "<i>" + (4_999 - i) + "</i>")
                .collect(Collectors.joining("", "<o>", "</o>"));

        assertThat(xml().ignoringElementOrder().compare(items(0, 4_999), backwards))
                .isEmpty();
        assertThat(xml().compare(items(0, 4_999), backwards)).hasToString("[reordered at /o [java.lang.String]]");
    }

    @Test
    void theReportEndsAtItsLimit() {
        assertThat(xml().compare(items(1, 300), items(1_001, 1_300))).hasSize(100);
        assertThat(xml().maxDifferences(2).compare(items(1, 300), "<o/>")).hasSize(2);
    }

    private static String items(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "<i>" + i + "</i>")
                .collect(Collectors.joining("", "<o>", "</o>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/o/i/2/@p | ; write \"/o/i/@p\", which is every i",
                "/o/i[2]/@p | ; write \"/o/i/@p\", which is every i",
                "/o/2/i/3 | ; write \"/o/i\", which is every i",
                "/p:o/p:i | ; write \"/o/i\", which is every i",
                "/o/@p:q | ; write \"/o/@q\", which is every o",
                "/o/n/text() | ; name the element, which is left out with what is in it",
                "/o/it* | ; a wildcard stands for a whole name: \"*\", \"**\" or \"@*\""
            })
    void aPathThatCouldIgnoreNothingIsRefused(String path, String remedy) {
        assertThatThrownBy(() -> xml().ignoring(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path must be names alone, without number or prefix, but was \"" + path + "\"" + remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/o/i2", "/**/i-1.x", "/o/*/@p", "/o/@*", "/o/**", "/**", "/*"})
    void everyOtherPathIsTaken(String path) {
        XmlComparator comparator = xml().ignoring(path);

        assertThat(comparator).hasToString("xml ignoring [" + path + "]");
    }
}
