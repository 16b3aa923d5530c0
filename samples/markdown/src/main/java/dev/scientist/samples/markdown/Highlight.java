package dev.scientist.samples.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One of two HTML texts, split into segments that it has in common with the other one and segments that differ. Tags,
 * words and character references are never split. Both texts of a pair differ at the same places; where one of them has
 * nothing, it has an empty segment.
 *
 * @param segments the segments, which together are the text
 */
record Highlight(List<Segment> segments) {

    /** A segment of the text. */
    record Segment(String text, boolean differs) {}

    /** The two texts of a disagreement. */
    record Pair(Highlight primary, Highlight candidate) {}

    private static final Pattern WORD =
            Pattern.compile("<[^<>]*>|&[#\\w]{1,32};|\\w+|.", Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);

    // Chosen: the table then takes a few megabytes. Two longer texts are marked as different as a whole.
    private static final long LARGEST_TABLE = 1_000_000;

    static Pair of(String primary, String candidate) {
        List<String> primaryWords = words(primary);
        List<String> candidateWords = words(candidate);
        if ((long) primaryWords.size() * candidateWords.size() > LARGEST_TABLE) {
            return new Pair(whole(primary), whole(candidate));
        }
        int[][] common = common(primaryWords, candidateWords);
        Side primarySide = new Side();
        Side candidateSide = new Side();
        int i = 0;
        int j = 0;
        while (i < primaryWords.size() || j < candidateWords.size()) {
            boolean bothGoOn = i < primaryWords.size() && j < candidateWords.size();
            if (bothGoOn && primaryWords.get(i).equals(candidateWords.get(j))) {
                primarySide.same(primaryWords.get(i++));
                candidateSide.same(candidateWords.get(j++));
            } else if (bothGoOn ? common[i + 1][j] >= common[i][j + 1] : i < primaryWords.size()) {
                primarySide.differing(primaryWords.get(i++));
                candidateSide.differing("");
            } else {
                primarySide.differing("");
                candidateSide.differing(candidateWords.get(j++));
            }
        }
        return new Pair(primarySide.highlight(), candidateSide.highlight());
    }

    private static Highlight whole(String text) {
        return new Highlight(List.of(new Segment(text, true)));
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /**
     * The table of longest common subsequences: for each pair of positions, how many words the two texts have in
     * common, in order, from these positions on.
     */
    private static int[][] common(List<String> primaryWords, List<String> candidateWords) {
        int[][] common = new int[primaryWords.size() + 1][candidateWords.size() + 1];
        for (int i = primaryWords.size() - 1; i >= 0; i--) {
            for (int j = candidateWords.size() - 1; j >= 0; j--) {
                common[i][j] = primaryWords.get(i).equals(candidateWords.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    /** Collects the segments of one text. */
    private static final class Side {
        private final List<Segment> segments = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private boolean differs;

        void same(String word) {
            add(word, false);
        }

        void differing(String word) {
            add(word, true);
        }

        Highlight highlight() {
            end();
            return new Highlight(joined());
        }

        private void add(String word, boolean isDiffering) {
            if (isDiffering != differs) {
                end();
                differs = isDiffering;
            }
            text.append(word);
        }

        // A common segment between two differences that is only blank is common by accident, so it joins them.
        private List<Segment> joined() {
            List<Segment> joined = new ArrayList<>();
            for (int i = 0; i < segments.size(); i++) {
                Segment segment = segments.get(i);
                boolean joins = i > 0
                        && i + 1 < segments.size()
                        && !segment.differs()
                        && segment.text().isBlank();
                if (joins) {
                    Segment before = joined.remove(joined.size() - 1);
                    i++;
                    segment = new Segment(
                            before.text() + segment.text() + segments.get(i).text(), true);
                }
                joined.add(segment);
            }
            return List.copyOf(joined);
        }

        private void end() {
            if (differs || !text.isEmpty()) {
                segments.add(new Segment(text.toString(), differs));
            }
            text.setLength(0);
        }
    }
}
