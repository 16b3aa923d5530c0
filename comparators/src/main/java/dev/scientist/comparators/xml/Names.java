package dev.scientist.comparators.xml;

import org.w3c.dom.Attr;
import org.w3c.dom.Node;

/** Gives the names of nodes in paths. */
final class Names {

    private Names() {}

    /** The name of an element or attribute, without its prefix. */
    static String local(Node node) {
        String name = node.getLocalName() == null
                ? node.getNodeName()
                : node.getLocalName(); // DOM level 1 has no local names
        return name.substring(name.indexOf(':') + 1);
    }

    /** The last segment of the path to a node. */
    static String segment(Node node) {
        return switch (node.getNodeType()) {
            case Node.ATTRIBUTE_NODE -> "@" + local(node);
            case Node.COMMENT_NODE -> "comment()";
            case Node.PROCESSING_INSTRUCTION_NODE -> "processing-instruction()";
            case Node.ELEMENT_NODE -> local(node);
            default -> "text()";
        };
    }

    /** The path to a node from its root. */
    static String path(Node node) {
        StringBuilder path = new StringBuilder();
        Node current = node;
        while (current != null && current.getNodeType() != Node.DOCUMENT_NODE) {
            boolean isAttribute = current.getNodeType() == Node.ATTRIBUTE_NODE;
            path.insert(0, "/" + segment(current) + (isAttribute ? "" : number(current)));
            current = isAttribute ? ((Attr) current).getOwnerElement() : current.getParentNode();
        }
        return path.toString();
    }

    /** The number of a node among its siblings of the same name, if there are any. */
    private static String number(Node node) {
        int before = 0;
        int after = 0;
        String segment = segment(node);
        for (Node other = node.getPreviousSibling(); other != null; other = other.getPreviousSibling()) {
            before += segment(other).equals(segment) ? 1 : 0;
        }
        for (Node other = node.getNextSibling(); other != null && after == 0; other = other.getNextSibling()) {
            after += segment(other).equals(segment) ? 1 : 0;
        }
        return before + after == 0 ? "" : "/" + (before + 1);
    }
}
