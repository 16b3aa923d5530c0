package dev.scientist.spring;

import dev.scientist.decision.DecisionPolicy;
import dev.scientist.decision.DecisionPolicy.LatencyPolicy;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The properties {@code decision.*}: what is counted, and what must be shown before a candidate may go on. {@code null}
 * stands for a property that is not set.
 *
 * @param step The step that is to be decided; it also sets the defaults of threshold, alpha and soak.
 * @param threshold The rate of bad calls that is tolerated, 0 to 1, both excluded. Default: that of the step.
 * @param alpha The chance of ever going on although the true rate is above the threshold, 0 to 1, both
 *     excluded. Default: that of the step.
 * @param soak For how long calls must have been counted, zero or longer; milliseconds where no unit is
 *     given. Default: that of the step.
 * @param maxAge How old the latest comparison may be; longer than zero; milliseconds where no unit is given.
 * @param completeness Which share of the calls that were to be compared must have been compared, 0 to 1, 0 excluded.
 * @param coverage Which share of the calls must be in strata that pass, for the last step, 0 to 1, 0 excluded.
 * @param waived Names of strata that may stay undecided or unverified in the last step; in other steps they
 *     change nothing. Default: none.
 * @param pinned A reason why nothing may move, whatever is counted. Default: none.
 * @param stratum The attribute whose values divide the calls into classes that are judged separately; it should have
 *     few values, such as a country. Default: none; all calls are one class.
 * @param primaryVersion The version of the primary that the evidence is about. Default: unnamed.
 * @param candidateVersion The version of the candidate that the evidence is about. Default: unnamed.
 * @param latency How long the candidate may take.
 */
record DecisionProperties(
        @Nullable Step step,
        @Nullable Double threshold,
        @Nullable Double alpha,
        @Nullable Duration soak,
        @Nullable Duration maxAge,
        @Nullable Double completeness,
        @Nullable Double coverage,
        @Nullable List<String> waived,
        @Nullable String pinned,
        @Nullable String stratum,
        @Nullable String primaryVersion,
        @Nullable String candidateVersion,
        @NestedConfigurationProperty @Nullable LatencyProperties latency) {

    /** The properties where none is set. */
    static final DecisionProperties NONE =
            new DecisionProperties(null, null, null, null, null, null, null, null, null, null, null, null, null);

    private static final Step FIRST = Step.SHADOW_TO_1_PERCENT;

    /** These properties, completed by others where they are not set. */
    DecisionProperties over(DecisionProperties others) {
        return new DecisionProperties(
                step != null ? step : others.step,
                threshold != null ? threshold : others.threshold,
                alpha != null ? alpha : others.alpha,
                soak != null ? soak : others.soak,
                maxAge != null ? maxAge : others.maxAge,
                completeness != null ? completeness : others.completeness,
                coverage != null ? coverage : others.coverage,
                waived != null ? waived : others.waived,
                pinned != null ? pinned : others.pinned,
                stratum != null ? stratum : others.stratum,
                primaryVersion != null ? primaryVersion : others.primaryVersion,
                candidateVersion != null ? candidateVersion : others.candidateVersion,
                latency != null ? latency.over(others.latency) : others.latency);
    }

    /** The policy: the defaults of the step, changed by the properties that are set. */
    DecisionPolicy policy() {
        return DecisionPolicy.of(step != null ? step : FIRST).with(this::set);
    }

    private void set(DecisionPolicy.Builder policy) {
        setIfKnown(threshold, policy::threshold);
        setIfKnown(alpha, policy::alpha);
        setIfKnown(soak, policy::soak);
        setIfKnown(maxAge, policy::maxAge);
        setIfKnown(completeness, policy::completeness);
        setIfKnown(coverage, policy::coverage);
        setIfKnown(waived, names -> policy.waived(Set.copyOf(names)));
        setIfKnown(pinned, policy::pinned);
        setIfKnown(latency, said -> policy.latency(said.over(LatencyPolicy.DEFAULT)));
    }

    private static <V> void setIfKnown(@Nullable V value, Consumer<V> step) {
        if (value != null) {
            step.accept(value);
        }
    }

    /** The attribute that divides calls into strata; none if it is not set or empty, which takes the default away. */
    Optional<String> attribute() {
        return Optional.ofNullable(stratum).filter(name -> !name.isEmpty());
    }

    /** The versions that the properties name; the rules are left empty here. */
    Epoch epoch() {
        return new Epoch(
                primaryVersion != null ? primaryVersion : "", candidateVersion != null ? candidateVersion : "", "");
    }
}
