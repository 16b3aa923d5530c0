package dev.scientist.comparators;

import dev.scientist.OverBudgetException;
import dev.scientist.Side;
import dev.scientist.comparators.JsonTokens.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads two documents side by side, token by token, and tries to see that nothing in them differs, without keeping
 * them. It either sees that or it gives up: who wants to know more reads the two into trees. So it may give up on
 * whatever is rare, but must never see equality where the trees would not.
 *
 * <p>Where the fields of an object come in another order, the rest of the candidate's object goes onto a {@link
 * TokenTape}, and the primary's fields, still read one by one, look for their counterparts there. Afterwards both go on
 * side by side.
 *
 * <p>It does not recurse. Confined to one thread, for one comparison.
 */
final class JsonLockStep {

    private final JsonTokens primary;
    private final JsonTokens candidate;
    private final List<LockStepFrame> frames = new ArrayList<>(); // each is made once for its depth
    private final HiddenCounts hidden;
    private final Budget budget = new Budget();
    private @Nullable TokenTape tape;
    private int depth;
    private int seen;

    /**
     * Compares two documents that nobody has begun to read.
     *
     * @param hidden told what rules have hidden; worthless if it gives up
     */
    JsonLockStep(JsonTokens primary, JsonTokens candidate, HiddenCounts hidden) {
        this.primary = primary;
        this.candidate = candidate;
        this.hidden = hidden;
    }

    /** Whether the two are seen to be equal under the rules. */
    boolean seesNoDifference(PathState root) throws IOException {
        if (!value(nextOfPrimary(), candidate.next(), LockStepFrame.NOWHERE, root)) {
            return false;
        }
        while (depth > 0) {
            LockStepFrame frame = frames.get(depth - 1);
            boolean goesOn = frame.isObject ? field(frame) : element(frame);
            if (!goesOn) {
                return false;
            }
        }
        return nextOfPrimary() == Kind.END && candidate.next() == Kind.END;
    }

    private boolean element(LockStepFrame frame) throws IOException {
        Kind kind = nextOfPrimary();
        int position = frame.position;
        Kind other;
        if (position == LockStepFrame.NOWHERE) {
            other = candidate.next();
        } else {
            other = tape().kind(position);
            frame.position = tape().after(position);
        }
        if (kind == Kind.ARRAY_END && other == Kind.ARRAY_END) {
            depth--;
            return true;
        }
        if (kind == Kind.ARRAY_END || other == Kind.ARRAY_END) {
            return false; // otherwise a rule would take the end of one array for an element of the other
        }
        return value(kind, other, position, frame.state.child(frame.index++));
    }

    private boolean field(LockStepFrame frame) throws IOException {
        Kind kind = nextOfPrimary();
        if (frame.position != LockStepFrame.NOWHERE) {
            return fieldOnTape(frame, kind);
        }
        Kind other = candidate.next();
        if (kind == Kind.OBJECT_END && other == Kind.OBJECT_END) {
            depth--;
            return true;
        }
        if (kind == Kind.NAME && other == Kind.NAME) {
            String name = primary.name();
            if (name.equals(candidate.name())) {
                PathState state = frame.state.child(name);
                return isFirst(frame, name) && value(nextOfPrimary(), candidate.next(), LockStepFrame.NOWHERE, state);
            }
        }
        if (tape == null) {
            tape = new TokenTape();
        }
        tape.recordRestOfObject(candidate, other);
        frame.startOnTape(tape, 0);
        return fieldOnTape(frame, kind);
    }

    /** Looks on the tape for the counterpart of the primary's field. */
    private boolean fieldOnTape(LockStepFrame frame, Kind kind) throws IOException {
        if (kind != Kind.NAME) {
            return kind == Kind.OBJECT_END && endOnTape(frame);
        }
        String name = primary.name();
        if (!isFirst(frame, name)) {
            return false;
        }
        PathState state = frame.state.child(name);
        int value = frame.find(tape(), name);
        return value == LockStepFrame.NOWHERE
                ? skipIgnored(state)
                : value(nextOfPrimary(), tape().kind(value), value, state);
    }

    /** Checks at the end of the primary's object that no other field of the candidate matters. */
    private boolean endOnTape(LockStepFrame frame) {
        depth--;
        int size = frame.size();
        if (frame.found == size) {
            return true;
        }
        if (frame.state.hasNoRules()) {
            return false;
        }
        int accounted = frame.found;
        for (int i = 0; i < size; i++) {
            String name = tape().name(frame.field(i));
            if (!frame.names.contains(name)) {
                if (!isHidden(frame.state.child(name))) {
                    return false;
                }
                accounted++;
            }
        }
        return accounted == size; // otherwise a name of the primary comes twice
    }

    /** Leaves out a field that only the primary has, if it does not matter. */
    private boolean skipIgnored(PathState state) throws IOException {
        nextOfPrimary();
        primary.skipChildren();
        return isHidden(state);
    }

    private boolean isHidden(PathState state) {
        PlaceRules rules = state.rules();
        if (rules == null || !rules.isPlaceIgnored()) {
            return false;
        }
        hidden.ignored(rules);
        return true;
    }

    /** Whether a name comes for the first time; the trees decide about an object that has it twice. */
    private static boolean isFirst(LockStepFrame frame, String name) {
        return frame.names.add(name, 0);
    }

    private boolean value(Kind kind, Kind other, int position, PathState state) throws IOException {
        PlaceRules rules = state.hasNoRules() ? null : state.rules();
        if (rules != null) {
            return valueUnderRules(kind, other, position, state, rules);
        }
        return plainValue(kind, other, position, state);
    }

    private boolean plainValue(Kind kind, Kind other, int position, PathState state) throws IOException {
        if (kind.isContainer()) {
            return kind == other && open(kind, position, state);
        }
        return areSameScalars(kind, other, position);
    }

    private boolean areSameScalars(Kind kind, Kind other, int position) throws IOException {
        if (kind != other) {
            return false;
        }
        return switch (kind) {
            case TEXT -> Lexeme.areSame(primary, lexeme(position));
            case NUMBER -> Numbers.areSeenEqual(primary, lexeme(position));
            case TRUE, FALSE, NULL -> true;
            case OBJECT, OBJECT_END, ARRAY, ARRAY_END, NAME, END -> false;
        };
    }

    private boolean valueUnderRules(Kind kind, Kind other, int position, PathState state, PlaceRules rules)
            throws IOException {
        if (rules.isPlaceIgnored()) {
            if (!isSameUnderIgnored(kind, other, position)) {
                hidden.ignored(rules);
            }
            return true;
        }
        if (kind == Kind.ARRAY && other == Kind.ARRAY && (rules.isAnyOrder() || rules.keys() != null)) {
            return areSameInAnyOrder(position, state);
        }
        if (kind.isContainer() || other.isContainer()) {
            return plainValue(kind, other, position, state);
        }
        return areSameScalars(kind, other, position)
                || hidden.values(rules, scalar(kind, primary), scalar(other, lexeme(position)));
    }

    /** Reads two arrays into trees, and goes on behind them. */
    private boolean areSameInAnyOrder(int position, PathState state) throws IOException {
        Object elements = new DocumentReader(Side.PRIMARY, primary, depth).readValue(Kind.ARRAY, state);
        Object others = new DocumentReader(Side.CANDIDATE, candidate(position), depth).readValue(Kind.ARRAY, state);
        return new Walk(PlainTrees.PLAIN, 1, Leniency.NONE, hidden, budget)
                .differences(elements, others, state)
                .isEmpty();
    }

    private JsonTokens candidate(int position) {
        return position == LockStepFrame.NOWHERE ? candidate : new TapeTokens(tape(), position);
    }

    /** Reads the two to their ends. */
    private boolean isSameUnderIgnored(Kind kind, Kind other, int position) throws IOException {
        if (!kind.isContainer() && !other.isContainer()) {
            return areSameScalars(kind, other, position);
        }
        Digest digest = Digest.of(primary, kind);
        return digest.equals(Digest.of(candidate(position), other));
    }

    private static @Nullable Object scalar(Kind kind, Lexeme lexeme) throws IOException {
        return switch (kind) {
            case TEXT -> lexeme.text();
            case NUMBER -> number(lexeme.number());
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case OBJECT, OBJECT_END, ARRAY, ARRAY_END, NAME, END ->
                throw new IllegalStateException("no scalar: " + kind);
        };
    }

    private static BigDecimal number(BigDecimal number) {
        if (!Numbers.isWithinLimit(number)) {
            throw new OverBudgetException("a number is beyond the limit");
        }
        return number;
    }

    private boolean open(Kind kind, int position, PathState state) {
        if (depth == Limits.DEPTH) {
            return false;
        }
        if (depth == frames.size()) {
            frames.add(new LockStepFrame(state));
        }
        LockStepFrame frame = frames.get(depth++);
        frame.start(kind == Kind.OBJECT, state);
        if (position != LockStepFrame.NOWHERE) {
            frame.startOnTape(tape(), position);
        }
        return true;
    }

    private Lexeme lexeme(int position) {
        return position == LockStepFrame.NOWHERE ? candidate : tape().lexeme(position);
    }

    private TokenTape tape() {
        return Objects.requireNonNull(tape);
    }

    private Kind nextOfPrimary() throws IOException {
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        return primary.next();
    }
}
