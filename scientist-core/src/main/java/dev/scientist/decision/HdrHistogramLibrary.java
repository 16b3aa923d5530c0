package dev.scientist.decision;

/** Whether HdrHistogram is there, without which latency is not counted. A class of its own: those that use it need it to load. */
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
