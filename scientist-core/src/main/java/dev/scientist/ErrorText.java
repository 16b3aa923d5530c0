package dev.scientist;

/**
 * What a side threw, as one line for a log at DEBUG, which somebody has asked for: classes, messages and first frames. A message
 * may quote a value, and says what class and frames do not.
 */
final class ErrorText {

    private static final int FRAMES = 5; // chosen: who threw it, and who called that
    private static final int FRAMES_OF_CAUSE = 2; // chosen: where it began
    private static final int CAUSES = 3;

    private ErrorText() {}

    static String of(Throwable error) {
        StringBuilder text = new StringBuilder();
        append(text, error, FRAMES);
        Throwable cause = error.getCause();
        for (int i = 0; i < CAUSES && cause != null; i++) {
            append(text.append("; caused by "), cause, FRAMES_OF_CAUSE);
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Throwable error, int frames) {
        text.append(error.getClass().getName());
        String message = error.getMessage();
        if (message != null) {
            text.append(": ").append(Difference.shown(message));
        }
        StackTraceElement[] stack = error.getStackTrace();
        for (int i = 0; i < frames && i < stack.length; i++) {
            text.append(i == 0 ? " at " : " < ").append(stack[i]);
        }
    }
}
