package dev.scientist;

import dev.scientist.Verdict.Reason;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A guard that answers what it is told to, and keeps what it hears. */
final class TestGuard implements CandidateGuard {

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private Supplier<Reason> refusal = () -> Reason.NONE;
    private Supplier<Reason> acquired = () -> Reason.NONE;
    private Runnable settled = () -> {};
    private Runnable ended = () -> {};

    TestGuard refusing(Supplier<Reason> answer) {
        refusal = answer;
        return this;
    }

    TestGuard acquiring(Supplier<Reason> answer) {
        acquired = answer;
        return this;
    }

    TestGuard onSettled(Runnable action) {
        settled = action;
        return this;
    }

    TestGuard onEnded(Runnable action) {
        ended = action;
        return this;
    }

    /**
     * The calls of this guard after {@code refusal}, in order: {@code acquire}, {@code settled} with the kind of
     * outcome, and {@code ended}.
     */
    List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public Reason refusal() {
        return refusal.get();
    }

    @Override
    public Reason acquire() {
        heard.add("acquire");
        return acquired.get();
    }

    @Override
    public void settled(Outcome<?> outcome) {
        heard.add("settled " + outcome.kind().tag());
        settled.run();
    }

    @Override
    public void ended() {
        heard.add("ended");
        ended.run();
    }
}
