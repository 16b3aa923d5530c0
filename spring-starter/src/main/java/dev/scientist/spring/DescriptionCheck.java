package dev.scientist.spring;

import dev.scientist.ExperimentOptions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks that the annotation of a method declares what properties and options need of its calls: a key, if they are
 * sampled by key, and the attribute that is their stratum. Without the key no call would ever be sampled; without the
 * attribute all calls would be judged as one class, although they differ. A lack is refused if it concerns settings of
 * this method alone, and is a warning if it concerns settings of all methods.
 *
 * <p>Threads: those that make plans. Invariant: a method stays in the set of those that lack something until it has
 * been reported. Consequence: each is reported once, and those that are known at the start in one line.
 */
final class DescriptionCheck {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private static final String BY_KEY = "sample-by-key";
    private static final String STRATUM = "decision.stratum";

    private final ConfigurableListableBeanFactory beans;
    private final Set<String> withoutKey = new ConcurrentSkipListSet<>();
    private final Set<String> withoutStratum = new ConcurrentSkipListSet<>();

    DescriptionCheck(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Checks a method.
     *
     * @throws InvalidPropertyException if a property of its experiment needs what its annotation does not declare
     * @throws WrongWiringException if code that sets its options needs it
     */
    void check(Place place, @Nullable CallDescription description, ExperimentOptions<?> options) {
        // This is null if the application declares its own Scientist, to which no properties apply.
        DecisionPolicies policies =
                beans.getBeanProvider(DecisionPolicies.class).getIfAvailable();
        if (description == null || description.key() == null) {
            checkKey(place, policies != null, options);
        }
        if (policies != null) {
            Set<String> attributes =
                    description == null ? Set.of() : description.attributes().keySet();
            policies.attribute(place.wiring().name())
                    .filter(stratum -> !attributes.contains(stratum))
                    .ifPresent(stratum -> lacksStratum(place, stratum, attributes));
        }
    }

    private void checkKey(Place place, boolean hasProperties, ExperimentOptions<?> options) {
        if (hasProperties) {
            PropertyBlock own = PropertyBlock.of(place.wiring().name(), environment());
            boolean isAsked = own.text(BY_KEY) != null && isTrue(own.bind().sampleByKey());
            if (isAsked) { // even if a test samples all calls
                throw own.invalid(
                        BY_KEY,
                        true,
                        "must be false where calls have no key, as those of "
                                + Signature.of(place.wiring().method()),
                        "set key in its @ParallelRun, or remove the property");
            }
        }
        if (!options.isSampledByKey()) {
            return;
        }
        boolean isOfAll = place.wiring().options().isEmpty()
                || (hasProperties && isTrue(defaults().bind().sampleByKey()));
        if (!isOfAll) {
            throw place.wrong(
                    "Its options sample by key, but the annotation declares none, so that no call would ever be"
                            + " sampled.",
                    "Set key to an expression, or leave sampleByKey out of the options.");
        }
        withoutKey.add(Signature.of(place.wiring().method()));
    }

    private void lacksStratum(Place place, String stratum, Collection<String> attributes) {
        PropertyBlock own = PropertyBlock.of(place.wiring().name(), environment());
        String method = Signature.of(place.wiring().method());
        if (own.text(STRATUM) == null) {
            withoutStratum.add(method);
            return;
        }
        String known = attributes.stream().collect(Collectors.joining("\", \"", "\"", "\""));
        String remedy = "declare it in the attributes of the annotation";
        throw own.invalid(
                STRATUM,
                stratum,
                attributes.isEmpty()
                        ? "must be an attribute that @ParallelRun on " + method + " declares, and it declares none"
                        : "must be one of the attributes " + known + " that @ParallelRun on " + method + " declares",
                Spelling.nearest(stratum, attributes)
                        .map(near -> "did you mean \"" + near + "\"? If not, " + remedy)
                        .orElse(remedy));
    }

    /** Logs the methods that lack what the defaults need and that have not been reported yet. */
    void report() {
        List<String> keyless = List.copyOf(withoutKey);
        if (!keyless.isEmpty() && withoutKey.removeAll(keyless)) {
            log.warn(
                    "all experiments are sampled by key, but @ParallelRun on these methods declares none, so that none"
                            + " of their calls is ever sampled: {}. Set key there, or sample-by-key of their experiments"
                            + " to false",
                    StartTable.named(keyless));
        }
        List<String> unstratified = List.copyOf(withoutStratum);
        if (!unstratified.isEmpty() && withoutStratum.removeAll(unstratified)) {
            log.warn(
                    "scientist.defaults.decision.stratum is \"{}\", an attribute that @ParallelRun on these methods does"
                            + " not declare, so that all calls of each are judged as one class: {}. Declare it there, or"
                            + " set decision.stratum of their experiments to what they declare, or to nothing",
                    defaults().text(STRATUM),
                    StartTable.named(unstratified));
        }
    }

    private PropertyBlock defaults() {
        return PropertyBlock.at(PropertyBlock.DEFAULTS, environment());
    }

    private ConfigurableEnvironment environment() {
        return beans.getBean(ConfigurableEnvironment.class);
    }

    private static boolean isTrue(@Nullable Boolean said) {
        return Boolean.TRUE.equals(said);
    }
}
