package dev.scientist.comparators;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks through two trees side by side and reports where they differ under the rules, until the trees end or the report
 * is full. It looks at each part once as long as nothing differs, and names places only where something does. It may
 * recurse, because it refuses trees deeper than {@link Limits#DEPTH}. Confined to one thread, for one comparison.
 */
final class Walk {

    private final int most;
    private final Leniency leniency;
    private final HiddenCounts hidden;
    private final Budget budget;
    private final PointerPath path = new PointerPath();
    private final List<Difference> differences = new ArrayList<>();
    private final ArrayWalk arrays;
    private final Trees trees;
    private @Nullable ArrayLikeness likeness; // made when first needed: most comparisons do without
    private int probes; // the number of probes under way, one inside the other
    private int pairProbes; // the number of them that are about elements of arrays in any order
    private boolean hasFailed; // whether the probe under way has failed
    private int seen;

    /**
     * A walk through trees of one library.
     *
     * @param most differences after which it ends
     * @param leniency what does not matter beside the rules
     * @param hidden told what rules have hidden
     * @param budget shared with other walks of the same comparison
     */
    Walk(Trees trees, int most, Leniency leniency, HiddenCounts hidden, Budget budget) {
        this.trees = trees;
        this.most = most;
        this.leniency = leniency;
        this.hidden = hidden;
        this.budget = budget;
        this.arrays = new ArrayWalk(this);
    }

    /** The differences of two trees, in the order of the primary's. */
    List<Difference> differences(@Nullable Object primary, @Nullable Object candidate, PathState root) {
        compare(primary, candidate, root);
        return differences;
    }

    /** Whether two parts do not differ under the rules. Reports and counts nothing. */
    boolean agree(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        boolean outer = hasFailed;
        hasFailed = false;
        probes++;
        compare(primary, candidate, state);
        boolean agree = !hasFailed;
        probes--;
        hasFailed = outer;
        return agree;
    }

    /** Whether two elements of arrays in any order do not differ under the rules; on a budget. */
    boolean agreeAsPair(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        pairProbes++;
        boolean agree = agree(primary, candidate, state);
        pairProbes--;
        return agree;
    }

    boolean isProbe() {
        return probes > 0;
    }

    /** Whether nothing more needs to be looked at. */
    boolean isOver() {
        return probes > 0 ? hasFailed : differences.size() >= most;
    }

    PointerPath path() {
        return path;
    }

    HiddenCounts hidden() {
        return hidden;
    }

    Trees trees() {
        return trees;
    }

    ArrayLikeness likeness() {
        ArrayLikeness made = likeness;
        if (made == null) {
            made = new ArrayLikeness(this, budget);
            likeness = made;
        }
        return made;
    }

    Leniency leniency() {
        return leniency;
    }

    void compare(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        if (isOver()) {
            return;
        }
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        if (pairProbes > 0
                ? isDecidedByEquality(primary, candidate, state)
                : state.hasNoRules() && areSeenEqual(primary, candidate)) {
            return;
        }
        PlaceRules rules = state.hasNoRules() ? null : state.rules();
        if (rules != null) {
            if (rules.isPlaceIgnored()) {
                ignore(rules, primary, candidate);
                return;
            }
            if (!rules.isForScalars() && isAccepted(rules, primary, candidate, state)) {
                return;
            }
        }
        JsonTokens.Kind kind = trees.kind(primary);
        JsonTokens.Kind other = trees.kind(candidate);
        if (kind == JsonTokens.Kind.OBJECT && other == kind) {
            enter();
            compareFields(primary, candidate, state);
        } else if (kind == JsonTokens.Kind.ARRAY && other == kind) {
            enter();
            arrays.compareElements(primary, candidate, state, rules);
        } else if (kind != other || !trees.areSame(kind, primary, candidate)) {
            compareUnequal(kind, other, primary, candidate, state, rules);
        }
    }

    private boolean areSeenEqual(@Nullable Object primary, @Nullable Object candidate) {
        // A part that is likely to differ somewhere is not looked at as a whole first, but part by part.
        boolean isLarge = probes == 0 && (path.depth() == 0 || trees.kind(primary) == JsonTokens.Kind.ARRAY);
        return !isLarge && trees.areSeenEqual(primary, candidate, Limits.DEPTH - path.depth());
    }

    /** Decides about two parts without looking into them, if they are in a place where only equal values agree. */
    private boolean isDecidedByEquality(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        budget.spend();
        if (!state.isExact() || state.isIgnored() || !trees.kind(primary).isContainer()) {
            return false;
        }
        boolean areEqual = likeness().areEqual(primary, candidate, state);
        if (!areEqual && leniency.isNone()) {
            hasFailed = true;
        }
        return areEqual || leniency.isNone();
    }

    private void enter() {
        if (path.depth() >= Limits.DEPTH) {
            throw new Trees.Unwritten();
        }
    }

    private void compareFields(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        int common = 0;
        Iterator<? extends Map.Entry<?, ?>> fields = trees.fields(primary);
        while (fields.hasNext() && !isOver()) {
            Map.Entry<?, ?> field = fields.next();
            String name = (String) field.getKey();
            Object other = trees.field(candidate, name);
            path.down(name);
            if (other == Gap.ABSENT) {
                missing(field.getValue(), state.child(name));
            } else {
                common++;
                compare(field.getValue(), other, state.child(name));
            }
            path.up();
        }
        if (common < trees.size(candidate) && !leniency.extraFields() && !isOver()) {
            compareFieldsBeyond(primary, candidate, state);
        }
    }

    private void compareFieldsBeyond(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        Iterator<? extends Map.Entry<?, ?>> fields = trees.fields(candidate);
        while (fields.hasNext() && !isOver()) {
            Map.Entry<?, ?> field = fields.next();
            String name = (String) field.getKey();
            boolean isNothing = leniency.nullFields()
                    && !(field.getValue() instanceof Digest)
                    && trees.kind(field.getValue()) == JsonTokens.Kind.NULL;
            if (!isNothing && trees.field(primary, name) == Gap.ABSENT) {
                path.down(name);
                unexpected(field.getValue(), state.child(name));
                path.up();
            }
        }
    }

    /** Reports that the primary has something at this place and the candidate has nothing, unless a rule hides it. */
    void missing(@Nullable Object primary, PathState state) {
        if (!isOver() && !isAbsenceHidden(primary, state)) {
            add(Kind.MISSING, shown(primary, state), null, state);
        }
    }

    /** Reports that the candidate has something at this place and the primary has nothing, unless a rule hides it. */
    void unexpected(@Nullable Object candidate, PathState state) {
        if (!isOver() && !isAbsenceHidden(candidate, state)) {
            add(Kind.UNEXPECTED, null, shown(candidate, state), state);
        }
    }

    void reordered(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        add(Kind.REORDERED, shown(primary, state), shown(candidate, state), state);
    }

    private boolean isAbsenceHidden(@Nullable Object present, PathState state) {
        PlaceRules rules = state.hasNoRules() ? null : state.rules();
        if (rules == null) {
            return false;
        }
        if (rules.isPlaceIgnored()) {
            if (!isProbe()) {
                hidden.ignored(rules);
            }
            return true;
        }
        Object shown = shown(present, state);
        return isProbe() ? rules.acceptsAbsence(shown) : hidden.absence(rules, shown);
    }

    private void ignore(PlaceRules rules, @Nullable Object primary, @Nullable Object candidate) {
        if (!isProbe() && !areSamePlainly(primary, candidate)) {
            hidden.ignored(rules);
        }
    }

    private boolean areSamePlainly(@Nullable Object primary, @Nullable Object candidate) {
        if (primary instanceof Digest || candidate instanceof Digest) {
            return Objects.equals(primary, candidate);
        }
        return agree(primary, candidate, PathState.NO_RULES);
    }

    /** Whether a rule accepts two values as a whole, of which one may be an object or array. */
    private boolean isAccepted(
            PlaceRules rules, @Nullable Object primary, @Nullable Object candidate, PathState state) {
        JsonTokens.Kind kind = trees.kind(primary);
        JsonTokens.Kind other = trees.kind(candidate);
        if ((!kind.isContainer() && !other.isContainer()) || agree(primary, candidate, PathState.NO_RULES)) {
            return false; // a rule is asked later, or need not be asked
        }
        return isHidden(rules, shown(primary, state), shown(candidate, state));
    }

    private boolean isHidden(PlaceRules rules, @Nullable Object primary, @Nullable Object candidate) {
        return isProbe() ? rules.accepts(primary, candidate) : hidden.values(rules, primary, candidate);
    }

    private void compareUnequal(
            JsonTokens.Kind kind,
            JsonTokens.Kind other,
            @Nullable Object primary,
            @Nullable Object candidate,
            PathState state,
            @Nullable PlaceRules rules) {
        if (rules != null && !kind.isContainer() && !other.isContainer()) {
            if (isHidden(rules, trees.scalar(kind, primary), trees.scalar(other, candidate))) {
                return;
            }
        }
        boolean isSameType = kind == other || (kind.isTruth() && other.isTruth());
        if (isSameType && leniency.values()) {
            return;
        }
        if (isProbe()) {
            hasFailed = true;
            return;
        }
        add(isSameType ? Kind.CHANGED : Kind.TYPE_CHANGED, shown(primary, state), shown(candidate, state), state);
    }

    private void add(Kind kind, @Nullable Object primary, @Nullable Object candidate, PathState state) {
        if (isProbe()) {
            hasFailed = true;
        } else if (!isOver()) {
            PlaceRules rules = state.rules();
            Difference difference = Difference.of(path.toString(), kind, primary, candidate);
            differences.add(rules == null ? difference : difference.withSeverity(rules.severity()));
        }
    }

    /** Makes a plain copy of a value for the report and for rules, without the places in it that are ignored. */
    private @Nullable Object shown(@Nullable Object node, PathState state) {
        if (isProbe() && state.hasNoRules()) {
            return null; // a probe without rules shows it to nobody
        }
        return state.hasNoRules() ? PlainTrees.copy(trees, node, path.depth()) : pruned(node, state, path.depth());
    }

    private @Nullable Object pruned(@Nullable Object node, PathState state, int depth) {
        if (depth > Limits.DEPTH) {
            throw new Trees.Unwritten();
        }
        JsonTokens.Kind kind = trees.kind(node);
        if (!kind.isContainer()) {
            return trees.scalar(kind, node);
        }
        if (kind == JsonTokens.Kind.OBJECT) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            Iterator<? extends Map.Entry<?, ?>> all = trees.fields(node);
            while (all.hasNext()) {
                Map.Entry<?, ?> field = all.next();
                String name = (String) field.getKey();
                PathState child = state.child(name);
                if (!child.isIgnored()) {
                    fields.put(name, pruned(field.getValue(), child, depth + 1));
                }
            }
            return fields;
        }
        int size = trees.size(node);
        List<@Nullable Object> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            PathState child = state.child(i);
            elements.add(child.isIgnored() ? null : pruned(trees.element(node, i), child, depth + 1));
        }
        return elements;
    }

    /** Ends the probe under way: the two do not agree. */
    void fail() {
        hasFailed = true;
    }
}
