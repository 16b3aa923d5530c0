package dev.scientist.samples.markdown;

import dev.scientist.Difference.Kind;
import java.util.Map;

/**
 * Disagreements that have one cause: the same kind of difference at the same place.
 *
 * @param kind the kind of the difference
 * @param path the place of the difference, as {@link HtmlComparator} names it; empty for the whole answer
 * @param countByPart the number of calls, by the key of the {@link Part}
 * @param example one of the calls
 */
record DifferenceGroup(Kind kind, String path, Map<String, Long> countByPart, Example example) {

    /**
     * A call of the group.
     *
     * @param origin where the input comes from
     * @param markdown the input
     * @param primary the primary's HTML
     * @param candidate the candidate's HTML, or what it threw
     */
    record Example(String origin, String markdown, String primary, String candidate) {}

    long count() {
        return countByPart.values().stream().mapToLong(Long::longValue).sum();
    }

    long countIn(Part part) {
        return countByPart.getOrDefault(part.key(), 0L);
    }

    /** The group in words: "text in &lt;code&gt; differs". */
    String title() {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return kind == Kind.ERROR ? "one side threw" : "the whole answer";
        }
        String around = slash == 0 ? "" : " in <" + path.substring(1, slash) + ">";
        String last = path.substring(slash + 1);
        if (last.startsWith("@")) {
            return last.substring(1) + " of <" + path.substring(1, slash) + "> " + attribute();
        }
        return switch (last) {
            case "text()" -> text() + around;
            case "comment()" -> comment() + around;
            default -> element(last);
        };
    }

    private String attribute() {
        return switch (kind) {
            case MISSING -> "is missing";
            case UNEXPECTED -> "is added";
            default -> "differs";
        };
    }

    private String text() {
        return switch (kind) {
            case MISSING -> "text is missing";
            case UNEXPECTED -> "text is added";
            default -> "text differs";
        };
    }

    private String comment() {
        return switch (kind) {
            case MISSING -> "HTML comment is not recognised";
            case UNEXPECTED -> "HTML comment is recognised";
            default -> "HTML comment differs";
        };
    }

    private String element(String name) {
        return switch (kind) {
            case MISSING -> "<" + name + "> is missing";
            case UNEXPECTED -> "<" + name + "> is added";
            default -> "<" + name + "> is another element";
        };
    }
}
