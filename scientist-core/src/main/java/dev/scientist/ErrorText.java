package dev.scientist;

/**
 * Describes what a side threw in one line: classes, messages and first frames. It is logged only at DEBUG, which
 * somebody must have switched on, because a message may quote a value. The message is included because it says what
 * class and frames do not.
 */
final class ErrorText {

    private static final int FRAMES = 5; // chosen: shows the throwing code and its callers
    private static final int FRAMES_OF_CAUSE = 2; // chosen: shows the throwing code
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
