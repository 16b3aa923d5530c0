package dev.scientist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Describes in one text how an experiment compares answers; see {@link ExperimentOptions#comparison()}. */
final class ComparisonText {

    private static final int LONGEST = 250; // characters; chosen: a line or two, which people still read
    private static final int SHOWN = 150; // characters of a longer text, before the hash of the whole

    private ComparisonText() {}

    static String of(ExperimentOptions<?> options) {
        StringBuilder text = new StringBuilder();
        SnapshotFormat format = options.snapshotFormat;
        if (format != null) {
            text.append(described(format, format.description()));
        } else {
            if (options.snapshot != null) {
                text.append("copies by ")
                        .append(ResultComparator.nameOf(options.snapshot))
                        .append(", ");
            }
            text.append(ResultComparator.descriptionOf(options.comparator));
        }
        if (options.errorComparator != ResultComparator.errorEquality()) {
            text.append(", errors by ").append(ResultComparator.descriptionOf(options.errorComparator));
        }
        for (IgnoreRule<?> rule : options.ignoreRules) {
            text.append(", ignoring \"").append(escaped(rule.name())).append('"');
            if (rule.expires() != null) {
                text.append(" until ").append(rule.expires());
                text.append(rule.isExpired(options.instants.instant()) ? " (expired)" : "");
            }
        }
        return bounded(text.toString());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** Gives back a description if it describes something. */
    static String described(Object code, @Nullable String description) {
        if (description == null || description.isBlank()) {
            throw new IllegalStateException("description() of " + ClassNames.lasting(code.getClass())
                    + " must say how it compares but was "
                    + (description == null ? "null" : "\"" + description + "\"")
                    + "; without an override it is the name of the class");
        }
        return description;
    }

    private static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end) + "... sha256 " + hash(text);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
