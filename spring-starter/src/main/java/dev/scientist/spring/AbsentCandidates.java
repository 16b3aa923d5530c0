package dev.scientist.spring;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the names of experiments that are not declared because their optional candidate is
 * absent. Each is logged once, at INFO.
 */
final class AbsentCandidates {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private final Set<String> names = new ConcurrentSkipListSet<>();

    /**
     * Remembers an experiment and, the first time, logs that its primary runs alone.
     *
     * @param why what is absent, as a phrase for the message
     */
    void add(Place place, String why) {
        if (names.add(place.wiring().name())) {
            log.info(
                    "experiment {}: the primary {} runs alone, for there is {}; @ParallelRun says that this is optional",
                    place.wiring().name(),
                    Signature.of(place.wiring().method()),
                    why);
        }
    }

    /** The names that these experiments would have; a live view. */
    Collection<String> names() {
        return names;
    }
}
