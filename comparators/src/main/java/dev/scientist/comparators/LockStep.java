package dev.scientist.comparators;

import dev.scientist.OverBudgetException;
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
 * <p>Where the fields of an object come in another order, the rest of the candidate's object goes onto a {@link Tape},
 * and the primary's fields, still read one by one, look for their counterparts there. Afterwards both go on side by
 * side.
 *
 * <p>It does not recurse. Confined to one thread, for one comparison.
 */
final class LockStep {

    private final JsonTokens primary;
    private final JsonTokens candidate;
    private final List<Level> levels = new ArrayList<>(); // made once for each depth
    private final HiddenCounts hidden;
    private final Budget budget = new Budget();
    private @Nullable Tape tape;
    private int depth;
    private int seen;

    /**
     * Compares two documents that nobody has begun to read.
     *
     * @param hidden told what rules have hidden; of no use where it gives up
     */
    LockStep(JsonTokens primary, JsonTokens candidate, HiddenCounts hidden) {
        this.primary = primary;
        this.candidate = candidate;
        this.hidden = hidden;
    }

    /** Whether the two are seen to be equal under the rules. */
    boolean seesNoDifference(PathState root) throws IOException {
        if (!value(nextOfPrimary(), candidate.next(), Level.NOWHERE, root)) {
            return false;
        }
        while (depth > 0) {
            Level level = levels.get(depth - 1);
            boolean goesOn = level.isObject ? field(level) : element(level);
            if (!goesOn) {
                return false;
            }
        }
        return nextOfPrimary() == Kind.END && candidate.next() == Kind.END;
    }

    private boolean element(Level level) throws IOException {
        Kind kind = nextOfPrimary();
        int position = level.position;
        Kind other;
        if (position == Level.NOWHERE) {
            other = candidate.next();
        } else {
            other = tape().kind(position);
            level.position = tape().after(position);
        }
        if (kind == Kind.ARRAY_END && other == Kind.ARRAY_END) {
            depth--;
            return true;
        }
        if (kind == Kind.ARRAY_END || other == Kind.ARRAY_END) {
            return false; // or a rule would take the end of one array for an element of the other
        }
        return value(kind, other, position, level.state.child(level.index++));
    }

    private boolean field(Level level) throws IOException {
        Kind kind = nextOfPrimary();
        if (level.position != Level.NOWHERE) {
            return fieldOnTape(level, kind);
        }
        Kind other = candidate.next();
        if (kind == Kind.OBJECT_END && other == Kind.OBJECT_END) {
            depth--;
            return true;
        }
        if (kind == Kind.NAME && other == Kind.NAME) {
            String name = primary.name();
            if (name.equals(candidate.name())) {
                PathState state = level.state.child(name);
                return isFirst(level, name) && value(nextOfPrimary(), candidate.next(), Level.NOWHERE, state);
            }
        }
        if (tape == null) {
            tape = new Tape();
        }
        tape.recordRestOfObject(candidate, other);
        level.startOnTape(tape, 0);
        return fieldOnTape(level, kind);
    }

    /** Looks on the tape for the counterpart of the primary's field. */
    private boolean fieldOnTape(Level level, Kind kind) throws IOException {
        if (kind != Kind.NAME) {
            return kind == Kind.OBJECT_END && endOnTape(level);
        }
        String name = primary.name();
        if (!isFirst(level, name)) {
            return false;
        }
        PathState state = level.state.child(name);
        int value = level.find(tape(), name);
        return value == Level.NOWHERE ? skipIgnored(state) : value(nextOfPrimary(), tape().kind(value), value, state);
    }

    /** The end of the primary's object: what the candidate has beyond it must not matter. */
    private boolean endOnTape(Level level) {
        depth--;
        int size = level.size();
        if (level.found == size) {
            return true;
        }
        if (level.state.hasNoRules()) {
            return false;
        }
        int accounted = level.found;
        for (int i = 0; i < size; i++) {
            String name = tape().name(level.field(i));
            if (!level.names.contains(name)) {
                if (!isHidden(level.state.child(name))) {
                    return false;
                }
                accounted++;
            }
        }
        return accounted == size; // or a name of the primary comes twice
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

    /** Whether a name comes for the first time; the trees have the word about an object that has it twice. */
    private static boolean isFirst(Level level, String name) {
        return level.names.add(name, 0);
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
        Object elements = new DocumentReader("primary", primary, depth).readValue(Kind.ARRAY, state);
        Object others = new DocumentReader("candidate", candidate(position), depth).readValue(Kind.ARRAY, state);
        return new Walk(PlainTrees.PLAIN, 1, Leniency.NONE, hidden, budget)
                .differences(elements, others, state)
                .isEmpty();
    }

    private JsonTokens candidate(int position) {
        return position == Level.NOWHERE ? candidate : new TapeTokens(tape(), position);
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
        if (depth == levels.size()) {
            levels.add(new Level(state));
        }
        Level level = levels.get(depth++);
        level.start(kind == Kind.OBJECT, state);
        if (position != Level.NOWHERE) {
            level.startOnTape(tape(), position);
        }
        return true;
    }

    private Lexeme lexeme(int position) {
        return position == Level.NOWHERE ? candidate : tape().lexeme(position);
    }

    private Tape tape() {
        return Objects.requireNonNull(tape);
    }

    private Kind nextOfPrimary() throws IOException {
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        return primary.next();
    }
}
