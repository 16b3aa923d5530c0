package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

    @Test
    void nothingFromOutsideBecomesMarkup() throws Exception {
        Document page = parse(HtmlReport.of(Reports.hostile()));

        List<Element> elements = elements(page, "*");

        assertThat(elements).noneMatch(element -> List.of("script", "img", "b").contains(element.getTagName()));
        assertThat(elements).noneMatch(element -> element.hasAttribute("onerror"));
        assertThat(elements(page, "figure").get(0).getTextContent()).contains("<script>alert('x')</script>");
    }

    @Test
    void thePageIsWellFormedAndHoldsNoControlCharacter() throws Exception {
        String html = HtmlReport.of(Reports.hostile());

        Document page = parse(html);

        assertThat(page.getDocumentElement().getTagName()).isEqualTo("html");
        assertThat(page.getDocumentElement().getTextContent()).contains("HOLD: " + Reports.DECISION);
        assertThat(html.chars()).allMatch(character -> character >= ' ' || character == '\n');
    }

    @Test
    void thePageNeedsNothingElse() {
        String html = HtmlReport.of(Reports.hostile());

        assertThat(html).doesNotContain("http:", "https:", "url(", "@import", "<link");
    }

    @Test
    void eachPlotIsSvgThatSaysWhatItShows() throws Exception {
        Document page = parse(HtmlReport.of(Reports.hostile()));

        List<Element> plots = elements(page, "svg");

        assertThat(plots).hasSize(3).allSatisfy(plot -> {
            assertThat(plot.getElementsByTagName("title").item(0).getTextContent())
                    .isNotBlank();
            assertThat(plot.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
            assertThat(plot.getAttribute("role")).isEqualTo("img");
        });
    }

    @Test
    void aGroupUnfoldsToBothSides() throws Exception {
        Document page = parse(HtmlReport.of(Reports.hostile()));

        List<Element> groups = elements(page, "details");

        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.getElementsByTagName("figure").getLength()).isEqualTo(3);
            assertThat(group.getElementsByTagName("mark").item(0).getTextContent())
                    .isEqualTo("<p>");
            assertThat(group.getElementsByTagName("mark").item(1).getTextContent())
                    .isEqualTo("<b>");
        });
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<Element> elements(Document page, String tag) {
        NodeList nodes = page.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
