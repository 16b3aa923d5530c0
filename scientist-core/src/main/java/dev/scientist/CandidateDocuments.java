package dev.scientist;

import static java.util.Objects.requireNonNull;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts documents in the place of what candidates return, where the experiment has a {@link SnapshotFormat}. Throws
 * nothing: an answer that cannot be written is no fault of the candidate's.
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

    /** Stands where no document could be made. */
    record Missing(Reason reason) {}

    /** An answer with what is compared in its place, until it is released. */
    record Written(Object answer, @Nullable Object document) {}

    /** The document of an answer, {@link Missing}, or null of null. */
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
