package dev.scientist.benchmarks.spring;

import dev.scientist.benchmarks.caller.Answer;
import dev.scientist.benchmarks.spring.Service.Request;
import dev.scientist.spring.ParallelRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The beans that are called; all primaries answer the same, as fast as can be. */
final class Beans {

    /** The names of all experiments. */
    static final List<String> EXPERIMENTS = List.of(
            NotSampled.NAME, NotSampledDescribed.NAME, Disabled.NAME, Sampled.NAME, SampledDescribed.NAME, Later.NAME);

    // As a repository or a client would be. Not final, so that it is looked at in each call.
    private static Answer stored = new Answer(42);

    private Beans() {}

    static Answer expected() {
        return stored;
    }

    /** No advice, and no proxy. */
    static class Direct implements Service {
        @Override
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** Behind an interceptor that does nothing. */
    static class Intercepted implements Service {
        @Override
        @IdleAdvice.Intercepted
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** In an aspect that does nothing. */
    static class Surrounded implements Service {
        @Override
        @IdleAdvice.Surrounded
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** In an aspect that does nothing, but with its annotation. */
    static class Bound implements Service {
        @Override
        @IdleAdvice.Bound
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** What is to replace all of them. */
    static class Rewrite implements Service {
        @Override
        public Answer answer(Request request) {
            return new Answer(stored.value());
        }

        /** Like the method of {@link Later}. */
        public CompletionStage<Answer> later(Request request) {
            return CompletableFuture.completedFuture(stored);
        }
    }

    /** An experiment at sample rate 0. */
    static class NotSampled implements Service {
        static final String NAME = "not-sampled";

        @Override
        @ParallelRun(name = NAME, candidateType = Rewrite.class)
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** The same, with everything an annotation can say. */
    static class NotSampledDescribed implements Service {
        static final String NAME = "not-sampled-described";

        @Override
        @ParallelRun(
                name = NAME,
                candidateType = Rewrite.class,
                key = "#request.customer",
                attributes = "country = #request.country")
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** An experiment that is switched off. */
    static class Disabled implements Service {
        static final String NAME = "disabled";

        @Override
        @ParallelRun(name = NAME, candidateType = Rewrite.class)
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** An experiment that samples every call. */
    static class Sampled implements Service {
        static final String NAME = "sampled";

        @Override
        @ParallelRun(name = NAME, candidateType = Rewrite.class)
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** An experiment that samples every call, by its key. */
    static class SampledDescribed implements Service {
        static final String NAME = "sampled-described";

        @Override
        @ParallelRun(
                name = NAME,
                candidateType = Rewrite.class,
                key = "#request.customer",
                attributes = "country = #request.country")
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** Another kind of answer: an application has several, and the code inside must not be compiled for one. */
    static class Later {
        static final String NAME = "later";

        /** Answers at once, in a stage. */
        @ParallelRun(name = NAME, candidateType = Rewrite.class)
        public CompletionStage<Answer> later(Request request) {
            return CompletableFuture.completedFuture(stored);
        }
    }
}
