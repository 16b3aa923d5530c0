package dev.scientist.samples.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token of an HTML text. The tokens of a text, put together, are the text again, so two texts differ exactly where
 * their tokens do.
 *
 * @param kind the kind of the token
 * @param name the element's name in lower case; empty if the token is not a tag
 * @param text the token as it stands in the text
 */
record HtmlToken(Kind kind, String name, String text) {

    enum Kind {
        OPEN,
        CLOSE,
        /** A comment, declaration, processing instruction or CDATA section. */
        COMMENT,
        TEXT,
        END
    }

    private static final HtmlToken END = new HtmlToken(Kind.END, "", "");

    private static final Pattern MARKUP = Pattern.compile(
            "<(?<close>/?)(?<name>[A-Za-z][A-Za-z0-9-]*)"
                    + "(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
                    + "|<!--(?:>|->|.*?-->)|<\\?.*?\\?>|<!\\[CDATA\\[.*?]]>|<![A-Za-z][^>]*+>",
            Pattern.DOTALL);

    /**
     * The tokens of a text. The last one is of kind {@link Kind#END}; two of kind {@link Kind#TEXT} are never adjacent.
     */
    static List<HtmlToken> of(String html) {
        List<HtmlToken> tokens = new ArrayList<>();
        Matcher markup = MARKUP.matcher(html);
        int end = 0;
        while (markup.find()) {
            addText(tokens, html.substring(end, markup.start()));
            tokens.add(markup(markup));
            end = markup.end();
        }
        addText(tokens, html.substring(end));
        tokens.add(END);
        return tokens;
    }

    boolean isText() {
        return kind == Kind.TEXT;
    }

    /**
     * The weight of a token. Of two tokens at one place, the difference is about the heavier one: an element is heavier
     * than a text, and a text is heavier than an end.
     */
    int weight() {
        return switch (kind) {
            case OPEN, COMMENT -> 2;
            case TEXT -> 1;
            case CLOSE, END -> 0;
        };
    }

    private static void addText(List<HtmlToken> tokens, String text) {
        if (!text.isEmpty()) {
            tokens.add(new HtmlToken(Kind.TEXT, "", text));
        }
    }

    private static HtmlToken markup(Matcher markup) {
        String name = markup.group("name");
        if (name == null) {
            return new HtmlToken(Kind.COMMENT, "", markup.group());
        }
        Kind kind = markup.group("close").isEmpty() ? Kind.OPEN : Kind.CLOSE;
        return new HtmlToken(kind, name.toLowerCase(Locale.ROOT), markup.group());
    }
}
