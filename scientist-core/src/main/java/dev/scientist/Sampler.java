package dev.scientist;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's own choice of the calls that are sampled, in addition to the built-in rate, key and per-second cap. A call
 * is sampled if all of them agree.
 *
 * <p>It runs on the caller's thread, for every call that passed the rate and the key, so it must be cheap, must not
 * block and must be thread-safe. It decides before the call and never sees an answer. When it throws, the candidate is
 * not run.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Sampler {

    /**
     * Decides whether a call is in the sample.
     *
     * @param key the key of the call, {@code null} if none was given
     * @param attributes the attributes of the call, possibly empty, unmodifiable
     */
    boolean isSampled(@Nullable Object key, Map<String, Object> attributes);
}
