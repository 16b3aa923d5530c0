package dev.scientist.spring;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The experiments whose candidate may be absent and is, so that there are none; each is told once. */
final class AbsentCandidates {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private final Set<String> names = new ConcurrentSkipListSet<>();

    /**
     * Keeps an experiment in mind.
     *
     * @param why what is absent, in words
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

    /** What they would be called; live. */
    Collection<String> names() {
        return names;
    }
}
