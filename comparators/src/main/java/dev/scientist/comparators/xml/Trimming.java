package dev.scientist.comparators.xml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.w3c.dom.Attr;
import org.w3c.dom.CDATASection;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/**
 * Takes out of a tree what does not matter. It may recurse: trees are not deep.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance serves all comparisons.
 */
record Trimming(List<NamePattern> ignored, Space space, boolean hasComments) {

    static final Trimming STANDARD = new Trimming(List.of(), Space.OF_TEXT, false);

    /** Tells which white space matters. */
    enum Space {
        /** All white space matters. */
        KEPT,
        /** White space between elements does not matter. */
        OF_TEXT,
        /** One space means the same as many. */
        NORMALISED
    }

    Trimming {
        ignored = List.copyOf(ignored);
    }

    /** Changes a tree, which must be our own copy. */
    void apply(Element root) {
        trim(root, "/" + Names.local(root));
        root.normalize(); // removed nodes leave texts side by side
        if (space == Space.NORMALISED) {
            normaliseSpace(root);
        }
    }

    private void trim(Element element, String names) {
        if (!ignored.isEmpty()) {
            trimAttributes(element, names);
        }
        List<Node> children = children(element);
        boolean isOfElements = children.stream().anyMatch(Element.class::isInstance)
                && children.stream().noneMatch(child -> child instanceof Text text && !isBlank(text.getData()));
        for (Node child : children) {
            if (child instanceof Element inner) {
                String innerNames = names + "/" + Names.local(inner);
                if (isIgnored(innerNames)) {
                    element.removeChild(inner);
                } else {
                    trim(inner, innerNames);
                }
            } else if (child instanceof Text text) {
                trimText(element, text, isOfElements);
            } else if (!hasComments) {
                element.removeChild(child);
            }
        }
    }

    private void trimText(Element element, Text text, boolean isBetweenElements) {
        if (isBetweenElements && space != Space.KEPT) {
            element.removeChild(text);
        } else if (text instanceof CDATASection) {
            element.replaceChild(element.getOwnerDocument().createTextNode(text.getData()), text);
        }
    }

    private void trimAttributes(Element element, String names) {
        NamedNodeMap attributes = element.getAttributes();
        List<Attr> gone = new ArrayList<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (isIgnored(names + "/@" + Names.local(attributes.item(i)))) {
                gone.add((Attr) attributes.item(i));
            }
        }
        gone.forEach(element::removeAttributeNode);
    }

    private void normaliseSpace(Element element) {
        for (Node child : children(element)) {
            if (child instanceof Element inner) {
                normaliseSpace(inner);
            } else if (child instanceof Text text) {
                String normal = text.getData().replaceAll("[ \t\r\n]+", " ").strip();
                if (normal.isEmpty()) {
                    element.removeChild(text);
                } else {
                    text.setData(normal);
                }
            }
        }
    }

    private boolean isIgnored(String names) {
        return ignored.stream().anyMatch(pattern -> pattern.matches(names));
    }

    static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add(child);
        }
        return children;
    }

    /** Whether a text is white space as XML defines it. */
    private static boolean isBlank(String text) {
        return text.chars()
                .allMatch(character -> character == ' ' || character == '\t' || character == '\n' || character == '\r');
    }

    /** Describes how documents are trimmed, so that two lists of paths are never described alike. */
    String description() {
        return kept() + (ignored.isEmpty() ? "" : " ignoring " + quoted(ignored));
    }

    static String quoted(Collection<?> texts) {
        return texts.stream()
                .map(text -> text.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                .collect(Collectors.joining("\", \"", "[\"", "\"]"));
    }

    @Override
    public String toString() {
        return kept() + (ignored.isEmpty() ? "" : " ignoring " + ignored);
    }

    private String kept() {
        return (space == Space.OF_TEXT ? "" : space == Space.KEPT ? " with all space" : " with space normalised")
                + (hasComments ? " and comments" : "");
    }
}
