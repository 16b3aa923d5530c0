package dev.scientist.benchmarks.spring;

import dev.scientist.benchmarks.caller.Answer;
import dev.scientist.benchmarks.spring.Service.Request;
import dev.scientist.spring.ParallelRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The beans that are called; all primaries give the same answer, as fast as possible. */
final class Beans {

    /** The names of all experiments. */
    static final List<String> EXPERIMENTS = List.of(
            NotSampled.NAME, NotSampledDescribed.NAME, Disabled.NAME, Sampled.NAME, SampledDescribed.NAME, Later.NAME);

    // The answer is a field, as a repository or a client would be; it is not final, so that each call reads it.
    private static Answer stored = new Answer(42);

    private Beans() {}

    static Answer expected() {
        return stored;
    }

    /** A bean without advice and without a proxy. */
    static class Direct implements Service {
        @Override
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** A bean behind an interceptor that does nothing. */
    static class Intercepted implements Service {
        @Override
        @IdleAdvice.Intercepted
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** A bean in an aspect that does nothing. */
    static class Surrounded implements Service {
        @Override
        @IdleAdvice.Surrounded
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** A bean in an aspect that does nothing but binds its annotation. */
    static class Bound implements Service {
        @Override
        @IdleAdvice.Bound
        public Answer answer(Request request) {
            return stored;
        }
    }

    /** The candidate of all beans. */
    static class Rewrite implements Service {
        @Override
        public Answer answer(Request request) {
            return new Answer(stored.value());
        }

        /** The candidate of {@link Later}. */
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

    /** An experiment at sample rate 0 with a key and an attribute. */
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

    /** An experiment with a key and an attribute that samples every call by its key. */
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

    /** A bean with another type of answer: an application has several, and the library must not be compiled for one. */
    static class Later {
        static final String NAME = "later";

        /** Returns a stage that is complete. */
        @ParallelRun(name = NAME, candidateType = Rewrite.class)
        public CompletionStage<Answer> later(Request request) {
            return CompletableFuture.completedFuture(stored);
        }
    }
}
