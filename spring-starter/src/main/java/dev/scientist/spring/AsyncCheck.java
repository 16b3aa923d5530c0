package dev.scientist.spring;

import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Warns of candidates that hand their work to another thread themselves, because that thread does
 * not carry the mark of a shadow.
 */
final class AsyncCheck {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    // The annotation is given by name, because its class is in spring-context; a meta-annotation counts, too.
    private static final String ASYNC = "org.springframework.scheduling.annotation.Async";

    private AsyncCheck() {}

    /** Warns of a candidate whose method or class has {@code @Async}. */
    static void check(Place place, Method candidate, Class<?> type) {
        if (isAsync(MergedAnnotations.from(candidate, SearchStrategy.TYPE_HIERARCHY))
                || isAsync(MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY))) {
            log.warn(
                    "experiment {}: the candidate {} is @Async: it goes on in a thread that is not known to run a shadow, so"
                            + " that nothing refuses what it writes. Leave @Async out of it: candidates run aside anyway",
                    place.wiring().name(),
                    Signature.of(candidate));
        }
    }

    private static boolean isAsync(MergedAnnotations annotations) {
        return annotations.isPresent(ASYNC);
    }
}
