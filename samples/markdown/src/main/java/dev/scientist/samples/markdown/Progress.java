package dev.scientist.samples.markdown;

import dev.scientist.Tally;

/** Shows how far the run is. */
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

    /** A part begins; the tally is live. Called by one thread while no other advances. */
    void begin(String title, int calls, Tally tally);

    /** One more call has been made; from any thread. */
    void advance();

    /** All parts are done. */
    void end();
}
