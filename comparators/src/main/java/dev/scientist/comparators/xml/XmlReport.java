package dev.scientist.comparators.xml;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.OverBudgetException;
import dev.scientist.UncomparableException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xmlunit.XMLUnitException;
import org.xmlunit.diff.Comparison;
import org.xmlunit.diff.ComparisonResult;
import org.xmlunit.diff.DOMDifferenceEngine;
import org.xmlunit.diff.DifferenceEvaluators;

/** Has XMLUnit compare two trees, and writes down what it finds. Confined to one thread, for one comparison. */
final class XmlReport {

    private static final int INTERRUPT_CHECK_MASK = 1_023; // chosen: often enough for a deadline in milliseconds

    private final Counterparts counterparts;
    private final int most;
    private final List<Difference> differences = new ArrayList<>();
    private int seen;

    XmlReport(Counterparts counterparts, int most) {
        this.counterparts = counterparts;
        this.most = most;
    }

    List<Difference> differences(Element primary, Element candidate) {
        // Both sources are trees: the factory is never asked, and is named only so that none is looked for.
        DOMDifferenceEngine engine = new DOMDifferenceEngine(DocumentBuilderFactory.newDefaultInstance());
        engine.setNodeMatcher(counterparts);
        engine.setDifferenceEvaluator(this::judge);
        engine.addDifferenceListener((comparison, outcome) -> add(comparison));
        engine.setComparisonController(difference -> differences.size() >= most);
        try {
            engine.compare(new DOMSource(primary), new DOMSource(candidate));
        } catch (XMLUnitException failed) {
            throwIfInterrupted();
            throw new UncomparableException("XMLUnit failed", failed);
        }
        return List.copyOf(differences);
    }

    /** Takes similar nodes, in the words of XMLUnit, for equal, and reports once what XMLUnit reports twice. */
    private ComparisonResult judge(Comparison comparison, ComparisonResult outcome) {
        if ((++seen & INTERRUPT_CHECK_MASK) == 0) {
            throwIfInterrupted();
        }
        if (outcome == ComparisonResult.EQUAL) {
            return outcome;
        }
        boolean isDifferent = switch (comparison.getType()) {
            case CHILD_NODELIST_SEQUENCE -> counterparts.isReordered(parent(comparison));
            case CHILD_NODELIST_LENGTH, ELEMENT_NUM_ATTRIBUTES -> false; // the lookups name the children or attributes
            default -> DifferenceEvaluators.Default.evaluate(comparison, outcome) == ComparisonResult.DIFFERENT;
        };
        return isDifferent ? ComparisonResult.DIFFERENT : ComparisonResult.EQUAL;
    }

    private static @Nullable Node parent(Comparison comparison) {
        return comparison.getControlDetails().getTarget().getParentNode();
    }

    private void add(Comparison comparison) {
        Node node = comparison.getControlDetails().getTarget();
        Node other = comparison.getTestDetails().getTarget();
        Object value = comparison.getControlDetails().getValue();
        Object otherValue = comparison.getTestDetails().getValue();
        differences.add(
                switch (comparison.getType()) {
                    case CHILD_LOOKUP ->
                        node == null
                                ? Difference.of(Names.path(other), Kind.UNEXPECTED, null, shown(other))
                                : Difference.of(Names.path(node), Kind.MISSING, shown(node), null);
                    case ATTR_NAME_LOOKUP ->
                        value == null
                                ? Difference.of(
                                        place(other, otherValue), Kind.UNEXPECTED, null, attribute(other, otherValue))
                                : Difference.of(place(node, value), Kind.MISSING, attribute(node, value), null);
                    case CHILD_NODELIST_SEQUENCE ->
                        Difference.of(
                                Names.path(node.getParentNode()),
                                Kind.REORDERED,
                                shown(node.getParentNode()),
                                shown(other.getParentNode()));
                    case NAMESPACE_URI ->
                        Difference.of(Names.path(node) + "/namespace-uri()", Kind.CHANGED, value, otherValue);
                    case ELEMENT_TAG_NAME, NODE_TYPE ->
                        Difference.of(Names.path(node), Kind.TYPE_CHANGED, node.getNodeName(), other.getNodeName());
                    default ->
                        Difference.of(
                                Names.path(node), Kind.CHANGED, String.valueOf(value), String.valueOf(otherValue));
                });
    }

    private static String place(Node owner, @Nullable Object name) {
        boolean isElement = owner.getNodeType() == Node.ELEMENT_NODE; // an element's type in a schema is an attribute
        return Names.path(owner)
                + (isElement && name instanceof QName qualified ? "/@" + qualified.getLocalPart() : "");
    }

    private static @Nullable String attribute(Node owner, @Nullable Object name) {
        if (!(owner instanceof Element element) || !(name instanceof QName qualified)) {
            return owner.getNodeValue();
        }
        String namespace = qualified.getNamespaceURI().isEmpty() ? null : qualified.getNamespaceURI();
        return element.getAttributeNS(namespace, qualified.getLocalPart());
    }

    /** The XML of an element; of anything else what it holds. */
    private static @Nullable String shown(Node node) {
        if (node.getNodeType() != Node.ELEMENT_NODE) {
            return node.getNodeValue();
        }
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer writer = factory.newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            writer.transform(new DOMSource(node), new StreamResult(text));
            return text.toString();
        } catch (TransformerException | RuntimeException unwritable) { // a tree made by hand may hold what no XML can
            return node.getTextContent();
        }
    }

    private static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new OverBudgetException("the comparison was interrupted");
        }
    }
}
