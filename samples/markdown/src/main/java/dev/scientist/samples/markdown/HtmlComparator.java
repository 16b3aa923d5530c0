package dev.scientist.samples.markdown;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.ResultComparator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares two HTML texts character by character: equal means {@link String#equals}. If they are not equal, it returns
 * the first difference, which is a tag, an attribute or a text, at a path such as {@code /a/@href} or
 * {@code /code/text()}: the innermost element and its part. The path is the same for every call with the same cause, so
 * disagreements are grouped by their cause.
 */
final class HtmlComparator implements ResultComparator<String> {

    // Elements that have no end tag, and therefore no content.
    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s(?<name>[^\\s=/>\"']+)(?:\\s*=\\s*(?<value>\"[^\"]*+\"|'[^']*+'|[^\\s\"'>]++))?");

    @Override
    public List<Difference> compare(String primary, String candidate) {
        return primary.equals(candidate) ? List.of() : List.of(first(primary, candidate));
    }

    private static Difference first(String primary, String candidate) {
        List<HtmlToken> primaryTokens = HtmlToken.of(primary);
        List<HtmlToken> candidateTokens = HtmlToken.of(candidate);
        Deque<String> open = new ArrayDeque<>();
        int at = 0;
        while (primaryTokens.get(at).equals(candidateTokens.get(at))) {
            follow(open, primaryTokens.get(at));
            at++;
        }
        HtmlToken inPrimary = primaryTokens.get(at);
        HtmlToken inCandidate = candidateTokens.get(at);
        // If one text is the beginning of the other, the difference is the tag after the shorter one.
        if (inPrimary.isText() && inCandidate.isText()) {
            if (inPrimary.text().startsWith(inCandidate.text())) {
                return difference(open, inPrimary, candidateTokens.get(at + 1));
            }
            if (inCandidate.text().startsWith(inPrimary.text())) {
                return difference(open, primaryTokens.get(at + 1), inCandidate);
            }
        }
        return difference(open, inPrimary, inCandidate);
    }

    private static void follow(Deque<String> open, HtmlToken token) {
        if (token.kind() == HtmlToken.Kind.OPEN
                && !VOID.contains(token.name())
                && !token.text().endsWith("/>")) {
            open.push(token.name());
        } else if (token.kind() == HtmlToken.Kind.CLOSE && open.contains(token.name())) {
            while (!open.pop().equals(token.name())) {
                // An element that was left open inside this one ends with it.
            }
        }
    }

    private static Difference difference(Deque<String> open, HtmlToken primary, HtmlToken candidate) {
        if (primary.kind() == HtmlToken.Kind.OPEN
                && candidate.kind() == HtmlToken.Kind.OPEN
                && primary.name().equals(candidate.name())) {
            return attribute(primary, candidate);
        }
        int weight = Integer.compare(primary.weight(), candidate.weight());
        if (weight > 0) {
            return Difference.of(path(open, primary), Kind.MISSING, primary.text(), null);
        }
        if (weight < 0) {
            return Difference.of(path(open, candidate), Kind.UNEXPECTED, null, candidate.text());
        }
        return Difference.of(path(open, primary), Kind.CHANGED, primary.text(), candidate.text());
    }

    private static String path(Deque<String> open, HtmlToken token) {
        String around = open.isEmpty() ? "" : "/" + open.peek();
        return switch (token.kind()) {
            case OPEN -> "/" + token.name();
            case COMMENT -> around + "/comment()";
            case TEXT -> around + "/text()";
            case CLOSE, END -> around;
        };
    }

    private static Difference attribute(HtmlToken primary, HtmlToken candidate) {
        Map<String, String> primaryAttributes = attributes(primary);
        Map<String, String> candidateAttributes = attributes(candidate);
        for (Map.Entry<String, String> attribute : primaryAttributes.entrySet()) {
            String path = "/" + primary.name() + "/@" + attribute.getKey();
            String other = candidateAttributes.remove(attribute.getKey());
            if (other == null) {
                return Difference.of(path, Kind.MISSING, attribute.getValue(), null);
            }
            if (!other.equals(attribute.getValue())) {
                return Difference.of(path, Kind.CHANGED, attribute.getValue(), other);
            }
        }
        for (Map.Entry<String, String> attribute : candidateAttributes.entrySet()) {
            return Difference.of(
                    "/" + primary.name() + "/@" + attribute.getKey(), Kind.UNEXPECTED, null, attribute.getValue());
        }
        return Difference.of("/" + primary.name(), Kind.CHANGED, primary.text(), candidate.text());
    }

    private static Map<String, String> attributes(HtmlToken tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(tag.text());
        while (matcher.find()) {
            String value = matcher.group("value");
            attributes.putIfAbsent(matcher.group("name"), value == null ? "" : value);
        }
        return attributes;
    }
}
