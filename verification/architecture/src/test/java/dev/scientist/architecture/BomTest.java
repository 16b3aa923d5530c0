package dev.scientist.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The BOM has no parent, so nothing but this keeps its version and its list in step with the modules. */
class BomTest {
    private static final Path BOM = House.rootDirectory().resolve("bom/pom.xml");
    private static final Path ROOT = House.rootDirectory().resolve("pom.xml");

    @Test
    void theBomListsEveryLibraryAndNothingElse() {
        List<String> libraries = House.libraries().stream()
                .map(library -> textIn(library.directory().resolve("pom.xml"), "/project/artifactId"))
                .flatMap(List::stream)
                .toList();

        List<String> listed = textIn(BOM, "/project/dependencyManagement/dependencies/dependency/artifactId");

        assertThat(listed).containsExactlyElementsOf(libraries);
    }

    @Test
    void theBomHasTheVersionOfTheModules() {
        List<String> version = textIn(BOM, "/project/version");

        assertThat(version).isEqualTo(textIn(ROOT, "/project/version")).hasSize(1);
    }

    @Test
    void theBomBringsNoVersionsOfOthers() {
        assertThat(textIn(BOM, "/project/parent")).isEmpty();
        assertThat(textIn(BOM, "//dependency/groupId")).containsOnly("dev.scientist");
    }

    private static List<String> textIn(Path pom, String path) {
        try {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            XPath xpath = XPathFactory.newInstance().newXPath();
            NodeList nodes = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> nodes.item(i).getTextContent().strip())
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot read " + pom, e);
        }
    }
}
