package dev.scientist;

/**
 * What follows when a candidate is given up: its guards hear of it, and its stage if it has one. On a worker, because
 * guards and what depends on a future are other people's code, and may block.
 */
record Aftermath(CandidateRun<?> given, Outcome<Object> outcome, boolean hasEnded) implements Dispatcher.Work {
    @Override
    public void run() {
        try {
            Mdc.Scope mdc = Mdc.enter(given.mdc(), given.setup.hooks());
            try {
                given.tellSettled(outcome);
                if (hasEnded) {
                    given.end();
                } else {
                    given.giveUpStage();
                }
            } finally {
                mdc.close();
            }
        } catch (Throwable exhausted) {
            given.leaveUntold();
        }
    }

    @Override
    public void discard() {
        try {
            given.setup.engine().dispatcher().executeLast(this); // a guard may hold what others need
        } catch (Throwable exhausted) {
            given.leaveUntold();
        }
    }
}
