package dev.scientist.decision;

import static java.util.Objects.requireNonNull;

import dev.scientist.Experiment;
import dev.scientist.Trial;
import dev.scientist.TrialPublisher;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import dev.scientist.decision.ExperimentEvidence.Namesake;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the verdicts of all trials of all experiments, for decisions.
 *
 * <pre>{@code
 * Evidence evidence = Evidence.builder().stratum("checkout.quote", "tier").build();
 * try (Scientist scientist = Scientist.builder().publisher(evidence).build()) {
 *     ...
 *     Decision decision = Decision.decide(evidence.snapshot("checkout.quote"), policy);
 * }
 * }</pre>
 *
 * <p>Counting costs the caller nothing, because trials are counted on the thread that judges them. No trial is ever
 * dropped.
 *
 * <p>Threads: any thread counts, reads and opens epochs. Invariant: a trial is counted once, in the epoch that was open
 * when it was started, or in the last one before the present one. Consequence: while a trial is being counted, a reader
 * may see some of its counters and not yet others.
 *
 * @since 0.1.0
 */
public final class Evidence implements TrialPublisher {

    private final Function<String, Optional<String>> attributes;
    private final Function<String, Epoch> firstEpochs;
    private final InstantSource instants;
    private final LongSupplier ticker = System::nanoTime;
    private final Map<String, ExperimentEvidence> experiments = new ConcurrentHashMap<>();

    private Evidence(Builder builder) {
        Map<String, String> named = Map.copyOf(builder.attributes);
        Function<String, Optional<String>> otherAttributes = builder.otherAttributes;
        this.attributes = name -> Optional.ofNullable(named.get(name)).or(() -> otherAttributes.apply(name));
        Map<String, Epoch> opened = Map.copyOf(builder.epochs);
        Function<String, Epoch> otherEpochs = builder.otherEpochs;
        this.firstEpochs = name -> Optional.ofNullable(opened.get(name)).orElseGet(() -> otherEpochs.apply(name));
        this.instants = builder.instants;
    }

    /** Starts a collection in which every experiment has one stratum and no version is named. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean isInline() {
        return true; // counting only increments adders, and a dropped trial would be lost evidence
    }

    /**
     * Asks how the experiment compares, and counts it. If the answer fails, nothing of its name is counted until it has
     * ended, since nobody could say what the counts are evidence of.
     */
    @Override
    public void declared(Experiment<?> experiment) {
        String name = experiment.name();
        Namesake namesake;
        String attribute;
        Epoch first;
        try {
            attribute = attributes.apply(name).orElse(null);
            first = firstEpochs.apply(name);
            namesake = new Namesake(experiment, experiment.options().comparison());
        } catch (Throwable failed) {
            join(new Namesake(experiment, null), null, Epoch.UNNAMED);
            throw failed;
        }
        join(namesake, attribute, first);
    }

    private void join(Namesake namesake, @Nullable String attribute, Epoch first) {
        ExperimentEvidence made = new ExperimentEvidence(namesake, attribute, first, instants, ticker);
        ExperimentEvidence known = experiments.putIfAbsent(namesake.experiment().name(), made);
        if (known != null) {
            known.join(namesake, attribute, first);
        }
    }

    /** The counts stay. Another experiment of the same name begins an epoch of its own. */
    @Override
    public void ended(Experiment<?> experiment) {
        ExperimentEvidence known = experiments.get(experiment.name());
        if (known != null) {
            known.leave(experiment);
        }
    }

    @Override
    public void publish(Trial<?> trial) {
        ExperimentEvidence known = experiments.get(trial.experiment());
        if (known != null) {
            known.count(trial);
        }
    }

    /** Whether the open epoch of its name is about this experiment, and not about an earlier or later one. */
    boolean counts(Experiment<?> experiment) {
        ExperimentEvidence known = experiments.get(experiment.name());
        return known != null && known.isAbout(experiment);
    }

    /** The names of the experiments that are counted, in alphabetical order. */
    public List<String> experiments() {
        return List.copyOf(new TreeSet<>(experiments.keySet()));
    }

    /**
     * The counts of the only candidate of an experiment in the open epoch. Reading changes nothing.
     *
     * @throws IllegalArgumentException if there is no such experiment, or it has several candidates
     */
    public EvidenceSnapshot snapshot(String experiment) {
        ExperimentEvidence known = known(experiment);
        if (known.candidates().size() != 1) {
            throw new IllegalArgumentException(
                    "experiment \"" + experiment + "\" has the candidates " + known.candidates() + "; say which one");
        }
        return known.snapshot(known.candidates().get(0));
    }

    /**
     * The counts of one candidate in the open epoch. Reading changes nothing.
     *
     * @throws IllegalArgumentException if there is no such experiment or candidate
     */
    public EvidenceSnapshot snapshot(String experiment, String candidate) {
        return known(experiment).snapshot(candidate);
    }

    /** The counts of one candidate in the latest 10 closed epochs, the oldest first. */
    public List<EvidenceSnapshot> closed(String experiment, String candidate) {
        return known(experiment).closed(candidate);
    }

    /**
     * Opens a new epoch, because from now on something else is compared: another version of a side, or other rules. The
     * previous epoch is closed; its counts stay readable, but are no evidence about the new one. Does nothing if the
     * epoch is open already.
     *
     * @param epoch without rules it has those that the experiment was declared with
     * @throws IllegalArgumentException if there is no such experiment
     */
    public void open(String experiment, Epoch epoch) {
        known(experiment).open(requireNonNull(epoch, "epoch"));
    }

    private ExperimentEvidence known(String experiment) {
        ExperimentEvidence known = experiments.get(requireNonNull(experiment, "experiment"));
        if (known == null) {
            throw new IllegalArgumentException(
                    "no experiment \"" + experiment + "\" is counted; there is " + experiments());
        }
        return known;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> attributes = new HashMap<>();
        private final Map<String, Epoch> epochs = new HashMap<>();
        private Function<String, Optional<String>> otherAttributes = experiment -> Optional.empty();
        private Function<String, Epoch> otherEpochs = experiment -> Epoch.UNNAMED;
        private InstantSource instants = InstantSource.system();

        private Builder() {}

        /**
         * Judges the calls of an experiment in several strata, by the text of an attribute of the call.
         *
         * @param experiment the name of the experiment
         * @param attribute the name of the attribute, as given to {@link Experiment.Call#attribute}; at most
         *     {@link Stratum#MOST} of its values get a stratum, so it should have few values, such as a tenant's tier
         *     or a country
         */
        public Builder stratum(String experiment, String attribute) {
            attributes.put(requireNonNull(experiment, "experiment"), requireNonNull(attribute, "attribute"));
            return this;
        }

        /**
         * Sets the first epoch of an experiment: what is compared at first. Default: versions are unnamed. An epoch
         * without rules gets those that the experiment was declared with.
         */
        public Builder epoch(String experiment, Epoch epoch) {
            epochs.put(requireNonNull(experiment, "experiment"), requireNonNull(epoch, "epoch"));
            return this;
        }

        /**
         * Sets a function that finds the attribute, as in {@link #stratum}, of experiments that were not named there,
         * such as from a configuration. Called when an experiment is declared. Default: those experiments have no
         * attribute.
         */
        public Builder strata(Function<String, Optional<String>> attributeOf) {
            otherAttributes = requireNonNull(attributeOf, "attributeOf");
            return this;
        }

        /**
         * Sets a function that finds the first epoch of experiments that were not named in {@link #epoch}. Called when
         * an experiment is declared. Default: versions are unnamed, and the rules are those that the experiment was
         * declared with.
         */
        public Builder epochs(Function<String, Epoch> epochOf) {
            otherEpochs = requireNonNull(epochOf, "epochOf");
            return this;
        }

        /** Sets the clock for the times of epochs and snapshots. Default: the system's. */
        public Builder instantSource(InstantSource source) {
            instants = requireNonNull(source, "instantSource");
            return this;
        }

        /** Builds the collection. */
        public Evidence build() {
            return new Evidence(this);
        }
    }
}
