package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.OverBudgetException;
import dev.scientist.ResultComparator;
import dev.scientist.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Compares texts by the longest common subsequence of their lines. Between two common lines, the lines of both sides
 * are paired in their order, and the remaining ones have come or gone.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance serves all comparisons.
 *
 * @param steps describes the normaliser
 */
record TextComparator(UnaryOperator<String> normaliser, String steps, int maxCharacters, int maxDifferences)
        implements Comparators.Text {

    private static final int DEFAULT_MAX_CHARACTERS = 4 * 1024 * 1024; // chosen: at worst 200 MB of empty lines

    static final TextComparator STANDARD =
            new TextComparator(UnaryOperator.identity(), "", DEFAULT_MAX_CHARACTERS, Limits.DEFAULT_MAX_DIFFERENCES);

    private static final Pattern LINE_END = Pattern.compile("\r\n?");

    @Override
    public Comparators.Text ignoringLineEnds() {
        return normalised(
                "line ends alike",
                text -> text.indexOf('\r') < 0 ? text : LINE_END.matcher(text).replaceAll("\n"));
    }

    @Override
    public Comparators.Text ignoringTrailingSpace() {
        return normalised("without trailing space", TextComparator::withoutTrailingSpace);
    }

    @Override
    public Comparators.Text normalised(UnaryOperator<String> next) {
        requireNonNull(next, "normaliser");
        return normalised("normalised by " + ResultComparator.nameOf(next), next);
    }

    private Comparators.Text normalised(String step, UnaryOperator<String> next) {
        return new TextComparator(
                text -> next.apply(normaliser.apply(text)), steps + ", " + step, maxCharacters, maxDifferences);
    }

    @Override
    public Comparators.Text maxCharacters(int most) {
        return new TextComparator(normaliser, steps, Limits.requirePositive("maxCharacters", most), maxDifferences);
    }

    @Override
    public Comparators.Text maxDifferences(int most) {
        return new TextComparator(normaliser, steps, maxCharacters, Limits.requirePositive("maxDifferences", most));
    }

    @Override
    public List<Difference> compare(CharSequence primary, CharSequence candidate) {
        requireSize(Side.PRIMARY, primary);
        requireSize(Side.CANDIDATE, candidate);
        String text = primary.toString();
        String other = candidate.toString();
        if (text.equals(other)) {
            return List.of();
        }
        String normal = normaliser.apply(text);
        String otherNormal = normaliser.apply(other);
        return normal.equals(otherNormal)
                ? List.of()
                : compareLines(List.of(normal.split("\n", -1)), List.of(otherNormal.split("\n", -1)));
    }

    private void requireSize(Side side, CharSequence text) {
        if (text.length() > maxCharacters) {
            throw new OverBudgetException("the " + side + "'s text is longer than " + maxCharacters + " characters");
        }
    }

    private List<Difference> compareLines(List<String> lines, List<String> others) {
        int[] counterparts = Alignment.of(lines, others);
        List<Difference> differences = new ArrayList<>();
        int next = 0;
        int otherNext = 0;
        for (int i = 0; i <= lines.size() && differences.size() < maxDifferences; i++) {
            int counterpart = i == lines.size() ? others.size() : counterparts[i];
            if (counterpart != Alignment.NONE) {
                addBetween(lines, next, i, others, otherNext, counterpart, differences);
                next = i + 1;
                otherNext = counterpart + 1;
            }
        }
        return List.copyOf(differences);
    }

    private void addBetween(
            List<String> lines,
            int from,
            int to,
            List<String> others,
            int otherFrom,
            int otherTo,
            List<Difference> differences) {
        int pairs = Math.min(to - from, otherTo - otherFrom);
        for (int i = from; i < to; i++) {
            int pair = i - from;
            add(
                    pair < pairs
                            ? Difference.of(place(i), Kind.CHANGED, lines.get(i), others.get(otherFrom + pair))
                            : Difference.of(place(i), Kind.MISSING, lines.get(i), null),
                    differences);
        }
        for (int i = otherFrom + pairs; i < otherTo; i++) {
            add(Difference.of(place(i), Kind.UNEXPECTED, null, others.get(i)), differences);
        }
    }

    private void add(Difference difference, List<Difference> differences) {
        if (differences.size() < maxDifferences) {
            differences.add(difference);
        }
    }

    private static String place(int index) {
        return "/line/" + (index + 1);
    }

    private static String withoutTrailingSpace(String text) {
        String[] lines = text.split("\n", -1);
        int last = lines.length;
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lines[i].stripTrailing();
        }
        while (last > 1 && lines[last - 1].isEmpty()) {
            last--;
        }
        return String.join("\n", Arrays.asList(lines).subList(0, last));
    }

    @Override
    public String description() {
        return "text" + steps;
    }

    @Override
    public String toString() {
        return "text";
    }
}
