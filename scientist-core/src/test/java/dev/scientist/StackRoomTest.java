package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackRoomTest {

    /** Asks for room on the way back up from the end of the stack, until there is. */
    private static final class Digger implements Runnable {
        private final List<Integer> framesWithoutRoom = new ArrayList<>();
        private int frames;
        private boolean hasRoom;

        @Override
        public void run() {
            try {
                dig();
            } catch (StackOverflowError end) {
                // The outermost frame, where there was room long before.
            }
        }

        @SuppressWarnings("InfiniteRecursion") // as meant
        private void dig() {
            try {
                dig();
            } catch (StackOverflowError end) {
                // On the way back up.
            }
            frames++;
            if (!hasRoom) {
                try {
                    StackRoom.require();
                    hasRoom = true;
                } catch (StackOverflowError tooLittle) {
                    framesWithoutRoom.add(frames);
                }
            }
        }
    }

    @Test
    void nearItsEndAStackHasNoRoom() throws InterruptedException {
        Digger digger = new Digger();
        Thread thread = new Thread(null, digger, "digger", 256 * 1024);

        thread.start();
        thread.join();

        assertThat(digger.hasRoom).isTrue();
        assertThat(digger.framesWithoutRoom).hasSizeGreaterThan(20);
    }

    @Test
    void elsewhereItHas() {
        StackRoom.require();

        assertThat(Thread.currentThread().isAlive()).isTrue();
    }
}
