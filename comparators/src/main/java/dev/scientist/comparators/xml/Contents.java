package dev.scientist.comparators.xml;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Numbers nodes by what they hold, all below them included: the same number for the same content. Each node is looked
 * at once. Confined to one thread, for one comparison.
 */
final class Contents {

    private static final char BREAK = '\0'; // no XML holds this character

    private final boolean isInAnyOrder;
    private final Map<String, Integer> known = new HashMap<>();
    private final IdentityHashMap<Node, Integer> ids = new IdentityHashMap<>();

    Contents(boolean isInAnyOrder) {
        this.isInAnyOrder = isInAnyOrder;
    }

    int id(Node node) {
        Integer id = ids.get(node);
        if (id == null) {
            String content = content(node);
            id = known.computeIfAbsent(content, unknown -> known.size());
            ids.put(node, id);
        }
        return id;
    }

    private String content(Node node) {
        if (node.getNodeType() != Node.ELEMENT_NODE) {
            return Names.segment(node) + BREAK + node.getNodeName() + BREAK + node.getNodeValue();
        }
        int[] children = Trimming.children(node).stream().mapToInt(this::id).toArray();
        if (isInAnyOrder) {
            Arrays.sort(children);
        }
        return "/" + name(node) + attributes(node.getAttributes()) + BREAK + Arrays.toString(children);
    }

    private static String attributes(NamedNodeMap attributes) {
        TreeSet<String> sorted = new TreeSet<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            String namespace = attribute.getNamespaceURI();
            boolean isData = !XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(namespace);
            if (isData) {
                sorted.add(name(attribute) + BREAK + attribute.getNodeValue());
            }
        }
        return sorted.stream().map(attribute -> BREAK + attribute).collect(Collectors.joining());
    }

    private static String name(Node node) {
        return node.getNamespaceURI() + BREAK + Names.local(node);
    }
}
