package dev.scientist.comparators;

import dev.scientist.OverBudgetException;
import dev.scientist.Side;
import dev.scientist.UncomparableException;
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

    private static final int LONGEST_EMPTY_OBJECT = 4; // bytes: two braces, and the white space of a pretty printer

    private static final int LARGEST = 64 * 1024 * 1024; // bytes or characters; chosen: some ten times it as trees

    private final List<JsonLibrary> libraries;

    /**
     * Uses these libraries.
     *
     * @param libraries the first one reads, and writes objects; each one writes its own trees
     */
    Answers(List<JsonLibrary> libraries) {
        this.libraries = libraries;
    }

    /** Gives an answer as JSON: a String or a {@code byte[]}. */
    Object write(Side side, Object answer) {
        return answer instanceof byte[] ? answer : write("the " + side + "'s answer", answer, this::write);
    }

    private byte[] write(Object answer) throws IOException {
        return libraryFor(answer).write(answer);
    }

    /** Writes the loaded parts of an answer as JSON that the answer does not share: a String or a {@code byte[]}. */
    Object writeLoaded(Object answer, SnapshotWriter writer, SnapshotMarks marks) {
        if (answer instanceof byte[] bytes) {
            return bytes.clone();
        }
        boolean isOfOther = isTree(answer) && !libraries.get(0).isTree(answer);
        return write("a side's answer", answer, value -> isOfOther ? write(value) : writer.write(value, marks));
    }

    private static Object write(String whose, Object answer, Writing writing) {
        if (answer instanceof CharSequence text) {
            return text.toString();
        }
        String what = whose + ", a " + answer.getClass().getName();
        if (StoredMembers.UNWRITABLE.stream().anyMatch(type -> type.isInstance(answer))) {
            throw new UncomparableException(
                    what + ", can be read once, and is the caller's, or is not there yet; compare what it gives");
        }
        try {
            return writing.write(answer);
        } catch (IOException
                | RuntimeException
                | StackOverflowError failed) { // mappers recurse into objects that contain themselves
            UncomparableException shared = SharedPart.in(failed, whose);
            if (shared != null) {
                throw shared;
            }
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof UncomparableException known) {
                    throw known;
                }
            }
            throw new UncomparableException(
                    what + ", cannot be written as JSON; say which mapper writes it: json().mapper(mapper)", failed);
        }
    }

    /** Writes an answer. */
    private interface Writing {
        byte[] write(Object answer) throws IOException;
    }

    /** The library that has made both answers, if both are its trees. */
    @Nullable
    Trees treesOf(Object primary, Object candidate) {
        for (JsonLibrary library : libraries) {
            if (library.isTree(primary)) {
                return library.isTree(candidate) ? library.trees() : null;
            }
        }
        return null;
    }

    /**
     * Whether two JSON texts are seen to be equal, token by token. A text that cannot be read is not seen to be equal.
     *
     * @param hidden told what rules have hidden; worthless if the result is false
     */
    boolean areSeenEqual(Object primary, Object candidate, PathState root, HiddenCounts hidden) {
        try (JsonTokens tokens = open(primary);
                JsonTokens others = open(candidate)) {
            return new JsonLockStep(tokens, others, hidden).seesNoDifference(root);
        } catch (IOException | RuntimeException unreadable) {
            Limits.throwIfInterrupted();
            return false; // reading the two into trees says why
        }
    }

    /** Reads a JSON text into a plain tree. */
    @Nullable
    Object read(Side side, Object json, PathState root) {
        try (JsonTokens tokens = open(json)) {
            return new DocumentReader(side, tokens, 0).read(root);
        } catch (UncomparableException known) {
            throw known;
        } catch (IOException | RuntimeException failed) {
            // The cause is left out, because its message quotes the document.
            String limit = libraries.get(0).limit(failed);
            if (limit != null) {
                throw new OverBudgetException("the " + side + "'s answer is beyond a limit of the reader: " + limit);
            }
            throw new UncomparableException("the " + side + "'s answer cannot be read as JSON ("
                    + libraries.get(0).reason(failed) + ")");
        }
    }

    /**
     * Whether JSON is a document. An answer that is a text is a document if it holds an object or an array. Any other
     * text is not, because as JSON {@code 1.0} would equal {@code 1}, and a number would equal its own text.
     */
    boolean isDocument(Side side, Object json) {
        if (!(json instanceof String text)) {
            return true;
        }
        String begin = text.stripLeading();
        if (!begin.startsWith("{") && !begin.startsWith("[")) {
            return false;
        }
        try {
            read(side, json, PathState.NO_RULES);
            return true;
        } catch (OverBudgetException tooMuch) {
            return true; // the limit is reported when the document is read to be compared
        } catch (UncomparableException unreadable) {
            return false;
        }
    }

    private JsonTokens open(Object json) throws IOException {
        JsonLibrary library = libraries.get(0);
        return json instanceof byte[] bytes ? library.read(bytes) : library.read((String) json);
    }

    /** Refuses an answer that would take too much memory to read. */
    void requireSize(Side side, Object json) {
        int size = json instanceof byte[] bytes ? bytes.length : ((String) json).length();
        if (size > LARGEST) {
            throw new OverBudgetException(
                    "the " + side + "'s answer is larger than " + LARGEST + " bytes or characters");
        }
    }

    /** Refuses two answers that look equal only because a mapper has written nothing of them. */
    void requireShown(Object json, Object primary, Object candidate) {
        if (showsNothing(json) && isOpaque(primary) && isOpaque(candidate) && !primary.equals(candidate)) {
            throw new UncomparableException("the mapper sees no property of the answers, a "
                    + primary.getClass().getName() + " and a "
                    + candidate.getClass().getName());
        }
    }

    /** Whether JSON is an object without fields. */
    static boolean showsNothing(Object json) {
        return json instanceof byte[] bytes
                && bytes.length > 0
                && bytes.length <= LONGEST_EMPTY_OBJECT
                && bytes[0] == '{';
    }

    /** Whether only a mapper can see into an answer. */
    boolean isOpaque(Object answer) {
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
