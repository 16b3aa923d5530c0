package dev.scientist.benchmarks.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContendersTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Answer expected = new Answer(7);
    private final AtomicInteger candidates = new AtomicInteger();
    private final Sides sides = new Sides(() -> expected, () -> {
        candidates.incrementAndGet();
        return new Answer(7);
    });

    @Test
    void everyContenderAnswersWhatThePrimaryDoes() throws Exception {
        Map<String, @Nullable Answer> answers = new LinkedHashMap<>();

        try (Contenders contenders = Contenders.all(sides)) {
            for (Map.Entry<String, Contender> contender : contenders.byName().entrySet()) {
                answers.put(contender.getKey(), contender.getValue().call());
            }
        }

        assertThat(answers)
                .hasSize(9)
                .allSatisfy((name, answer) -> assertThat(answer).isSameAs(expected));
    }

    @Test
    void everyContenderButTheDirectCallRunsTheCandidateOnce() throws Exception {
        Map<String, Integer> runs = new LinkedHashMap<>();

        try (Contenders contenders = Contenders.all(sides)) {
            for (Map.Entry<String, Contender> contender : contenders.byName().entrySet()) {
                int before = candidates.get();
                contender.getValue().call();
                contender.getValue().settle();
                runs.put(contender.getKey(), candidates.get() - before);
            }
        }

        assertThat(runs.remove(Contenders.DIRECT)).isZero();
        assertThat(runs).allSatisfy((name, count) -> assertThat(count).isOne());
    }

    @Test
    void oursMatches() {
        OurCall ours = OurCall.with(options -> options.candidateTimeout(LONG).comparisonTimeout(LONG), sides);

        try (ours) {
            ours.call();
            ours.settle();
        }

        assertThat(ours.tally().count(Verdict.MATCHED)).isOne();
    }

    @Test
    void whatIsWrittenByHandRunsTheCandidateOnlyWhenSampled() {
        WrittenByHand gate = new WrittenByHand(0);

        Answer answer = gate.run(sides.primary(), sides.candidate());

        assertThat(answer).isSameAs(expected);
        assertThat(candidates).hasValue(0);
    }

    @Test
    void theLoopsOfCallsThatAreNotSampledAllAnswerTheSame() throws Exception {
        NotSampledLoops loops = new NotSampledLoops();

        Object direct = loops.direct();

        assertThat(loops.notSampled()).isSameAs(direct);
        assertThat(loops.disabled()).isSameAs(direct);
        assertThat(loops.writtenByHand()).isSameAs(direct);
        assertThat(loops.shadowTool()).isSameAs(direct);
        assertThat(loops.scientist4j()).isSameAs(direct);
    }

    @Test
    void workAnswersAlwaysTheSame() {
        Work work = Work.lasting(100);

        Answer answer = work.answer();

        assertThat(answer).isSameAs(work.known()).isSameAs(work.answer());
    }

    @Test
    void theClockOfASampledCallIsReadTwiceAndNowAndThenFourTimes() throws Exception {
        double readings = CountedClock.readingsOfASampledCall(sides, 200);

        assertThat(readings).isBetween(2.0, 2.5);
    }
}
