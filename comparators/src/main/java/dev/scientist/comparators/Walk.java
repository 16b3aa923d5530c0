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
 * Walks through two trees side by side and reports where they differ under the rules, until the trees or the report
 * end. It looks at each part once as long as nothing differs, and gives names to places only where something does. It
 * may recurse: it refuses trees deeper than {@link Limits#DEPTH}. Confined to one thread, for one comparison.
 */
final class Walk {

    private final int most;
    private final Leniency leniency;
    private final Hidings hidings;
    private final Budget budget;
    private final PointerPath path = new PointerPath();
    private final List<Difference> differences = new ArrayList<>();
    private final Arrangement arrangement;
    private final Trees trees;
    private @Nullable Likeness likeness; // made when first needed: most comparisons do without
    private int trials; // how many trials are under way, one inside the other
    private int pairTrials; // how many of these are about elements of arrays in any order
    private boolean hasFailed; // the trial under way
    private int seen;

    /**
     * A walk through trees of one library.
     *
     * @param most differences after which it ends
     * @param leniency what does not matter beside the rules
     * @param hidings told what rules have hidden
     * @param budget shared with other walks of the same comparison
     */
    Walk(Trees trees, int most, Leniency leniency, Hidings hidings, Budget budget) {
        this.trees = trees;
        this.most = most;
        this.leniency = leniency;
        this.hidings = hidings;
        this.budget = budget;
        this.arrangement = new Arrangement(this);
    }

    /** The differences of two trees, in the order of the primary's. */
    List<Difference> differences(@Nullable Object primary, @Nullable Object candidate, Reach root) {
        compare(primary, candidate, root);
        return differences;
    }

    /** Whether two parts do not differ under the rules. Reports and counts nothing. */
    boolean agree(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        boolean outer = hasFailed;
        hasFailed = false;
        trials++;
        compare(primary, candidate, reach);
        boolean agree = !hasFailed;
        trials--;
        hasFailed = outer;
        return agree;
    }

    /** Whether two elements of arrays in any order do not differ under the rules; on a budget. */
    boolean agreeAsPair(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        pairTrials++;
        boolean agree = agree(primary, candidate, reach);
        pairTrials--;
        return agree;
    }

    boolean isTrial() {
        return trials > 0;
    }

    /** Whether nothing more needs to be looked at. */
    boolean isOver() {
        return trials > 0 ? hasFailed : differences.size() >= most;
    }

    PointerPath path() {
        return path;
    }

    Hidings hidings() {
        return hidings;
    }

    Trees trees() {
        return trees;
    }

    Likeness likeness() {
        Likeness made = likeness;
        if (made == null) {
            made = new Likeness(this, budget);
            likeness = made;
        }
        return made;
    }

    Leniency leniency() {
        return leniency;
    }

    void compare(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        if (isOver()) {
            return;
        }
        if ((++seen & Limits.INTERRUPT_CHECK_MASK) == 0) {
            Limits.throwIfInterrupted();
        }
        if (pairTrials > 0
                ? isDecidedByEquality(primary, candidate, reach)
                : reach.isQuiet() && areSeenEqual(primary, candidate)) {
            return;
        }
        Treatment treatment = reach.isQuiet() ? null : reach.treatment();
        if (treatment != null) {
            if (treatment.isIgnored()) {
                ignore(treatment, primary, candidate);
                return;
            }
            if (!treatment.isForScalars() && isAccepted(treatment, primary, candidate, reach)) {
                return;
            }
        }
        JsonTokens.Kind kind = trees.kind(primary);
        JsonTokens.Kind other = trees.kind(candidate);
        if (kind == JsonTokens.Kind.OBJECT && other == kind) {
            enter();
            compareFields(primary, candidate, reach);
        } else if (kind == JsonTokens.Kind.ARRAY && other == kind) {
            enter();
            arrangement.compareElements(primary, candidate, reach, treatment);
        } else if (kind != other || !trees.areSame(kind, primary, candidate)) {
            compareUnequal(kind, other, primary, candidate, reach, treatment);
        }
    }

    private boolean areSeenEqual(@Nullable Object primary, @Nullable Object candidate) {
        // What is likely to differ somewhere is not looked at as a whole first: its parts are.
        boolean isLarge = trials == 0 && (path.depth() == 0 || trees.kind(primary) == JsonTokens.Kind.ARRAY);
        return !isLarge && trees.areSeenEqual(primary, candidate, Limits.DEPTH - path.depth());
    }

    /** Tries two parts without looking into them, if they are in a place where only what is equal agrees. */
    private boolean isDecidedByEquality(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        budget.spend();
        if (!reach.isExact() || reach.isIgnored() || !trees.kind(primary).isContainer()) {
            return false;
        }
        boolean areEqual = likeness().areEqual(primary, candidate, reach);
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

    private void compareFields(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        int common = 0;
        Iterator<? extends Map.Entry<?, ?>> fields = trees.fields(primary);
        while (fields.hasNext() && !isOver()) {
            Map.Entry<?, ?> field = fields.next();
            String name = (String) field.getKey();
            Object other = trees.field(candidate, name);
            path.down(name);
            if (other == Gap.ABSENT) {
                missing(field.getValue(), reach.child(name));
            } else {
                common++;
                compare(field.getValue(), other, reach.child(name));
            }
            path.up();
        }
        if (common < trees.size(candidate) && !leniency.extraFields() && !isOver()) {
            compareFieldsBeyond(primary, candidate, reach);
        }
    }

    private void compareFieldsBeyond(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        Iterator<? extends Map.Entry<?, ?>> fields = trees.fields(candidate);
        while (fields.hasNext() && !isOver()) {
            Map.Entry<?, ?> field = fields.next();
            String name = (String) field.getKey();
            boolean isNothing = leniency.nullFields()
                    && !(field.getValue() instanceof Digest)
                    && trees.kind(field.getValue()) == JsonTokens.Kind.NULL;
            if (!isNothing && trees.field(primary, name) == Gap.ABSENT) {
                path.down(name);
                unexpected(field.getValue(), reach.child(name));
                path.up();
            }
        }
    }

    /** The primary has something at this place, the candidate has nothing. */
    void missing(@Nullable Object primary, Reach reach) {
        if (!isOver() && !isAbsenceHidden(primary, reach)) {
            add(Kind.MISSING, shown(primary, reach), null, reach);
        }
    }

    /** The candidate has something at this place, the primary has nothing. */
    void unexpected(@Nullable Object candidate, Reach reach) {
        if (!isOver() && !isAbsenceHidden(candidate, reach)) {
            add(Kind.UNEXPECTED, null, shown(candidate, reach), reach);
        }
    }

    void reordered(@Nullable Object primary, @Nullable Object candidate, Reach reach) {
        add(Kind.REORDERED, shown(primary, reach), shown(candidate, reach), reach);
    }

    private boolean isAbsenceHidden(@Nullable Object present, Reach reach) {
        Treatment treatment = reach.isQuiet() ? null : reach.treatment();
        if (treatment == null) {
            return false;
        }
        if (treatment.isIgnored()) {
            if (!isTrial()) {
                hidings.ignored(treatment);
            }
            return true;
        }
        Object shown = shown(present, reach);
        return isTrial() ? treatment.acceptsAbsence(shown) : hidings.absence(treatment, shown);
    }

    private void ignore(Treatment treatment, @Nullable Object primary, @Nullable Object candidate) {
        if (!isTrial() && !areSamePlainly(primary, candidate)) {
            hidings.ignored(treatment);
        }
    }

    private boolean areSamePlainly(@Nullable Object primary, @Nullable Object candidate) {
        if (primary instanceof Digest || candidate instanceof Digest) {
            return Objects.equals(primary, candidate);
        }
        return agree(primary, candidate, Reach.QUIET);
    }

    /** Whether a rule accepts two values as a whole, of which one may be an object or array. */
    private boolean isAccepted(Treatment treatment, @Nullable Object primary, @Nullable Object candidate, Reach reach) {
        JsonTokens.Kind kind = trees.kind(primary);
        JsonTokens.Kind other = trees.kind(candidate);
        if ((!kind.isContainer() && !other.isContainer()) || agree(primary, candidate, Reach.QUIET)) {
            return false; // a rule is asked later, or need not be asked
        }
        return isHidden(treatment, shown(primary, reach), shown(candidate, reach));
    }

    private boolean isHidden(Treatment treatment, @Nullable Object primary, @Nullable Object candidate) {
        return isTrial() ? treatment.accepts(primary, candidate) : hidings.values(treatment, primary, candidate);
    }

    private void compareUnequal(
            JsonTokens.Kind kind,
            JsonTokens.Kind other,
            @Nullable Object primary,
            @Nullable Object candidate,
            Reach reach,
            @Nullable Treatment treatment) {
        if (treatment != null && !kind.isContainer() && !other.isContainer()) {
            if (isHidden(treatment, trees.scalar(kind, primary), trees.scalar(other, candidate))) {
                return;
            }
        }
        boolean isSameType = kind == other || (kind.isTruth() && other.isTruth());
        if (isSameType && leniency.values()) {
            return;
        }
        if (isTrial()) {
            hasFailed = true;
            return;
        }
        add(isSameType ? Kind.CHANGED : Kind.TYPE_CHANGED, shown(primary, reach), shown(candidate, reach), reach);
    }

    private void add(Kind kind, @Nullable Object primary, @Nullable Object candidate, Reach reach) {
        if (isTrial()) {
            hasFailed = true;
        } else if (!isOver()) {
            Treatment treatment = reach.treatment();
            Difference difference = Difference.of(path.toString(), kind, primary, candidate);
            differences.add(treatment == null ? difference : difference.withSeverity(treatment.severity()));
        }
    }

    /** A plain copy of what is at a place, for the report and for rules: without what is ignored. */
    private @Nullable Object shown(@Nullable Object node, Reach reach) {
        if (isTrial() && reach.isQuiet()) {
            return null; // nobody looks
        }
        return reach.isQuiet() ? PlainTrees.copy(trees, node, path.depth()) : pruned(node, reach, path.depth());
    }

    private @Nullable Object pruned(@Nullable Object node, Reach reach, int depth) {
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
                Reach child = reach.child(name);
                if (!child.isIgnored()) {
                    fields.put(name, pruned(field.getValue(), child, depth + 1));
                }
            }
            return fields;
        }
        int size = trees.size(node);
        List<@Nullable Object> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Reach child = reach.child(i);
            elements.add(child.isIgnored() ? null : pruned(trees.element(node, i), child, depth + 1));
        }
        return elements;
    }

    /** Ends the trial under way: the two do not agree. */
    void fail() {
        hasFailed = true;
    }
}
