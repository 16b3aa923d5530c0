package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Side;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules, in order, that say what does not matter when two answers of one experiment are compared.
 *
 * <p>A rule hides a place only where the values differ without rules, and then exactly one rule is counted: the first
 * in order that accepts the difference. So the counts tell how much would be reported without the rules.
 *
 * <p>Threads: any. Invariant: immutable but for the counters. Consequence: every step gives a new set, which counts
 * from zero; make one for each experiment.
 *
 * @since 0.1.0
 */
public final class RuleSet {

    private static final RuleSet EMPTY = new RuleSet(List.of());
    private static final String NOWHERE = "nowhere"; // no path begins like this

    private final List<Rule> rules;
    private final String place; // of the documents that the rules are about; empty for whole answers
    private final List<CountedRule> countedRules;
    private final List<CountedRule> placed;
    private final List<CountedRule> restructuring;
    private final List<Instant> expiries; // ascending
    private final AtomicReferenceArray<@Nullable PathAutomaton> automata; // one for each time between two expiries

    private RuleSet(List<Rule> rules) {
        this(rules, rules.stream().map(CountedRule::new).toList(), "");
        requireDifferentNames(this.rules);
    }

    private RuleSet(List<Rule> rules, List<CountedRule> countedRules, String place) {
        this.rules = List.copyOf(rules);
        this.place = place;
        this.countedRules = countedRules;
        this.placed = countedRules.stream()
                .filter(counted -> !counted.rule().isRestructuring())
                .toList();
        this.restructuring = countedRules.stream()
                .filter(counted -> counted.rule().isRestructuring())
                .toList();
        this.expiries = placed.stream()
                .map(counted -> counted.rule().expires())
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
        this.automata = new AtomicReferenceArray<>(expiries.size() + 1);
    }

    /**
     * Puts rules together.
     *
     * @param rules the first one that accepts a difference is counted
     * @throws IllegalArgumentException if two rules were given the same name
     */
    public static RuleSet of(Rule... rules) {
        return rules.length == 0 ? EMPTY : new RuleSet(List.of(rules));
    }

    /**
     * Puts sets together by which parts of answers are compared. The new set tells what these have counted.
     *
     * @param place of the parts in an answer
     */
    static RuleSet ofParts(List<RuleSet> parts, String place) {
        List<String> within = parts.stream().map(part -> part.place).distinct().toList();
        return new RuleSet(
                parts.stream().flatMap(part -> part.rules.stream()).distinct().toList(),
                parts.stream()
                        .flatMap(part -> part.countedRules.stream())
                        .distinct() // by identity: one comparator may compare several parts
                        .toList(),
                within.size() == 1 ? place + within.get(0) : NOWHERE);
    }

    /** Puts more rules after these. The new set counts from zero. */
    public RuleSet and(Rule... more) {
        List<Rule> all = new ArrayList<>(rules);
        all.addAll(List.of(more));
        return new RuleSet(all);
    }

    /** The rules, in order. */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * The number of places that a rule of this set has hidden; for a rule that restructures, the number of documents
     * that it has changed.
     *
     * @throws IllegalArgumentException if the rule is not in this set
     */
    public long hidden(Rule rule) {
        requireNonNull(rule, "rule");
        if (!rules.contains(rule)) {
            throw new IllegalArgumentException(
                    "rule must be one of this set but was " + rule + "; rules() are " + rules);
        }
        return countedRules.stream()
                .filter(counted -> counted.rule() == rule)
                .mapToLong(CountedRule::hidden)
                .sum();
    }

    /** The rules as one would write them, one on each line. */
    @Override
    public String toString() {
        return rules.stream().map(Rule::toString).collect(Collectors.joining("\n"));
    }

    /** The rules on one line, as the end of a comparator's text; empty if there are none. */
    String suffix() {
        return rules.isEmpty() ? "" : " under " + toString().replace("\n", "; ");
    }

    /**
     * Describes the rules on one line, as the end of a {@linkplain dev.scientist.ResultComparator#description()
     * description}: what they decide, and their names, but not who answers for them and why. A rule that has expired
     * is marked, as others than before are then equal. Empty if there are none.
     *
     * <p>A predicate or an operator of the application is named by its class. Give its rule another name when you
     * change its code.
     */
    public String description() {
        Instant now = InstantSource.system().instant();
        return rules.isEmpty()
                ? ""
                : rules.stream()
                        .map(rule -> rule.description() + (rule.remarks().isExpired(now) ? " (expired)" : ""))
                        .collect(Collectors.joining("; ", " under ", ""));
    }

    /**
     * Describes the rules as {@link #description()} does, and the limit of a report if a rule says how much a
     * difference weighs: beyond it a graver difference is not seen, so the limit decides what a call counts as.
     */
    String description(int most) {
        boolean isWeighing = rules.stream().anyMatch(rule -> rule.severity() != null);
        return description() + (isWeighing ? ", reporting at most " + most : "");
    }

    /**
     * Gives a set that takes the place of this one.
     *
     * @param comparator whose rules they are
     * @throws IllegalArgumentException if this set has rules, whose counts would be lost
     */
    RuleSet replacedBy(RuleSet set, Object comparator) {
        if (!rules.isEmpty()) {
            throw new IllegalArgumentException(
                    "rules were set before: " + comparator + "; put all of them into one RuleSet");
        }
        return requireNonNull(set, "rules");
    }

    /** The path of the documents that the rules are about, with {@code *} for an index; empty for whole answers. */
    String place() {
        return place;
    }

    /** The state at the root of a document, under the rules that hold now. */
    PathState root(Instant now) {
        int period = 0;
        while (period < expiries.size() && !now.isBefore(expiries.get(period))) {
            period++;
        }
        PathAutomaton known = automata.get(period);
        if (known == null) {
            known = new PathAutomaton(
                    placed,
                    placed.stream()
                            .filter(counted -> counted.rule().remarks().isExpired(now))
                            .toList());
            automata.set(period, known); // another comparison may do the same: both automata are right
        }
        return known.root();
    }

    /** The state at the root of a document that is still to be restructured: rules name restructured places. */
    PathState rootForReading(Instant now) {
        return isRestructuring() ? PathState.NO_RULES : root(now);
    }

    /** Whether a rule restructures documents: they must then be read before they are compared. */
    boolean isRestructuring() {
        return !restructuring.isEmpty();
    }

    /**
     * Whether the rules treat the elements of a list alike, and each by itself: a list may then be compared in windows.
     * Rules about numbers may name every place.
     */
    boolean isForElements() {
        return !isRestructuring()
                && rules.stream()
                        .allMatch(rule -> rule.place().path().isInsideElements()
                                || (rule.place().path().isWhole()
                                        && rule.place().effect() instanceof NumberEffect));
    }

    /**
     * Gives the document of one side as it is to be compared.
     *
     * @param document a plain tree; never changed
     */
    @Nullable
    Object restructured(Side side, @Nullable Object document, Instant now) {
        Object current = document;
        for (CountedRule counted : restructuring) {
            if (counted.rule().structure().side() != side) {
                continue;
            }
            Object next = counted.restructured(current);
            if (next == current) {
                continue;
            }
            if (counted.rule().remarks().isExpired(now)) {
                counted.sayExpired();
            } else {
                counted.hid();
                current = next;
            }
        }
        return current;
    }

    private static void requireDifferentNames(List<Rule> rules) {
        Set<String> names = new HashSet<>();
        for (Rule rule : rules) {
            if (rule.remarks().name() != null && !names.add(rule.name())) {
                throw new IllegalArgumentException(
                        "rule " + rule + " must have a name of its own but there is another \"" + rule.name()
                                + "\" in the set; name one of them differently");
            }
        }
    }
}
