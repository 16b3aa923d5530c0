package dev.scientist.comparators;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns answers into JSON, and JSON into documents.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance serves all comparisons.
 */
final class Answers {

    private static final int LONGEST_EMPTY_OBJECT = 4; // bytes: two braces, and what a pretty printer puts between them

    private final List<JsonLibrary> libraries;

    /**
     * Uses these libraries.
     *
     * @param libraries the first one reads, and writes objects; each one writes its own trees
     */
    Answers(List<JsonLibrary> libraries) {
        this.libraries = libraries;
    }

    /** An answer as JSON: a String or a {@code byte[]}. */
    Object write(String side, Object answer) {
        if (answer instanceof byte[]) {
            return answer;
        }
        if (answer instanceof CharSequence text) {
            return text.toString();
        }
        try {
            return libraryFor(answer).write(answer);
        } catch (IOException
                | RuntimeException
                | StackOverflowError failed) { // mappers recurse into objects that contain themselves
            throw new UncomparableException(
                    "the " + side + "'s answer, a " + answer.getClass().getName() + ", cannot be written as JSON",
                    failed);
        }
    }

    /** The document that a JSON text is, without what is ignored. */
    @Nullable
    Object read(String side, Object json, PathRules ignored, PathRules unordered) {
        JsonLibrary library = libraries.get(0);
        try (JsonTokens tokens = json instanceof byte[] bytes ? library.read(bytes) : library.read((String) json)) {
            return new DocumentReader(side, tokens, ignored, unordered).read();
        } catch (UncomparableException known) {
            throw known;
        } catch (IOException | RuntimeException failed) {
            // Without the cause, whose message quotes the document.
            throw new UncomparableException(
                    "the " + side + "'s answer cannot be read as JSON (" + library.reason(failed) + ")");
        }
    }

    /** Refuses two answers of which a mapper has written nothing, and which therefore look equal. */
    void requireShown(Object json, Object primary, Object candidate) {
        boolean isNothing = json instanceof byte[] bytes && bytes.length <= LONGEST_EMPTY_OBJECT && bytes[0] == '{';
        if (isNothing && isOpaque(primary) && isOpaque(candidate) && !primary.equals(candidate)) {
            throw new UncomparableException("the mapper sees no property of the answers, a "
                    + primary.getClass().getName() + " and a "
                    + candidate.getClass().getName());
        }
    }

    private boolean isOpaque(Object answer) {
        return !(answer instanceof byte[] || answer instanceof Map || isTree(answer));
    }

    private boolean isTree(Object answer) {
        return libraries.stream().anyMatch(library -> library.isTree(answer));
    }

    private JsonLibrary libraryFor(Object answer) {
        return libraries.stream()
                .filter(library -> library.isTree(answer))
                .findFirst()
                .orElse(libraries.get(0));
    }
}
