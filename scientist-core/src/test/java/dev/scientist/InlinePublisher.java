package dev.scientist;

/** A publisher that is called right on the judging thread. */
record InlinePublisher(TrialPublisher publisher) implements TrialPublisher {

    static TrialPublisher inline(TrialPublisher publisher) {
        return new InlinePublisher(publisher);
    }

    @Override
    public void publish(Trial<?> trial) throws Exception {
        publisher.publish(trial);
    }

    @Override
    public void ended(Experiment<?> experiment) throws Exception {
        publisher.ended(experiment);
    }

    @Override
    public void closed() throws Exception {
        publisher.closed();
    }

    @Override
    public boolean isInline() {
        return true;
    }
}
