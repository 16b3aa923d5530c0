package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.ResultComparator;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Comparators of text, sequences, HTTP responses and plain trees.
 *
 * <p>Each factory gives a comparator that can be used as it is; its steps give others. Over a limit, a comparator
 * throws an {@link dev.scientist.OverBudgetException}, and the call is uncompared.
 *
 * <p>Threads: any. Invariant: comparators are immutable; each step gives a new one. Consequence: one instance may serve
 * all experiments, but for the counters of {@linkplain Tree#rules(RuleSet) rules}.
 *
 * @since 0.1.0
 */
public final class Comparators {

    private Comparators() {}

    /**
     * Compares two texts line by line. One line that came or went is one difference.
     *
     * <p>Paths are {@code /line/N}, where N counts from 1 as editors do, in the primary's text, or in the candidate's
     * where only it has the line. Values are the lines as they were compared. A text that ends in a line end has an
     * empty line after it.
     */
    public static Text text() {
        return TextComparator.STANDARD;
    }

    /**
     * Compares two sequences element by element, by index. A sequence is an {@link Iterable}, an array, an {@link
     * java.util.Iterator} or a {@link java.util.stream.BaseStream stream}, and the two need not be of one type.
     *
     * <p>Paths are {@code /index} and the element's own path. Elements of one side beyond the end of the other are
     * missing or unexpected. Null is an element like any other. Streams are closed.
     *
     * @param each compares two elements, neither of them null
     */
    public static Elements elements(ResultComparator<?> each) {
        return ElementsComparator.of(requireNonNull(each, "each"));
    }

    /**
     * Compares HTTP responses of the JDK: status, headers {@code content-type} and {@code location}, and the body by
     * its media type. The body must be a text, a {@code byte[]}, or null; one that can be read only once is refused.
     *
     * @see #http(Function)
     */
    public static Http<HttpResponse<?>> http() {
        return http(HttpComparator.JDK);
    }

    /**
     * Compares HTTP responses of any library: status, headers {@code content-type} and {@code location}, and the body
     * by its media type.
     *
     * <p>Paths are {@code /status}, {@code /headers/name/i} with the name in lower case, and {@code /body} with the
     * body's own path.
     *
     * @param view gives the parts of a response of that library
     */
    public static <R> Http<R> http(Function<? super R, HttpAnswer> view) {
        return HttpComparator.of(requireNonNull(view, "view"));
    }

    /**
     * Compares plain trees under rules: {@link Map} with keys of text, {@link List}, {@link String}, {@link
     * java.math.BigDecimal}, {@link Boolean} and null. It does what {@link JsonComparator} does with documents that
     * have been read, and needs no Jackson.
     */
    public static Tree<Object> tree() {
        return TreeComparator.ofTrees();
    }

    /**
     * Compares answers of any format under rules, by the plain trees that they are made into. Answers that are
     * {@linkplain Object#equals equal} are equal without that, unless a rule restructures them.
     *
     * @param view makes a plain tree of an answer, and changes nothing
     * @see #tree()
     */
    public static <R> Tree<R> tree(Function<? super R, ?> view) {
        return TreeComparator.of(requireNonNull(view, "view"));
    }

    /** Compares texts. */
    public sealed interface Text extends ResultComparator<CharSequence> permits TextComparator {

        /** Takes {@code \r\n}, {@code \r} and {@code \n} for the same. */
        Text ignoringLineEnds();

        /**
         * Leaves out white space and control characters at the end of each line, and empty lines at the end of the
         * text.
         */
        Text ignoringTrailingSpace();

        /**
         * Changes each of the two texts before anything else is done with it, after the normalisers given already.
         *
         * @param normaliser gives the text that is to be compared
         */
        Text normalised(UnaryOperator<String> normaliser);

        /**
         * Limits the characters of each text. Default: 4 194 304.
         *
         * @param most 1 or more; a longer text is over budget
         */
        Text maxCharacters(int most);

        /**
         * Ends the report after so many differences. Default: 100.
         *
         * @param most 1 or more
         */
        Text maxDifferences(int most);

        @Override
        List<Difference> compare(CharSequence primary, CharSequence candidate);
    }

    /** Compares sequences. */
    public sealed interface Elements extends ResultComparator<Object> permits ElementsComparator {

        /**
         * Limits the elements of each sequence. Default: 10 000.
         *
         * @param most 1 or more; a longer sequence is over budget
         */
        Elements most(int most);

        /**
         * Compares the first elements only, instead of a limit. The elements after them are not looked at, are not in
         * the report, and may have no end; {@code toString()} says so.
         *
         * @param first 1 or more
         */
        Elements first(int first);

        /**
         * Also reads a primary's answer that is used up by reading: an {@link java.util.Iterator} or a stream. By
         * default such an answer is not compared, because the caller reads it too, and each element can be read only
         * once: the caller would no longer get it. Say this only where the caller has no use for the answer, or where a
         * snapshot gives the comparison a stream of its own.
         */
        Elements consuming();

        /**
         * Ends the report after so many differences. Default: 100.
         *
         * @param most 1 or more
         */
        Elements maxDifferences(int most);
    }

    /**
     * Compares HTTP responses.
     *
     * <p>The media type says how a body is compared: {@code application/json} and {@code +json} by {@link #json};
     * {@code application/xml}, {@code text/xml} and {@code +xml} by {@link #xml}; any other {@code text} by {@link
     * #text}; everything else, and every body with a content encoding, by its bytes. Text without a charset is UTF-8.
     * Where the two sides are of different kinds, or a text is not in its charset, the bytes are compared. A body that
     * only one side has is missing or unexpected. The same bytes are equal without being read, unless the two name
     * different charsets, or different content encodings: that is a difference, whichever headers are compared.
     *
     * @param <R> the response
     */
    public sealed interface Http<R> extends ResultComparator<R> permits HttpComparator {

        /**
         * Compares these headers instead of the standard ones. Upper and lower case do not matter in names, and nor
         * does the order of different headers. Values are compared byte for byte, one by one, in their order.
         *
         * @param names none to compare no header
         */
        Http<R> headers(String... names);

        /**
         * Compares JSON this way.
         *
         * <p>Default: {@link JsonComparator#json()} where a Jackson is present, else as text.
         *
         * @param comparator of {@code byte[]}, or of a String where the response names a charset
         */
        Http<R> json(ResultComparator<Object> comparator);

        /**
         * Compares XML this way. Default: as text.
         *
         * @param comparator of {@code byte[]}, or of a String where the response names a charset
         */
        Http<R> xml(ResultComparator<Object> comparator);

        /** Compares text this way. Default: {@link Comparators#text()}. */
        Http<R> text(ResultComparator<? super CharSequence> comparator);

        /**
         * Limits the bytes of each body. Default: 16 777 216.
         *
         * @param most 1 or more; a larger body is over budget
         */
        Http<R> maxBody(int most);
    }

    /**
     * The parts of an HTTP response that are compared.
     *
     * @param status the status code
     * @param headers the values of each header, in their order; names in any case
     * @param body a {@code byte[]} or {@link CharSequence}; null for none
     * @since 0.1.0
     */
    public record HttpAnswer(
            int status,
            Map<String, List<String>> headers,
            @Nullable Object body) {

        /** Checks that the headers are not null. */
        public HttpAnswer {
            requireNonNull(headers, "headers");
        }
    }

    /**
     * Compares plain trees.
     *
     * @param <R> the answers, which are plain trees or are made into plain trees
     */
    public sealed interface Tree<R> extends RuledComparator<R> permits TreeComparator {

        @Override
        Tree<R> rules(Rule... more);

        /**
         * Compares under a set of rules, which counts what they hide.
         *
         * @throws IllegalArgumentException if rules were given before
         */
        Tree<R> rules(RuleSet set);

        /**
         * Ends the report after so many differences. Default: 100.
         *
         * @param most 1 or more
         */
        @Override
        Tree<R> maxDifferences(int most);

        @Override
        List<Difference> compare(R primary, R candidate);
    }
}
