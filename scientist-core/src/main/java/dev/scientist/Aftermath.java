package dev.scientist;

/**
 * The work after a candidate was given up: its guards are told, and its future is given up if it has one. It runs on a
 * worker, because guards and the dependents of a future are user code and may block.
 */
record Aftermath(CandidateRun<?> given, Outcome<Object> outcome, boolean hasEnded) implements Dispatcher.Work {
    @Override
    public void run() {
        try {
            Mdc.Scope mdc = Mdc.enter(given.mdc(), given.runtime.hooks());
            try {
                given.tellSettled(outcome);
                if (hasEnded) {
                    given.end();
                } else {
                    given.giveUpAsync();
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
            given.runtime.dispatcher().executeLast(this); // a guard may hold a resource that others need
        } catch (Throwable exhausted) {
            given.leaveUntold();
        }
    }
}
