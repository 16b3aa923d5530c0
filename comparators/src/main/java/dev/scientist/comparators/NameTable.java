package dev.scientist.comparators;

import java.util.Arrays;

/**
 * Names of fields, each with a number. It is emptied in one step and used again, so that objects one after the other
 * make no garbage. Each name costs one look as long as the names come in the same order as the time before, as they do
 * in arrays of objects. Confined to one thread.
 */
final class NameTable {

    static final int ABSENT = -1;

    private static final int SMALLEST = 16; // slots; chosen: most objects have fewer fields

    private String[] order = new String[SMALLEST]; // the names of this time, then those of the time before
    private int[] numbers = new int[SMALLEST];
    private int size;
    private int sizeBefore;
    private boolean isAsBefore = true; // as long as it is true, the slots are not filled

    private int[] slots = new int[2 * SMALLEST]; // indices of names
    private int[] fillings = new int[2 * SMALLEST]; // a slot holds something if this is the current filling
    private int filling;

    void clear() {
        sizeBefore = Math.max(size, isAsBefore ? sizeBefore : 0);
        size = 0;
        isAsBefore = true;
    }

    /** Adds a name, unless it is there. */
    @SuppressWarnings("ReferenceEquality") // equal names of other objects are found by the slots
    boolean add(String name, int number) {
        // No name came twice the time before. The same name is mostly the same object.
        if (isAsBefore && size < sizeBefore && order[size] == name) {
            numbers[size++] = number;
            return true;
        }
        if (isAsBefore) {
            fill();
        }
        int slot = slot(name);
        if (fillings[slot] == filling) {
            return false;
        }
        append(name, number);
        put(slot, size - 1);
        return true;
    }

    /** The number of a name, or {@link #ABSENT}. */
    int get(String name) {
        if (isAsBefore) {
            fill();
        }
        int slot = slot(name);
        return fillings[slot] == filling ? numbers[slots[slot]] : ABSENT;
    }

    boolean contains(String name) {
        return get(name) != ABSENT;
    }

    /** Puts the names so far into the slots: from now on they are looked up. */
    private void fill() {
        isAsBefore = false;
        sizeBefore = 0;
        if (++filling == 0) { // the counter starts again after 2^32 times
            Arrays.fill(fillings, 0);
            filling = 1;
        }
        for (int i = 0; i < size; i++) {
            put(slot(order[i]), i);
        }
    }

    private void append(String name, int number) {
        if (size == order.length) {
            order = Arrays.copyOf(order, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        order[size] = name;
        numbers[size++] = number;
    }

    private void put(int slot, int index) {
        slots[slot] = index;
        fillings[slot] = filling;
        if (2 * size > slots.length) {
            slots = new int[2 * slots.length];
            fillings = new int[slots.length];
            filling = 0;
            fill();
        }
    }

    /** Finds the slot in which the name is, or into which it goes. */
    private int slot(String name) {
        int mask = slots.length - 1;
        int hash = name.hashCode(); // a String keeps its hash
        int slot = (hash ^ hash >>> 16) & mask;
        while (fillings[slot] == filling && !order[slots[slot]].equals(name)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
