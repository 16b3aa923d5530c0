package dev.scientist.context;

import dev.scientist.Shadow;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets the mark "I am a shadow" travel with everything else that context-propagation carries, so that a candidate's
 * own threads and reactive pipelines know it too. Found by {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
final class ShadowAccessor implements ThreadLocalAccessor<Shadow> {

    /** The key of the mark in a context; its value is the {@link Shadow}. */
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
