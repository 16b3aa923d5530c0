package dev.scientist.context;

import dev.scientist.Shadow;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context-propagation carry the mark "I am a shadow", so that a candidate's own threads and reactive
 * pipelines have it too. Registered by {@link MicrometerContextCarrier}.
 *
 * @since 0.1.0
 */
final class ShadowAccessor implements ThreadLocalAccessor<Shadow> {

    /** The key in a context under which the {@link Shadow} is found. */
    static final String KEY = "dev.scientist.shadow";

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Shadow getValue() {
        return Shadow.current();
    }

    @Override
    public void setValue(Shadow mark) {
        Shadow.restore(mark);
    }

    @Override
    public void setValue() {
        Shadow.restore(null);
    }
}
