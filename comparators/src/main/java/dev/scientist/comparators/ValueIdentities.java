package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives every value of two trees a number. Two values at places of the same rules have the same number exactly if they
 * are equal under the rules about order and about ignored places: numbers by value, objects in any order of their
 * fields. After one pass over a tree any two parts of it compare in one step, which is what keeps arrays in any order
 * linear.
 *
 * <p>Confined to one thread, for one comparison: trees must not change meanwhile.
 */
final class ValueIdentities {

    private final Trees trees;
    private final boolean isLoose;
    private final Numbering known = new Numbering();
    private final IdentityHashMap<PathState, IdentityHashMap<Object, Integer>> containers = new IdentityHashMap<>();
    private final int leftOut = known.of(Scalar.LEFT_OUT);
    private int seen;

    /**
     * Starts without any value.
     *
     * @param isLoose whether to leave out whatever a rule may accept: two values that agree under the rules then have
     *     the same number, and so may others
     */
    ValueIdentities(Trees trees, boolean isLoose) {
        this.trees = trees;
        this.isLoose = isLoose;
    }

    /**
     * The number of a value at a place.
     *
     * @param state the rules of the place
     * @param depth of the place
     */
    int of(@Nullable Object node, PathState state, int depth) {
        if (state.isIgnored()) {
            return leftOut;
        }
        Kind kind = trees.kind(node);
        if (!kind.isContainer()) {
            return known.of(scalar(kind, node));
        }
        return remembered(kind, node, state, depth);
    }

    private int remembered(Kind kind, @Nullable Object container, PathState state, int depth) {
        IdentityHashMap<Object, Integer> here = containers.computeIfAbsent(state, unknown -> new IdentityHashMap<>());
        Integer before = here.get(container);
        if (before != null) {
            return before;
        }
        int identity = container(kind, container, state, depth);
        here.put(container, identity);
        return identity;
    }

    /** The number of a part of the value that is being numbered. */
    private int part(@Nullable Object node, PathState state, int depth) {
        Kind kind = trees.kind(node);
        return kind.isContainer() ? container(kind, node, state, depth) : known.of(scalar(kind, node));
    }

    private int container(Kind kind, @Nullable Object container, PathState state, int depth) {
        if (depth >= Limits.DEPTH) {
            throw new Trees.Unwritten();
        }
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        return known.of(
                kind == Kind.OBJECT ? fields(container, state, depth + 1) : elements(container, state, depth + 1));
    }

    private Object scalar(Kind kind, @Nullable Object node) {
        Object key = trees.key(kind, node);
        return key == null ? Scalar.NULL : key;
    }

    private Composite fields(@Nullable Object object, PathState state, int depth) {
        long[] parts = new long[trees.size(object)];
        int size = 0;
        Iterator<? extends Map.Entry<?, ?>> fields = trees.fields(object);
        while (fields.hasNext()) {
            Map.Entry<?, ?> field = fields.next();
            String name = (String) field.getKey();
            PathState child = state.child(name);
            if (!isLeftOut(field.getValue(), child)) {
                parts[size++] = (long) known.of(name) << Integer.SIZE | part(field.getValue(), child, depth);
            }
        }
        Arrays.sort(parts, 0, size);
        return new Composite(Composite.FIELDS, Arrays.copyOf(parts, size));
    }

    private Composite elements(@Nullable Object array, PathState state, int depth) {
        PlaceRules rules = state.rules();
        boolean isBag = array instanceof Unordered || (rules != null && (rules.isAnyOrder() || rules.keys() != null));
        int length = trees.size(array);
        long[] parts = new long[length];
        int size = 0;
        int end = 0; // end of the elements that count: a missing element behind them does not matter
        for (int i = 0; i < length; i++) {
            PathState child = state.child(i);
            Object element = trees.element(array, i);
            if (!isLeftOut(element, child)) {
                // Elements of such an array will be asked for when they are paired.
                parts[size++] = isBag ? of(element, child, depth) : part(element, child, depth);
                end = size;
            } else if (!isLoose && !isBag) {
                parts[size++] = leftOut; // the next ones keep their places
            }
        }
        if (isBag) {
            Arrays.sort(parts, 0, end);
        }
        return new Composite(isBag ? Composite.BAG : Composite.SEQUENCE, Arrays.copyOf(parts, end));
    }

    /** Whether a value does not count for the object or array that it is in. */
    boolean isLeftOut(@Nullable Object value, PathState state) {
        PlaceRules rules = state.hasNoRules() ? null : state.rules();
        if (rules == null) {
            return false;
        }
        return rules.isPlaceIgnored() || (isLoose && rules.isAccepting() && mayBeAccepted(value, rules));
    }

    private boolean mayBeAccepted(@Nullable Object value, PlaceRules rules) {
        Kind kind = trees.kind(value);
        return rules.isForNumbers() ? kind == Kind.NUMBER : !(rules.isForScalars() && kind.isContainer());
    }

    private enum Scalar {
        NULL,
        LEFT_OUT
    }

    /** An object or array, as the numbers of its parts. */
    private static final class Composite {

        static final int FIELDS = 1;
        static final int SEQUENCE = 2;
        static final int BAG = 3;

        private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L; // the same as in Digest

        private final int kind;
        private final long[] parts;
        private final int hash;

        Composite(int kind, long[] parts) {
            this.kind = kind;
            this.parts = parts;
            long mixed = kind;
            for (long part : parts) {
                mixed = (mixed ^ part) * FACTOR;
                mixed ^= mixed >>> Integer.SIZE;
            }
            this.hash = (int) mixed;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Composite same
                    && hash == same.hash
                    && kind == same.kind
                    && Arrays.equals(parts, same.parts);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
