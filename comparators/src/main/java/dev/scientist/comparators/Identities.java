package dev.scientist.comparators;

import dev.scientist.comparators.JsonTokens.Kind;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives every value of two trees a number, the same for two values at places of the same rules exactly if they are equal
 * under the rules about order and about what is ignored: numbers by value, objects whatever the order of their fields.
 * After one pass over a tree any two parts of it compare in one step, which is what keeps arrays in any order linear.
 *
 * <p>Confined to one thread, for one comparison: trees must not change meanwhile.
 */
final class Identities {

    private final Trees trees;
    private final boolean isLoose;
    private final Numbering known = new Numbering();
    private final IdentityHashMap<Reach, IdentityHashMap<Object, Integer>> containers = new IdentityHashMap<>();
    private final int leftOut = known.of(Scalar.LEFT_OUT);
    private int seen;

    /**
     * Starts without any value.
     *
     * @param isLoose whether to leave out whatever a rule may accept: two values that agree under the rules then have
     *     the same number, and so may others
     */
    Identities(Trees trees, boolean isLoose) {
        this.trees = trees;
        this.isLoose = isLoose;
    }

    /**
     * The number of a value at a place.
     *
     * @param reach the rules of the place
     * @param depth of the place
     */
    int of(@Nullable Object node, Reach reach, int depth) {
        if (reach.isIgnored()) {
            return leftOut;
        }
        Kind kind = trees.kind(node);
        if (!kind.isContainer()) {
            return known.of(scalar(kind, node));
        }
        return remembered(kind, node, reach, depth);
    }

    private int remembered(Kind kind, @Nullable Object container, Reach reach, int depth) {
        IdentityHashMap<Object, Integer> here = containers.computeIfAbsent(reach, unknown -> new IdentityHashMap<>());
        Integer before = here.get(container);
        if (before != null) {
            return before;
        }
        int identity = container(kind, container, reach, depth);
        here.put(container, identity);
        return identity;
    }

    /** The number of a part of what is being numbered. */
    private int part(@Nullable Object node, Reach reach, int depth) {
        Kind kind = trees.kind(node);
        return kind.isContainer() ? container(kind, node, reach, depth) : known.of(scalar(kind, node));
    }

    private int container(Kind kind, @Nullable Object container, Reach reach, int depth) {
        if (depth >= Limits.DEPTH) {
            throw new Trees.Unwritten();
        }
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        return known.of(
                kind == Kind.OBJECT ? fields(container, reach, depth + 1) : elements(container, reach, depth + 1));
    }

    private Object scalar(Kind kind, @Nullable Object node) {
        Object key = trees.key(kind, node);
        return key == null ? Scalar.NULL : key;
    }

    private Composite fields(@Nullable Object object, Reach reach, int depth) {
        long[] parts = new long[trees.size(object)];
        int size = 0;
        Iterator<? extends Map.Entry<?, ?>> fields = trees.fields(object);
        while (fields.hasNext()) {
            Map.Entry<?, ?> field = fields.next();
            String name = (String) field.getKey();
            Reach child = reach.child(name);
            if (!isLeftOut(field.getValue(), child)) {
                parts[size++] = (long) known.of(name) << Integer.SIZE | part(field.getValue(), child, depth);
            }
        }
        Arrays.sort(parts, 0, size);
        return new Composite(Composite.FIELDS, Arrays.copyOf(parts, size));
    }

    private Composite elements(@Nullable Object array, Reach reach, int depth) {
        Treatment treatment = reach.treatment();
        boolean isBag = array instanceof Unordered
                || (treatment != null && (treatment.isAnyOrder() || treatment.keys() != null));
        int length = trees.size(array);
        long[] parts = new long[length];
        int size = 0;
        int end = 0; // of the elements that count: that one is missing behind them does not matter
        for (int i = 0; i < length; i++) {
            Reach child = reach.child(i);
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

    /** Whether a value says nothing about what it is in. */
    boolean isLeftOut(@Nullable Object value, Reach reach) {
        Treatment treatment = reach.isQuiet() ? null : reach.treatment();
        if (treatment == null) {
            return false;
        }
        return treatment.isIgnored() || (isLoose && treatment.isAccepting() && mayBeAccepted(value, treatment));
    }

    private boolean mayBeAccepted(@Nullable Object value, Treatment treatment) {
        Kind kind = trees.kind(value);
        return treatment.isForNumbers() ? kind == Kind.NUMBER : !(treatment.isForScalars() && kind.isContainer());
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

        private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L; // as in Digest

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
