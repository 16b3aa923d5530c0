package dev.scientist.spring.actuate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the endpoint's reports of errors: classes and first frames, but no message, which may quote a value. */
final class ErrorReports {

    private static final int FRAMES = 5; // as many as in the log
    private static final int CAUSES = 3;

    private ErrorReports() {}

    static Map<String, Object> of(Throwable error) {
        Map<String, Object> report = one(error);
        List<Map<String, Object>> causes = new ArrayList<>();
        Throwable cause = error.getCause();
        while (cause != null && causes.size() < CAUSES) {
            causes.add(one(cause));
            cause = cause.getCause();
        }
        if (!causes.isEmpty()) {
            report.put("causes", causes);
        }
        return report;
    }

    private static Map<String, Object> one(Throwable error) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("type", error.getClass().getName());
        report.put(
                "frames",
                Arrays.stream(error.getStackTrace())
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .toList());
        return report;
    }
}
