package dev.scientist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackRoomTest {

    /**
     * Recurses to the end of the stack, and on the way back asks in each frame whether there is room, until there is.
     */
    private static final class Digger implements Runnable {
        private final List<Integer> framesWithoutRoom = new ArrayList<>();
        private int frames;
        private boolean hasRoom;

        @Override
        public void run() {
            try {
                dig();
            } catch (StackOverflowError end) {
                // This is the outermost frame; there was room long before.
            }
        }

        @SuppressWarnings("InfiniteRecursion") // the recursion ends with the stack
        private void dig() {
            try {
                dig();
            } catch (StackOverflowError end) {
                // The way back begins.
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
