package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the description of one call. It is confined to the caller's thread until the call runs. */
final class DescribedCall<T> implements Experiment.Call<T>, Gate.Details {

    /** One candidate of this call. */
    record Offer<T>(
            String name,
            PreparedSide prepared,
            boolean isAsync,
            @Nullable Function<Object, ? extends T> translation) {}

    /** Runs a call once it is described. */
    interface Runner<T> {

        /** Runs a call whose candidates may be of any kind. */
        <X extends Throwable> @Nullable T runDescribed(DescribedCall<T> call, Implementation<? extends T, X> primary)
                throws X;

        /** Runs a call with an asynchronous primary. */
        <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runDescribedAsync(
                DescribedCall<T> call, Implementation<S, X> primary) throws X;

        /** Starts a call whose primary is run by other code; null if the outcome of the primary is not needed. */
        @Nullable
        ObservedPrimary<T> observeDescribed(DescribedCall<T> call, @Nullable PartialAnswer parts);
    }

    /**
     * A supplier that takes the place of a wrong description. Names come from the traffic like values, so a wrong one
     * must not fail the call. The exception is thrown when the gate asks, which reports it with the stack trace of the
     * wrong line.
     */
    private record Untold<V>(RuntimeException why) implements Supplier<V> {
        @Override
        public V get() {
            throw why;
        }
    }

    private final Experiment<T> experiment;
    private final Runner<T> runner;
    private final long random;
    private final List<Offer<T>> offers = new ArrayList<>(1);
    private @Nullable Map<String, Object> attributes;
    private @Nullable Supplier<? extends Map<String, ?>> attributesSource;
    private @Nullable Object key;
    private @Nullable Supplier<?> keySource;
    private @Nullable PreparedSide replicate;
    private boolean ownedFutures;
    private boolean hasRun;

    /**
     * Creates a call without a description.
     *
     * @param random the bits that decide whether it is sampled
     */
    DescribedCall(Experiment<T> experiment, Runner<T> runner, long random) {
        this.experiment = experiment;
        this.runner = runner;
        this.random = random;
    }

    @Override
    public Experiment.Call<T> key(@Nullable Object value) {
        requireNotRun();
        key = value;
        keySource = null;
        return this;
    }

    @Override
    public Experiment.Call<T> keyFrom(Supplier<?> source) {
        requireNotRun();
        keySource = source == null ? new Untold<>(new NullPointerException("keyFrom without a supplier")) : source;
        return this;
    }

    @Override
    public Experiment.Call<T> attribute(String name, @Nullable Object value) {
        requireNotRun();
        if (name == null || name.isBlank()) {
            attributesSource = new Untold<>(new IllegalArgumentException("an attribute without a name"));
        } else if (value != null) {
            if (attributes == null) {
                attributes = new LinkedHashMap<>();
            }
            if (attributes.putIfAbsent(name, value) != null) {
                attributesSource = new Untold<>(new IllegalArgumentException("two attributes of one name"));
            }
        }
        return this;
    }

    @Override
    public Experiment.Call<T> attributesFrom(Supplier<? extends Map<String, ?>> source) {
        requireNotRun();
        if (source == null) {
            attributesSource = new Untold<>(new NullPointerException("attributesFrom without a supplier"));
        } else if (attributesSource == null) {
            attributesSource = source;
        } else {
            attributesSource =
                    new Untold<>(new IllegalArgumentException("attributesFrom, twice or with wrong attributes"));
        }
        return this;
    }

    @Override
    public Experiment.Call<T> candidate(Implementation<? extends T, ?> candidate) {
        return candidate(onlyCandidate(), candidate);
    }

    @Override
    public <A extends @Nullable Object> Experiment.Call<T> candidate(
            A argument, Operation<? super A, ? extends T, ?> candidate) {
        return offer(onArgument(argument, RequiredSide.of(candidate, "candidate", experiment), false));
    }

    @Override
    public Experiment.Call<T> candidate(String name, Implementation<? extends T, ?> candidate) {
        RequiredSide.of(candidate, "candidate", experiment);
        return offer(new Offer<>(name, runtime -> candidate, false, null));
    }

    @Override
    @SuppressWarnings("unchecked") // the value is what this candidate returned, which is a C
    public <C> Experiment.Call<T> candidate(
            String name, Implementation<? extends C, ?> candidate, Function<? super C, ? extends T> translation) {
        requireNonNull(translation, "translation");
        RequiredSide.of(candidate, "candidate", experiment);
        return offer(new Offer<>(name, runtime -> candidate, false, value -> translation.apply((C) value)));
    }

    @Override
    public Experiment.Call<T> asyncCandidate(Implementation<? extends CompletionStage<? extends T>, ?> candidate) {
        return asyncCandidate(onlyCandidate(), candidate);
    }

    @Override
    public <A extends @Nullable Object> Experiment.Call<T> asyncCandidate(
            A argument, Operation<? super A, ? extends CompletionStage<? extends T>, ?> candidate) {
        return offer(onArgument(argument, RequiredSide.of(candidate, "candidate", experiment), true));
    }

    @Override
    public Experiment.Call<T> asyncCandidate(
            String name, Implementation<? extends CompletionStage<? extends T>, ?> candidate) {
        RequiredSide.of(candidate, "candidate", experiment);
        return offer(new Offer<>(name, runtime -> candidate, true, null));
    }

    @Override
    public <A extends @Nullable Object> Experiment.Call<T> replicate(A argument, Operation<? super A, ?, ?> again) {
        RequiredSide.of(again, "replicate", experiment);
        requireNotRun();
        if (experiment.replicateRate() > 0) { // otherwise nothing is allocated
            replicate = PreparedSide.withCopy(argument, again);
        }
        return this;
    }

    @Override
    public Experiment.Call<T> ownedFutures() {
        requireNotRun();
        ownedFutures = true;
        return this;
    }

    @Override
    public <X extends Throwable> @Nullable T run(Implementation<? extends T, X> primary) throws X {
        RequiredSide.of(primary, "primary", experiment);
        requireNotRun();
        hasRun = true;
        return runner.runDescribed(this, primary);
    }

    @Override
    public <S extends CompletionStage<? extends T>, X extends Throwable> @Nullable S runAsync(
            Implementation<S, X> primary) throws X {
        RequiredSide.of(primary, "primary", experiment);
        requireNotRun();
        hasRun = true;
        return runner.runDescribedAsync(this, primary);
    }

    @Override
    public @Nullable ObservedPrimary<T> observe() {
        return observed(null);
    }

    @Override
    public @Nullable ObservedPrimary<T> observe(PartialAnswer parts) {
        return observed(requireNonNull(parts, "parts"));
    }

    private @Nullable ObservedPrimary<T> observed(@Nullable PartialAnswer parts) {
        requireNotRun();
        hasRun = true;
        return runner.observeDescribed(this, parts);
    }

    @Override
    public @Nullable Object key() {
        Supplier<?> source = keySource;
        if (source != null) {
            keySource = null; // asked once, even if it throws
            key = source.get();
        }
        return key;
    }

    @Override
    public Map<String, Object> attributes() {
        Supplier<? extends Map<String, ?>> source = attributesSource;
        if (source != null) {
            attributesSource = null; // asked once, even if it throws
            attributes = merged(source.get());
        }
        return attributes == null ? Map.of() : Collections.unmodifiableMap(attributes);
    }

    /** Merges the supplied attributes with those set by name, which win. */
    private Map<String, Object> merged(Map<String, ?> supplied) {
        Map<String, Object> all = new LinkedHashMap<>();
        supplied.forEach((name, value) -> {
            Checks.text(name, "attribute name");
            if (value != null) {
                all.put(name, value);
            }
        });
        if (attributes != null) {
            all.putAll(attributes);
        }
        return all;
    }

    long random() {
        return random;
    }

    boolean hasOwnedFutures() {
        return ownedFutures;
    }

    /**
     * Returns what runs the primary a second time; null if that is not possible.
     *
     * @param primary the primary; null if other code runs it
     */
    @Nullable
    PreparedSide replicate(@Nullable Implementation<?, ?> primary) {
        return replicate != null || primary == null ? replicate : runtime -> primary;
    }

    List<Offer<T>> offers() {
        return offers;
    }

    @Nullable
    Offer<T> offer(String name) {
        for (Offer<T> offer : offers) {
            if (offer.name().equals(name)) {
                return offer;
            }
        }
        return null;
    }

    /** Refuses changes after the call has run, because its trial may still read them. */
    private void requireNotRun() {
        if (hasRun) {
            throw new IllegalStateException("this call of experiment \"" + experiment.name()
                    + "\" has run already; describe each call anew with call()");
        }
    }

    private String onlyCandidate() {
        if (experiment.candidates().size() != 1) {
            throw new IllegalStateException("experiment \"" + experiment.name() + "\" has the candidates "
                    + experiment.candidates() + "; offer each by name: candidate(name, ...)");
        }
        return experiment.candidates().get(0);
    }

    private <A extends @Nullable Object> Offer<T> onArgument(
            A argument, Operation<? super A, ?, ?> candidate, boolean isAsync) {
        return new Offer<>(onlyCandidate(), PreparedSide.withCopy(argument, candidate), isAsync, null);
    }

    private Experiment.Call<T> offer(Offer<T> offer) {
        requireNotRun();
        if (!experiment.candidates().contains(requireNonNull(offer.name(), "name"))) {
            throw new IllegalArgumentException(
                    "experiment \"" + experiment.name() + "\" has no candidate \"" + offer.name() + "\"; it has "
                            + experiment.candidates() + ", see ExperimentOptions.Builder.candidates");
        }
        if (offer(offer.name()) != null) {
            throw new IllegalArgumentException("candidate \"" + offer.name() + "\" is offered twice; offer it once");
        }
        offers.add(offer);
        return this;
    }
}
