package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the answers of candidates by documents, if the experiment has a {@link SnapshotFormat}. It throws nothing,
 * because an answer that cannot be written is not a failure of the candidate.
 *
 * <p>Threads: any. Invariant: no state. Consequence: one instance serves all calls of an experiment.
 */
final class CandidateDocuments {

    private final SnapshotFormat format;
    private final Hooks hooks;

    CandidateDocuments(SnapshotFormat format, Hooks hooks) {
        this.format = format;
        this.hooks = hooks;
    }

    /** Takes the place of a document that could not be written. */
    record Missing(Reason reason) {}

    /** An answer that must be released, together with the document that is compared in its place. */
    record Written(Object answer, @Nullable Object document) {}

    /** Returns the document of an answer, or {@link Missing} if there is none; null if the answer is null. */
    @Nullable
    Object of(@Nullable Object answer, @Nullable Function<Object, ?> translation) {
        Object translated = answer;
        if (answer != null && translation != null) {
            try {
                translated = translation.apply(answer);
            } catch (Throwable thrown) {
                hooks.failed(Hook.TRANSLATION, thrown);
                return new Missing(Reason.TRANSLATION_FAILED);
            }
        }
        if (translated == null) {
            return null;
        }
        try {
            return requireNonNull(format.write(translated), "the document of an answer that is not null");
        } catch (Throwable thrown) {
            hooks.failed(Hook.SNAPSHOT, thrown);
            return new Missing(Reason.SNAPSHOT_FAILED);
        }
    }
}
