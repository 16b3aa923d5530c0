package dev.scientist.spring.testing;

import dev.scientist.Scientist;
import dev.scientist.spring.ScientistCustomizer;
import dev.scientist.testing.RecordingPublisher;
import org.springframework.core.Ordered;

/**
 * Records the trials of the application's {@link Scientist}, and knows whether it does.
 *
 * <p>Threads: the one that starts the application writes, those of tests read. Invariant: the flag goes from false to
 * true once. Consequence: a test can tell a Scientist that is not recorded from one that had no trials.
 */
final class Recording implements ScientistCustomizer, Ordered {

    private final RecordingPublisher publisher;
    private volatile boolean begun;

    Recording(RecordingPublisher publisher) {
        this.publisher = publisher;
    }

    /** Comes last, because the last customizer wins. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(Scientist.Builder builder) {
        publisher.record(builder);
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    RecordingPublisher publisher() {
        return publisher;
    }
}
