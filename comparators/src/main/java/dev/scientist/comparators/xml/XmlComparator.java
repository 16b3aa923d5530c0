package dev.scientist.comparators.xml;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.ResultComparator;
import dev.scientist.UncomparableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Compares two answers as XML documents with XMLUnit, and says where they differ. It needs {@code
 * org.xmlunit:xmlunit-core} on the class path.
 *
 * <p><b>Answers.</b> Text ({@link CharSequence}) and {@code byte[]} are read; a {@code Document}, an {@code Element}
 * and a {@code DOMSource} are taken as they are, and never changed. A source that can be read only once is refused: it
 * is the caller's. Either side may be any of these. A tree of the primary's must be a snapshot: trees of the JDK must
 * not be read by two threads, and the caller is one.
 *
 * <p><b>Equality.</b> The root element and everything below it are compared: names with their namespaces, attributes,
 * text, and the order of elements. Prefixes do not matter, nor does the order of attributes, whether text is CDATA, the
 * hints of a schema's location, and white space between elements. Comments and processing instructions are left out.
 * Answers of the same text or the same bytes are equal without being read.
 *
 * <p><b>Differences.</b> Paths are like those of XPath, with the number of an element as a segment of its own where it
 * has siblings of its name: {@code /order/item/2/@price} is XPath's <code>/order/item[2]/@price</code>. A path ends in
 * {@code @name} for an attribute, {@code text()} for text, {@code comment()}, {@code processing-instruction()} and
 * {@code namespace-uri()}. Names are without prefix. One element that came or went is one difference; the same elements
 * in another order are one difference too. Values are texts; the value of an element is its XML.
 *
 * <p><b>Failures.</b> An answer that is not well-formed is not compared, nor is one with a document type declaration:
 * nothing is ever resolved, loaded or expanded. Over a limit the reason is {@link
 * dev.scientist.Verdict.Reason#OVER_BUDGET}: 8 388 608 characters or bytes, 250 levels, 1 000 000 nodes.
 *
 * <p>Threads: any. Invariant: immutable; each step gives a new comparator. Consequence: one instance may serve all
 * experiments.
 *
 * @since 0.1.0
 */
public final class XmlComparator implements ResultComparator<Object> {

    private static final int DEFAULT_MAX_DIFFERENCES = 100; // chosen: more than anyone reads of one call

    private final Trimming trimming;
    private final @Nullable List<String> keys; // null where the order of elements matters
    private final int maxDifferences;

    private XmlComparator(Trimming trimming, @Nullable List<String> keys, int maxDifferences) {
        this.trimming = trimming;
        this.keys = keys;
        this.maxDifferences = maxDifferences;
    }

    /**
     * Compares all of two documents.
     *
     * @throws IllegalStateException if XMLUnit is not on the class path
     */
    public static XmlComparator xml() {
        requireXmlUnit();
        return new XmlComparator(Trimming.STANDARD, null, DEFAULT_MAX_DIFFERENCES);
    }

    /**
     * Leaves elements, with everything below them, and attributes out, on both sides, present or not.
     *
     * @param paths names without prefix from the root down, an attribute with {@code @} in front. {@code *} is any one
     *     element, {@code **} any number of elements, none included, {@code @*} any attribute:
     *     <code>"/order/item/@etag"</code>, <code>"/**&#47;timestamp"</code>. Numbers of elements are not
     *     written: a name stands for all elements with it. The paths are added to those given already
     * @throws IllegalArgumentException if a path is not such a path
     */
    public XmlComparator ignoring(String... paths) {
        List<NamePattern> more = new ArrayList<>(trimming.ignored());
        Arrays.stream(requireNonNull(paths, "paths")).map(NamePattern::of).forEach(more::add);
        return with(new Trimming(more, trimming.space(), trimming.hasComments()));
    }

    /**
     * Lets the elements of each element come in any order. Each must still come as often on both sides.
     *
     * @param attributes the names of attributes by which elements of one name are paired, if they have all of these;
     *     the other elements, or all of them if no attribute is given, are paired if they are equal, and the rest by
     *     their names
     */
    public XmlComparator ignoringElementOrder(String... attributes) {
        return new XmlComparator(trimming, List.of(attributes), maxDifferences);
    }

    /** Compares white space between elements too. */
    public XmlComparator keepingSpace() {
        return with(new Trimming(trimming.ignored(), Trimming.Space.KEPT, trimming.hasComments()));
    }

    /** Takes any white space in text for one space, and none for any at its ends. */
    public XmlComparator normalisingSpace() {
        return with(new Trimming(trimming.ignored(), Trimming.Space.NORMALISED, trimming.hasComments()));
    }

    /** Compares comments and processing instructions too. */
    public XmlComparator keepingComments() {
        return with(new Trimming(trimming.ignored(), trimming.space(), true));
    }

    /**
     * Ends the report after so many differences. Default: 100.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if it is less
     */
    public XmlComparator maxDifferences(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("maxDifferences must be at least 1 but was " + most);
        }
        return new XmlComparator(trimming, keys, most);
    }

    private static void requireXmlUnit() {
        try {
            Class.forName("org.xmlunit.diff.DOMDifferenceEngine", false, XmlComparator.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            throw new IllegalStateException(
                    "XmlComparator needs XMLUnit on the class path but found no org.xmlunit:xmlunit-core", absent);
        }
    }

    private XmlComparator with(Trimming other) {
        return new XmlComparator(other, keys, maxDifferences);
    }

    /**
     * Compares two answers.
     *
     * @return the differences, at most {@link #maxDifferences}; empty when the two are equal
     * @throws UncomparableException if the two cannot be compared; the message says why, and holds no value
     */
    @Override
    public List<Difference> compare(Object primary, Object candidate) {
        requireNonNull(primary, "primary");
        requireNonNull(candidate, "candidate");
        if (areSame(primary, candidate)) {
            return List.of();
        }
        try {
            Element root = XmlAnswers.read("primary", primary);
            Element other = XmlAnswers.read("candidate", candidate);
            trimming.apply(root);
            trimming.apply(other);
            return new XmlReport(new Counterparts(keys), maxDifferences).differences(root, other);
        } catch (StackOverflowError tooSmall) {
            // The depth is limited, so this is a thread with far less than the default stack.
            throw new UncomparableException("the stack of this thread is too small for documents nested this deeply");
        }
    }

    private static boolean areSame(Object primary, Object candidate) {
        boolean areTexts = primary instanceof CharSequence && candidate instanceof CharSequence;
        return areTexts
                ? primary.toString().contentEquals((CharSequence) candidate)
                : Objects.deepEquals(primary, candidate); // nodes are compared by identity
    }

    @Override
    public String description() {
        return "xml" + (keys == null ? "" : " in any order by " + Trimming.quoted(keys)) + trimming.description();
    }

    /** Describes for people how answers are compared. */
    @Override
    public String toString() {
        return "xml" + (keys == null ? "" : " in any order") + trimming;
    }
}
