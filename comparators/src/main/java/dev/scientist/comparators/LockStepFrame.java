package dev.scientist.comparators;

import java.util.Arrays;

/**
 * An object or array that a {@link JsonLockStep} is in. It is used again for the next one of the same depth, and
 * remembers in which order the candidate's fields came: in arrays of objects it is mostly the same one again. Confined
 * to one thread.
 */
final class LockStepFrame {

    static final int NOWHERE = -1;

    private static final int MOST_SEARCHED = 16; // fields; chosen: looking at so many is faster than an index of them

    boolean isObject;
    PathState state;
    int index;

    /**
     * The position of the candidate's next element on the tape; {@link #NOWHERE} if the array or object is not on the
     * tape.
     */
    int position;

    /** The number of the primary's fields that have been found on the tape. */
    int found;

    /** The names of the primary's fields. */
    final NameTable names = new NameTable();

    private int size; // the number of the candidate's fields on the tape
    private int[] fields = new int[MOST_SEARCHED]; // the positions of their names on the tape
    private int[] counterparts = new int[MOST_SEARCHED]; // where the primary's fields were found the time before
    private final NameTable indices = new NameTable();
    private boolean isIndexed;

    LockStepFrame(PathState state) {
        this.state = state;
    }

    void start(boolean isObjectHere, PathState reachHere) {
        isObject = isObjectHere;
        state = reachHere;
        index = 0;
        position = NOWHERE;
        names.clear();
    }

    /** Takes the candidate's fields or elements from an object or array on the tape from now on. */
    void startOnTape(TokenTape tape, int value) {
        position = tape.inside(value);
        found = 0;
        isIndexed = false;
        size = isObject ? tape.size(value) : 0;
        if (size > fields.length) {
            fields = new int[Math.max(size, 2 * fields.length)];
            counterparts = Arrays.copyOf(counterparts, fields.length);
        }
        int field = position;
        for (int i = 0; i < size; i++) {
            fields[i] = field;
            field = tape.after(tape.value(field));
        }
    }

    /** The number of the candidate's fields on the tape. */
    int size() {
        return size;
    }

    /** The position of one of the candidate's fields on the tape. */
    int field(int i) {
        return fields[i];
    }

    /** Finds the position of the value of a field on the tape, or {@link #NOWHERE}. */
    int find(TokenTape tape, String name) {
        int expected = found < counterparts.length ? counterparts[found] : 0;
        int i = isNamed(tape, expected, name) ? expected : search(tape, name);
        if (i == NOWHERE) {
            return NOWHERE;
        }
        counterparts[found++] = i;
        return tape.value(fields[i]);
    }

    private boolean isNamed(TokenTape tape, int i, String name) {
        return i < size && tape.name(fields[i]).equals(name);
    }

    private int search(TokenTape tape, String name) {
        if (size > MOST_SEARCHED) {
            index(tape);
            return indices.get(name);
        }
        for (int i = 0; i < size; i++) {
            if (isNamed(tape, i, name)) {
                return i;
            }
        }
        return NOWHERE;
    }

    private void index(TokenTape tape) {
        if (!isIndexed) {
            isIndexed = true;
            indices.clear();
            for (int i = 0; i < size; i++) {
                indices.add(tape.name(fields[i]), i);
            }
        }
    }
}
