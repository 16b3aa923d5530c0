package dev.scientist.comparators;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Has a {@link Walk} compare those elements of two arrays that belong together. {@link ArrayInOrder} and {@link
 * ArrayInAnyOrder} find out which ones do. Confined to one thread, for one comparison.
 */
final class ArrayWalk {

    private final Walk walk;
    private final ArrayInOrder inOrder;
    private final ArrayInAnyOrder inAnyOrder;

    ArrayWalk(Walk walk) {
        this.walk = walk;
        this.inOrder = new ArrayInOrder(walk, this);
        this.inAnyOrder = new ArrayInAnyOrder(walk, this);
    }

    void compareElements(
            @Nullable Object primary, @Nullable Object candidate, PathState state, @Nullable PlaceRules rules) {
        boolean isUnordered = primary instanceof Unordered || candidate instanceof Unordered;
        if (isUnordered || (rules != null && (rules.isAnyOrder() || rules.keys() != null))) {
            inAnyOrder.compare(primary, candidate, state, rules);
        } else {
            inOrder.compare(primary, candidate, state);
        }
    }

    /** Compares the elements that have the same index. */
    void compareByPlace(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        int common = Math.min(walk.trees().size(primary), walk.trees().size(candidate));
        for (int i = 0; i < common && !walk.isOver(); i++) {
            compare(primary, i, candidate, i, state);
        }
        missing(primary, common, walk.trees().size(primary), state);
        unexpected(candidate, common, walk.trees().size(candidate), state);
    }

    /** Compares some of the elements that have the same index. */
    void compareByPlace(@Nullable Object primary, @Nullable Object candidate, PathState state, BitSet only) {
        for (int i = only.nextSetBit(0); i >= 0 && !walk.isOver(); i = only.nextSetBit(i + 1)) {
            compare(primary, i, candidate, i, state);
        }
    }

    boolean agree(@Nullable Object primary, int index, @Nullable Object candidate, int otherIndex, PathState state) {
        walk.path().down(index);
        boolean agree = walk.agree(
                walk.trees().element(primary, index), walk.trees().element(candidate, otherIndex), state.child(index));
        walk.path().up();
        return agree;
    }

    void compare(@Nullable Object primary, int index, @Nullable Object candidate, int otherIndex, PathState state) {
        walk.path().down(index);
        walk.compare(
                walk.trees().element(primary, index), walk.trees().element(candidate, otherIndex), state.child(index));
        walk.path().up();
    }

    void missing(@Nullable Object primary, int from, int to, PathState state) {
        for (int i = from; i < to && !walk.isOver(); i++) {
            walk.path().down(i);
            walk.missing(walk.trees().element(primary, i), state.child(i));
            walk.path().up();
        }
    }

    void unexpected(@Nullable Object candidate, int from, int to, PathState state) {
        for (int i = from; i < to && !walk.leniency().extraItems() && !walk.isOver(); i++) {
            walk.path().down(i);
            walk.unexpected(walk.trees().element(candidate, i), state.child(i));
            walk.path().up();
        }
    }
}
