package dev.scientist.samples.markdown;

import dev.scientist.IgnoreRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one difference that everyone has accepted: the candidate leaves out blanks at the edges of inline code. Such a
 * call is counted as ignored, under the name of the rule. In a block of code, where readers see blanks, the difference
 * is still a mismatch.
 */
final class BlanksInCode {

    private BlanksInCode() {}

    /** A rule that accepts two answers which differ in nothing else. */
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
        int blocks = 0; // the number of open pre elements, where blanks are seen
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

    /** The text without the blanks that a browser folds at its edges; a no-break space is not one of them. */
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
