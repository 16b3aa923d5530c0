package dev.scientist.comparators;

import dev.scientist.Difference;
import dev.scientist.Side;
import dev.scientist.SnapshotFormat;
import dev.scientist.UncomparableException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One comparison by a {@link JsonComparator}. It goes from the fast speeds, which see only equality, to the slow one,
 * which reports every difference. Immutable.
 *
 * @param answers turns answers into JSON, and JSON into documents
 * @param leniency what does not matter beside the rules
 * @param most differences after which the report ends
 * @param now the time by which rules expire
 */
record JsonComparison(Answers answers, RuleSet rules, Leniency leniency, int most, Instant now) {

    List<Difference> compare(Object primary, Object candidate) {
        try {
            if (rules.isRestructuring()) {
                return compareRead(answers.write(Side.PRIMARY, primary), answers.write(Side.CANDIDATE, candidate));
            }
            return primary == candidate ? List.of() : compareAnswers(primary, candidate);
        } catch (StackOverflowError tooSmall) {
            // The depth is limited, so this is a thread with far less than the default stack.
            throw new UncomparableException("the stack of this thread is too small for documents nested this deeply");
        }
    }

    private List<Difference> compareAnswers(Object primary, Object candidate) {
        Trees trees = answers.treesOf(primary, candidate);
        if (trees != null) {
            try {
                return walk().differences(trees, primary, candidate);
            } catch (Trees.Unwritten unusual) {
                // only the mapper can write a part of the trees, or they are too deep or too large: their JSON is read
                // with all limits
            }
        }
        Object primaryJson = answers.write(Side.PRIMARY, primary);
        Object candidateJson = answers.write(Side.CANDIDATE, candidate);
        if (Objects.deepEquals(primaryJson, candidateJson)) {
            answers.requireShown(primaryJson, primary, candidate);
            return List.of();
        }
        return compareWritten(primaryJson, candidateJson);
    }

    private List<Difference> compareWritten(Object primary, Object candidate) {
        answers.requireSize(Side.PRIMARY, primary);
        answers.requireSize(Side.CANDIDATE, candidate);
        return seesNoDifference(primary, candidate) ? List.of() : compareRead(primary, candidate);
    }

    /** Whether two JSON texts are seen to be equal, token by token: the middle speed. */
    boolean seesNoDifference(Object primary, Object candidate) {
        HiddenCounts hidden = new HiddenCounts();
        boolean isEqual = answers.areSeenEqual(primary, candidate, rules.root(now), hidden);
        if (isEqual) {
            hidden.count();
        }
        return isEqual;
    }

    /** Reads both JSON texts and compares what they hold: the slowest speed. */
    List<Difference> compareRead(Object primary, Object candidate) {
        return compareTrees(read(Side.PRIMARY, primary), read(Side.CANDIDATE, candidate));
    }

    /** Reads the document of one side and restructures it. Places that are not loaded are still in it. */
    private @Nullable Object read(Side side, Object json) {
        Object document = answers.read(side, json, rules.rootForReading(now));
        return rules.restructured(side, document, now);
    }

    private List<Difference> compareTrees(@Nullable Object primary, @Nullable Object candidate) {
        return walk().differencesOfPlain("a restructured answer", primary, candidate);
    }

    private RuledWalk walk() {
        return new RuledWalk(rules, leniency, most, now);
    }

    /** Compares two documents of snapshots. */
    SnapshotFormat.Comparison compareDocuments(JsonSnapshot.Document primary, JsonSnapshot.Document candidate) {
        if (!rules.isRestructuring() && Objects.deepEquals(primary.json(), candidate.json())) {
            if (primary.isOpaque() && candidate.isOpaque()) {
                throw new UncomparableException("the mapper sees no property of the answers");
            }
            return new SnapshotFormat.Comparison(List.of(), primary.notLoaded());
        }
        answers.requireSize(Side.PRIMARY, primary.json());
        answers.requireSize(Side.CANDIDATE, candidate.json());
        boolean areDocuments = answers.isDocument(Side.PRIMARY, primary.json())
                && answers.isDocument(Side.CANDIDATE, candidate.json());
        if (areDocuments && primary.marks() + candidate.marks() == 0) {
            List<Difference> differences = rules.isRestructuring()
                    ? compareRead(primary.json(), candidate.json())
                    : compareWritten(primary.json(), candidate.json());
            return new SnapshotFormat.Comparison(differences, 0);
        }
        NotLoadedPlaces notLoaded = new NotLoadedPlaces();
        NotLoadedPlaces.Pair trees = notLoaded.removedFrom(
                SnapshotMarks.withoutMarks(readOrText(Side.PRIMARY, primary.json())),
                SnapshotMarks.withoutMarks(readOrText(Side.CANDIDATE, candidate.json())),
                rules.root(now));
        return new SnapshotFormat.Comparison(compareTrees(trees.primary(), trees.candidate()), notLoaded.places());
    }

    /** Reads the document of one side, or gives its text if it is no document. */
    private @Nullable Object readOrText(Side side, Object json) {
        return answers.isDocument(side, json) ? read(side, json) : json;
    }
}
