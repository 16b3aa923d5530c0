package dev.scientist.decision;

/**
 * Tells whether HdrHistogram is present; without it latency is not counted. This is a separate class, because the
 * classes that use the library cannot be loaded without it.
 */
final class HdrHistogramLibrary {

    static final boolean IS_PRESENT = isPresent();

    private HdrHistogramLibrary() {}

    private static boolean isPresent() {
        try {
            Class.forName("org.HdrHistogram.ConcurrentHistogram", false, HdrHistogramLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
