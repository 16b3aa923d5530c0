package dev.scientist.samples.markdown;

import dev.scientist.IgnoreRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one difference that everyone agreed on: blanks at the edges of inline code, which the candidate leaves out. It is
 * counted under its name and not as a mismatch; in a block of code, where readers see blanks, it still is one.
 */
final class BlanksInCode {

    private BlanksInCode() {}

    /** Accepts two answers that differ in nothing else. */
    static IgnoreRule<String> rule() {
        return IgnoreRule.<String>named("blanks at the edges of inline code")
                .owner("documentation team")
                .reason("a browser folds white space there, and no reader sees a difference")
                .when((primary, candidate) -> accepts(primary.valueOrNull(), candidate.valueOrNull()));
    }

    static boolean accepts(@Nullable String primary, @Nullable String candidate) {
        return primary != null && candidate != null && withoutBlanks(primary).equals(withoutBlanks(candidate));
    }

    private static String withoutBlanks(String html) {
        List<HtmlToken> tokens = HtmlToken.of(html);
        StringBuilder result = new StringBuilder();
        int blocks = 0; // open elements in which blanks are seen
        for (int i = 0; i < tokens.size(); i++) {
            HtmlToken token = tokens.get(i);
            if (token.name().equals("pre")) {
                blocks += token.kind() == HtmlToken.Kind.OPEN ? 1 : -1;
            }
            boolean isInlineCode = blocks <= 0
                    && token.isText()
                    && i > 0
                    && isCode(tokens.get(i - 1), HtmlToken.Kind.OPEN)
                    && isCode(tokens.get(i + 1), HtmlToken.Kind.CLOSE);
            result.append(isInlineCode ? trimmed(token.text()) : token.text());
        }
        return result.toString();
    }

    private static boolean isCode(HtmlToken token, HtmlToken.Kind kind) {
        return token.kind() == kind && token.name().equals("code");
    }

    /** Without the blanks that a browser folds, which a no-break space is not. */
    private static String trimmed(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\n' || character == '\t';
    }
}
