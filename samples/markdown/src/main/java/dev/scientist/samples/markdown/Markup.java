package dev.scientist.samples.markdown;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML with inline SVG that is also well-formed XML. Every text is escaped, so no text from outside can become
 * markup.
 */
final class Markup {

    private final StringBuilder html = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts an element; the attributes are names and values, alternately. */
    Markup open(String tag, String... attributes) {
        start(tag, attributes);
        html.append('>');
        open.push(tag);
        return this;
    }

    /** Ends the innermost open element. */
    Markup close() {
        html.append("</").append(open.pop()).append('>');
        return this;
    }

    Markup text(String text) {
        html.append(escape(text));
        return this;
    }

    /** Adds an element that contains only text. */
    Markup leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Adds an element that has no end tag in HTML, or a shape in SVG. */
    Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        html.append("/>");
        return this;
    }

    /** Ends a line of the source, so that people can read it. */
    Markup line() {
        html.append('\n');
        return this;
    }

    /** The finished page. */
    String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("every element must be closed but " + open + " are open");
        }
        return "<!DOCTYPE html>\n" + html + "\n";
    }

    private void start(String tag, String... attributes) {
        html.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            html.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1]).replace("\"", "&quot;"))
                    .append('"');
        }
    }

    private static String escape(String text) {
        return Printable.text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
