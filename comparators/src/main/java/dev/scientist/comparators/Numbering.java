package dev.scientist.comparators;

import java.util.Arrays;

/**
 * Numbers objects in the order in which they first come, equal ones alike. It holds less than a map would, and looks
 * each object up once: most of what comes in documents is new. Confined to one thread.
 */
final class Numbering {

    private static final int SMALLEST = 64;
    private static final int FACTOR = 0x9E37_79B9; // 2^32 divided by the golden ratio: spreads what is near

    private Object[] keys = new Object[SMALLEST]; // indexed by number
    private int[] hashes = new int[SMALLEST]; // indexed by number
    private int[] slots = new int[2 * SMALLEST]; // a number plus 1, or 0 for none
    private int size;

    /** The number of an object: the next one, if it has come for the first time. */
    int of(Object key) {
        int hash = key.hashCode() * FACTOR;
        int slot = hash >>> shift();
        int mask = slots.length - 1;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && keys[number].equals(key)) {
                return number;
            }
            slot = slot + 1 & mask;
        }
        return add(key, hash, slot);
    }

    private int add(Object key, int hash, int slot) {
        if (size == keys.length) {
            grow();
            return of(key);
        }
        keys[size] = key;
        hashes[size] = hash;
        slots[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, 2 * size);
        hashes = Arrays.copyOf(hashes, 2 * size);
        slots = new int[4 * size];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hashes[number] >>> shift();
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = number + 1;
        }
    }

    /** Leaves as many bits of a hash as there are slots, a power of two: the upper ones, which are mixed best. */
    private int shift() {
        return Integer.numberOfLeadingZeros(slots.length) + 1;
    }
}
