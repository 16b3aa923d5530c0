package dev.scientist.benchmarks.spring;

import dev.scientist.benchmarks.caller.Answer;

/** The interface of the measured beans. Each contender has a class of its own, so that each has its own proxy. */
public interface Service {

    /** Answers. */
    Answer answer(Request request);

    /**
     * The argument of every bean.
     *
     * @param customer a key by which a call could be sampled
     * @param country an attribute
     */
    record Request(String customer, String country) {}
}
