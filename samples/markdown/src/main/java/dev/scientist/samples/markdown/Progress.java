package dev.scientist.samples.markdown;

import dev.scientist.Tally;

/** Shows the progress of the run. */
interface Progress {

    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String title, int calls, Tally tally) {}

        @Override
        public void advance() {}

        @Override
        public void end() {}
    };

    /**
     * Called when a part begins, by one thread while no other one advances. The tally goes on changing during the part.
     */
    void begin(String title, int calls, Tally tally);

    /** Called on any thread when one more call has been made. */
    void advance();

    /** Called when all parts are done. */
    void end();
}
