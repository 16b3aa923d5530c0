package dev.scientist.comparators;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place at which a walk is. It becomes a JSON Pointer (RFC 6901) only when it is asked for, which happens where
 * something differs. Confined to one thread.
 */
final class PointerPath {

    private static final int LONG = 48; // characters; chosen: most paths are shorter

    private @Nullable String[] names = new String[16]; // null where the segment is an index
    private int[] indices = new int[16];
    private int depth;

    int depth() {
        return depth;
    }

    void down(String name) {
        grow();
        names[depth++] = name;
    }

    void down(int index) {
        grow();
        names[depth] = null;
        indices[depth++] = index;
    }

    void up() {
        depth--;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(LONG);
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            text.append('/');
            if (name == null) {
                text.append(indices[i]);
            } else {
                text.append(name.replace("~", "~0").replace("/", "~1"));
            }
        }
        return text.toString();
    }

    private void grow() {
        if (depth == indices.length) {
            names = Arrays.copyOf(names, 2 * depth);
            indices = Arrays.copyOf(indices, 2 * depth);
        }
    }
}
