package dev.scientist.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.ExperimentOptions.Start;
import dev.scientist.FakeTicker;
import dev.scientist.ResultComparator;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import dev.scientist.TestScientists;
import dev.scientist.decision.Decision.Code;
import dev.scientist.decision.DecisionPolicy.Step;
import dev.scientist.decision.EvidenceSnapshot.Epoch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evidence about experiments of one name that compare differently, or cannot say how. */
class ComparedEvidenceTest {

    private static final DecisionPolicy POLICY = DecisionPolicy.of(Step.SHADOW_TO_1_PERCENT);

    private final AtomicReference<Instant> now = new AtomicReference<>(Sums.FROM);

    private final Evidence evidence = Evidence.builder()
            .strata(name -> Optional.of("tier"))
            .instantSource(now::get)
            .build();

    @AutoClose
    private final Scientist one = scientist();

    @AutoClose
    private final Scientist other = scientist();

    @Test
    @Tag("promise-15")
    void twoScientistsThatCompareDifferentlyUnderOneNameAreNotAddedUp() {
        Experiment<String> strict = declare(one, () -> "strict");
        compare(strict, 2);
        Experiment<String> lenient = declare(other, () -> "lenient");
        compare(strict, 1);
        compare(lenient, 1);

        EvidenceSnapshot mixed = evidence.snapshot("quote");
        other.remove(lenient);
        compare(strict, 3);

        assertThat(mixed.epochs()).extracting(Epoch::rules).containsExactly("lenient", "strict");
        assertThat(codes(mixed)).containsExactly(Code.MIXED_VERSIONS);
        assertThat(evidence.snapshot("quote").epochs()).extracting(Epoch::rules).containsExactly("strict");
        assertThat(evidence.snapshot("quote").compared()).isEqualTo(3);
        assertThat(evidence.closed("quote", "candidate"))
                .extracting(EvidenceSnapshot::compared)
                .containsExactly(2L, 2L);
    }

    @Test
    void twoScientistsThatCompareAlikeUnderOneNameAreAddedUp() {
        Experiment<String> first = declare(one, () -> "strict");
        Experiment<String> second = declare(other, () -> "strict");

        compare(first, 2);
        compare(second, 1);

        assertThat(evidence.snapshot("quote").compared()).isEqualTo(3);
        assertThat(evidence.closed("quote", "candidate")).isEmpty();
    }

    @Test
    @Tag("promise-15")
    void nothingIsCountedOfAnotherScientistWithOtherCandidatesNorBesideIt() {
        Experiment<String> first = declare(one, () -> "strict");
        Experiment<String> second = other.experiment(
                "quote", options -> options.comparator(new Said(() -> "strict")).candidates("candidate", "rewrite"));

        compare(first, 1);
        compare(second, 1);

        assertThat(evidence.snapshot("quote").compared()).isZero();
        assertThat(codes(evidence.snapshot("quote"))).containsExactly(Code.UNDESCRIBED);
    }

    @Test
    @Tag("promise-15")
    void nothingIsCountedOfAnExperimentWhoseDescriptionFailsAndTheDecisionSaysSo() {
        Experiment<String> broken = declare(one, () -> {
            throw new IllegalStateException("no description");
        });
        compare(broken, 2);

        Decision decision = Decision.decide(evidence.snapshot("quote"), POLICY);

        assertThat(evidence.snapshot("quote").compared()).isZero();
        assertThat(decision.kind()).isEqualTo(Decision.Kind.HOLD);
        assertThat(decision.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(Code.UNDESCRIBED);
            assertThat(reason.sentence()).contains("quote is not counted", "description");
        });
    }

    @Test
    @Tag("promise-15")
    void aDescriptionThatFailsWhenDeclaredAnewIsNotMixedIntoTheOldEvidence() {
        Experiment<String> good = declare(one, () -> "strict");
        compare(good, 2);
        one.remove(good);
        Experiment<String> broken = declare(one, () -> " ");
        compare(broken, 3);
        EvidenceSnapshot uncounted = evidence.snapshot("quote");

        one.remove(broken);
        Experiment<String> mended = declare(one, () -> "strict");
        mended.call().attribute("tier", "gold").candidate(() -> "a").run(() -> "a");

        assertThat(codes(uncounted)).containsExactly(Code.UNDESCRIBED);
        assertThat(evidence.snapshot("quote").strata())
                .extracting(Stratum::name)
                .containsExactly("gold");
        assertThat(evidence.closed("quote", "candidate"))
                .extracting(EvidenceSnapshot::compared)
                .containsExactly(2L, 0L);
    }

    @Test
    @Tag("promise-16")
    void aDescriptionThatChangesLaterBeginsAnEpoch() {
        AtomicReference<String> text = new AtomicReference<>("clock ignored");
        Experiment<String> experiment = declare(one, text::get);
        compare(experiment, 2);

        text.set("clock ignored (expired)");
        compare(experiment, 1);
        long sameBucket = evidence.snapshot("quote").compared();
        now.set(Sums.FROM.plusSeconds(10));
        compare(experiment, 3);

        assertThat(sameBucket).isEqualTo(3);
        assertThat(evidence.snapshot("quote").epochs())
                .extracting(Epoch::rules)
                .containsExactly("clock ignored (expired)");
        assertThat(evidence.snapshot("quote").compared()).isEqualTo(2);
        assertThat(evidence.closed("quote", "candidate"))
                .extracting(EvidenceSnapshot::compared)
                .containsExactly(4L);
    }

    @Test
    @Tag("promise-15")
    void aDescriptionThatFailsLaterEndsCounting() {
        AtomicReference<String> text = new AtomicReference<>("strict");
        Experiment<String> experiment = declare(one, text::get);
        compare(experiment, 2);

        text.set("");
        now.set(Sums.FROM.plusSeconds(10));
        compare(experiment, 3);

        assertThat(codes(evidence.snapshot("quote"))).containsExactly(Code.UNDESCRIBED);
        assertThat(evidence.snapshot("quote").compared()).isZero();
        assertThat(experiment.tally().hookFailures(Tally.Hook.PUBLISHER)).isEqualTo(1);
    }

    @Test
    void aDecisionAboutSeveralEpochsNamesThem() {
        declare(one, () -> "strict");
        compare(declare(other, () -> "lenient"), 1);

        Decision decision = Decision.decide(evidence.snapshot("quote"), POLICY);

        assertThat(decision.reasons())
                .singleElement()
                .extracting(Decision.Reason::sentence)
                .asString()
                .endsWith(": (lenient); (strict)");
    }

    private Scientist scientist() {
        return TestScientists.builder(new FakeTicker(), now::get)
                .publisher(evidence)
                .defaults(options -> options.start(Start.SAME_THREAD))
                .build();
    }

    private static Experiment<String> declare(Scientist scientist, Supplier<String> description) {
        return scientist.experiment("quote", options -> options.comparator(new Said(description)));
    }

    private static void compare(Experiment<String> experiment, int calls) {
        for (int i = 0; i < calls; i++) {
            experiment.call().candidate("candidate", () -> "a").run(() -> "a");
        }
    }

    private static List<Code> codes(EvidenceSnapshot snapshot) {
        return Decision.decide(snapshot, POLICY).reasons().stream()
                .map(Decision.Reason::code)
                .toList();
    }

    private record Said(Supplier<String> said) implements ResultComparator<String> {

        @Override
        public List<Difference> compare(String primary, String candidate) {
            return List.of();
        }

        @Override
        public String description() {
            return said.get();
        }
    }
}
