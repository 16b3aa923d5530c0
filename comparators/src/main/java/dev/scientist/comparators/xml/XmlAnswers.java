package dev.scientist.comparators.xml;

import dev.scientist.OverBudgetException;
import dev.scientist.UncomparableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Makes a tree of our own of each answer, with the parser of the JDK, which is told to resolve and expand nothing. */
final class XmlAnswers {

    private static final int DEPTH = 250; // levels; chosen: as for JSON, so that a tree may be walked by recursion
    private static final int LARGEST = 8 * 1024 * 1024; // bytes or characters; chosen: some twenty times it as trees
    private static final int MOST_NODES = 1_000_000; // chosen: some 200 MB
    private static final String MOST_ATTRIBUTES = "10000"; // of one element; chosen: as JDK 17 allows by default
    private static final String NO_DOCTYPE = // the JDK's message names it in any language
            "http://apache.org/xml/features/disallow-doctype-decl";
    private static final String LIMIT = "JAXP00010"; // the JDK's messages about its limits begin so in any language

    private XmlAnswers() {}

    /** The root element, in a document that nobody else has. */
    static Element read(String side, Object answer) {
        if (answer instanceof byte[] bytes) {
            requireSize(side, bytes.length);
            return parse(side, new InputSource(new ByteArrayInputStream(bytes)));
        }
        if (answer instanceof CharSequence text) {
            requireSize(side, text.length());
            return parse(side, new InputSource(new StringReader(text.toString())));
        }
        Object node = answer instanceof DOMSource source ? source.getNode() : answer;
        Element root = node instanceof Document document ? document.getDocumentElement() : null;
        if (root == null && node instanceof Element element) {
            root = element;
        }
        if (root == null) {
            throw new UncomparableException("the " + side
                    + "'s answer must be a text, a byte[], a Document, an Element or a DOMSource of these but was a "
                    + (node == null ? answer : node).getClass().getName());
        }
        requireSmall(side, root);
        return copy(root);
    }

    private static Element parse(String side, InputSource source) {
        try {
            DocumentBuilder parser = factory().newDocumentBuilder();
            parser.setEntityResolver((publicId, systemId) -> {
                throw new SAXException("nothing is resolved");
            });
            parser.setErrorHandler(new DefaultHandler()); // the standard handler writes to the console
            Element root = parser.parse(source).getDocumentElement();
            requireSmall(side, root);
            return root;
        } catch (SAXException | IOException failed) {
            // The cause is left out, because its message quotes the document.
            String message = String.valueOf(failed.getMessage());
            if (message.startsWith(LIMIT)) {
                throw new OverBudgetException("the " + side + "'s answer is beyond a limit of the JDK's XML parser");
            }
            throw new UncomparableException("the " + side + "'s answer "
                    + (message.contains(NO_DOCTYPE)
                            ? "has a document type declaration, which is refused"
                            : "cannot be read as XML")
                    + place(failed));
        } catch (ParserConfigurationException | RuntimeException failed) {
            if (failed instanceof UncomparableException known) {
                throw known;
            }
            throw new UncomparableException("the " + side + "'s answer cannot be read as XML: the parser failed with "
                    + failed.getClass().getName());
        }
    }

    private static String place(Exception failed) {
        return failed instanceof SAXParseException parsing
                ? " (line " + parsing.getLineNumber() + ", column " + parsing.getColumnNumber() + ")"
                : "";
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        // We take the JDK's own factory, whatever else is on the class path, because we know what features mean to it.
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setCoalescing(true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature(NO_DOCTYPE, true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature(
                "http://apache.org/xml/features/dom/defer-node-expansion", false); // each node is looked at anyway
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        // These limits are set because the JDK's defaults have changed with Java 24: whether an answer is over a limit
        // must not depend on the JDK.
        factory.setAttribute("jdk.xml.maxElementDepth", "0"); // no limit: ours is checked afterwards
        factory.setAttribute("jdk.xml.elementAttributeLimit", MOST_ATTRIBUTES);
        return factory;
    }

    private static Element copy(Element root) {
        try {
            Document document = factory().newDocumentBuilder().newDocument();
            Element copy = (Element) document.importNode(root, true);
            document.appendChild(copy);
            return copy;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("the JDK's XML parser lacks a feature", impossible);
        }
    }

    private static void requireSize(String side, int size) {
        if (size > LARGEST) {
            throw new OverBudgetException(
                    "the " + side + "'s answer is larger than " + LARGEST + " bytes or characters");
        }
    }

    /** Walks through the tree without recursion. */
    private static void requireSmall(String side, Element root) {
        int depth = 1;
        int nodes = 0;
        Node node = root;
        while (node != null) {
            if (++nodes > MOST_NODES) {
                throw new OverBudgetException("the " + side + "'s answer has more than " + MOST_NODES + " nodes");
            }
            if (depth > DEPTH) {
                throw new OverBudgetException("the " + side + "'s answer is nested deeper than " + DEPTH + " levels");
            }
            Node child = node.getFirstChild();
            if (child != null) {
                depth++;
                node = child;
                continue;
            }
            while (node != root && node != null && node.getNextSibling() == null) {
                node = node.getParentNode();
                depth--;
            }
            node = after(node, root);
        }
    }

    private static @Nullable Node after(@Nullable Node node, Element root) {
        return node == null || node == root ? null : node.getNextSibling();
    }
}
