package dev.scientist;

/** Where a call stands in [0, 1): it is sampled if that is below the share. */
final class SamplePosition {

    private SamplePosition() {}

    /** Where random bits stand; the upper 53 count. */
    static double ofBits(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** Where a key stands: the same on every JVM, independent from experiment to experiment by their {@link #salt}. */
    static double ofKey(long salt, Object key) {
        long hash = hash(salt, key.toString());
        // The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): FNV alone leaves the upper bits of short keys
        // alike.
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ofBits(hash ^ (hash >>> 31));
    }

    /** What makes the keys of one experiment stand elsewhere than those of another one. */
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
