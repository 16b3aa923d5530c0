package dev.scientist.architecture;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells the comments of a Java source from its code.
 *
 * <p>The compiler's trees hold no comments, so this reads characters. It knows strings, text blocks and character
 * literals, in which two slashes begin no comment.
 */
final class Comments {
    private static final String TEXT_BLOCK = "\"\"\"";

    private final String source;
    private final StringBuilder code = new StringBuilder();
    private final List<Comment> found = new ArrayList<>();
    private int line = 1;
    private int at;

    private Comments(String source) {
        this.source = source;
    }

    /** A comment: its first line in the file, and its text with slashes and stars. */
    record Comment(int line, String text) {
        /** The text without slashes, stars and line ends. */
        String words() {
            return text.replaceAll("(?m)^\\s*(/\\*+|//|\\*(?!/))", " ")
                    .replaceAll("\\*/$", "")
                    .replaceAll("\\s+", " ")
                    .strip();
        }

        List<String> lines() {
            return text.lines().toList();
        }
    }

    /** What a source is made of; the code has an empty line where only a comment stood. */
    record Parts(List<String> codeLines, List<Comment> comments) {
        long linesWithComments() {
            return comments.stream()
                    .mapToLong(comment -> comment.lines().size())
                    .sum();
        }
    }

    static Parts of(String source) {
        Comments comments = new Comments(source);
        comments.read();
        return new Parts(comments.code.toString().lines().map(String::strip).toList(), comments.found);
    }

    private void read() {
        while (at < source.length()) {
            if (source.startsWith("//", at)) {
                comment(endOf("\n", at + 2, false));
            } else if (source.startsWith("/*", at)) {
                comment(endOf("*/", at + 2, true));
            } else if (source.startsWith(TEXT_BLOCK, at)) {
                literal(endOf(TEXT_BLOCK, at + TEXT_BLOCK.length(), true));
            } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
                literal(endOf(source.substring(at, at + 1), at + 1, true));
            } else {
                literal(at + 1);
            }
        }
    }

    /** The first position behind the end mark, or at it; an escaped character is no end. */
    private int endOf(String mark, int from, boolean behind) {
        int position = from;
        while (position < source.length() && !source.startsWith(mark, position)) {
            boolean isEscape = source.charAt(position) == '\\' && mark.charAt(0) != '*' && mark.charAt(0) != '\n';
            position += isEscape ? 2 : 1;
        }
        return Math.min(source.length(), behind ? position + mark.length() : position);
    }

    private void literal(int end) {
        code.append(source, at, end);
        goTo(end);
    }

    private void comment(int end) {
        String text = source.substring(at, end);
        found.add(new Comment(line, text));
        code.append("\n".repeat((int) text.lines().count() - 1));
        goTo(end);
    }

    private void goTo(int end) {
        line += (int) source.substring(at, end).chars().filter(c -> c == '\n').count();
        at = end;
    }
}
