package dev.scientist;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's own choice of the calls that are sampled, beside the built-in rate, key and per-second cap. A call is
 * sampled when all of them say yes.
 *
 * <p>It runs on the caller's thread, on every call that passed the built-in choices, so it must be cheap, must not
 * block and must be thread-safe. It decides before the call and never sees an answer. When it throws, the candidate
 * is not run.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Sampler {

    /**
     * Decides whether a call is in the sample.
     *
     * @param key the key of the call, {@code null} where none was given
     * @param attributes the attributes of the call, possibly empty, unmodifiable
     */
    boolean isSampled(@Nullable Object key, Map<String, Object> attributes);
}
