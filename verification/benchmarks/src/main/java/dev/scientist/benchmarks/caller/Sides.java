package dev.scientist.benchmarks.caller;

import dev.scientist.Implementation;

/**
 * The two sides that every contender runs.
 *
 * @param primary what is in service
 * @param candidate what is to replace it
 */
record Sides(Implementation<Answer, RuntimeException> primary, Implementation<Answer, RuntimeException> candidate) {

    /** Two sides that do the same kind of work. */
    static Sides of(Work primary, Work candidate) {
        return new Sides(primary::answer, candidate::answer);
    }

    Answer primaryAnswer() {
        return answer(primary);
    }

    Answer candidateAnswer() {
        return answer(candidate);
    }

    private static Answer answer(Implementation<Answer, RuntimeException> side) {
        Answer answer = side.call();
        if (answer == null) {
            throw new IllegalStateException("a side answered null");
        }
        return answer;
    }
}
