package dev.scientist;

/** Computes the position of a call in [0, 1). A call is sampled if its position is below the share. */
final class SamplePosition {

    private SamplePosition() {}

    /** Returns the position of random bits, of which the upper 53 are used. */
    static double ofBits(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /**
     * Returns the position of a key. It is the same on every JVM, and independent between experiments because each has
     * its own {@link #salt}.
     */
    static double ofKey(long salt, Object key) {
        long hash = hash(salt, key.toString());
        // The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): FNV alone leaves the upper bits of short keys
        // almost equal.
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ofBits(hash ^ (hash >>> 31));
    }

    /** Returns the salt that makes the positions of an experiment's keys differ from those in other experiments. */
    static long salt(String experiment) {
        return hash(0xcbf29ce484222325L, experiment); // FNV-1a's offset basis, draft-eastlake-fnv
    }

    private static long hash(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
