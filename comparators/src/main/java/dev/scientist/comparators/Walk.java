package dev.scientist.comparators;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks through two documents side by side, finds the places where they are not the same, and has them judged, until
 * the documents or the report end. It may recurse: a {@link DocumentReader} has limited the depth. Confined to one
 * thread, for one comparison.
 */
final class Walk {

    private static final int BATCH = 256; // chosen: json-unit's fixed cost is small beside it

    private final PlaceJudge judge;
    private final Likeness likeness;
    private final int most;
    private final List<Place> differences = new ArrayList<>();
    private final List<Place> batch = new ArrayList<>();

    Walk(PlaceJudge judge, Likeness likeness, int most) {
        this.judge = judge;
        this.likeness = likeness;
        this.most = most;
    }

    /** Whether two documents are the same, field by field and element by element. Asks nobody, and is cheap. */
    static boolean areSame(@Nullable Object primary, @Nullable Object candidate) {
        if (primary instanceof BigDecimal number && candidate instanceof BigDecimal other) {
            return number.compareTo(other) == 0;
        }
        if (primary instanceof Map<?, ?> fields && candidate instanceof Map<?, ?> others) {
            return haveSameFields(fields, others);
        }
        if (primary instanceof List<?> elements && candidate instanceof List<?> others) {
            return haveSameElements(elements, others);
        }
        return Objects.equals(primary, candidate);
    }

    private static boolean haveSameFields(Map<?, ?> primary, Map<?, ?> candidate) {
        if (primary.size() != candidate.size()) {
            return false;
        }
        for (Map.Entry<?, ?> field : primary.entrySet()) {
            Object other = candidate.get(field.getKey());
            boolean isMissing = other == null && !candidate.containsKey(field.getKey());
            if (isMissing || !areSame(field.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveSameElements(List<?> primary, List<?> candidate) {
        if (primary.size() != candidate.size()) {
            return false;
        }
        for (int i = 0; i < primary.size(); i++) {
            if (!areSame(primary.get(i), candidate.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The differences of two documents, in the order of the primary's document. */
    List<Place> differences(@Nullable Object primary, @Nullable Object candidate) {
        compare("", primary, candidate);
        judgeBatch();
        return differences;
    }

    private void compare(String pointer, @Nullable Object primary, @Nullable Object candidate) {
        if (isFull() || likeness.areEqual(primary, candidate)) {
            return;
        }
        if (primary instanceof Map<?, ?> fields && candidate instanceof Map<?, ?> others) {
            compareFields(pointer, fields, others);
        } else if (primary instanceof UnorderedArray elements && candidate instanceof UnorderedArray others) {
            compareInAnyOrder(pointer, elements, others);
        } else if (primary instanceof List<?> elements && candidate instanceof List<?> others) {
            compareInOrder(pointer, elements, others);
        } else {
            add(Place.of(pointer, primary, candidate));
        }
    }

    private void compareFields(String pointer, Map<?, ?> primary, Map<?, ?> candidate) {
        for (Map.Entry<?, ?> field : primary.entrySet()) {
            Object name = field.getKey();
            if (candidate.containsKey(name)) {
                compare(child(pointer, name), field.getValue(), candidate.get(name));
            } else {
                add(Place.missing(child(pointer, name), field.getValue()));
            }
        }
        for (Map.Entry<?, ?> field : candidate.entrySet()) {
            if (!primary.containsKey(field.getKey())) {
                add(Place.unexpected(child(pointer, field.getKey()), field.getValue()));
            }
        }
    }

    private void compareInOrder(String pointer, List<?> primary, List<?> candidate) {
        // Within a tolerance, elements that are alike where they stand have not changed places.
        if (likeness.identities().sameElements(primary, candidate) && !likeness.areAlike(primary, candidate)) {
            add(Place.reordered(pointer, primary, candidate));
            return;
        }
        int common = Math.min(primary.size(), candidate.size());
        for (int i = 0; i < common; i++) {
            compare(child(pointer, i), primary.get(i), candidate.get(i));
        }
        addMissing(pointer, primary, IntStream.range(common, primary.size()));
        addUnexpected(pointer, candidate, IntStream.range(common, candidate.size()));
    }

    private void compareInAnyOrder(String pointer, UnorderedArray primary, UnorderedArray candidate) {
        Pairing pairing = Pairing.of(primary, candidate, likeness);
        List<Integer> missing = pairing.unpairedPrimary();
        List<Integer> unexpected = pairing.unpairedCandidate();
        if (missing.size() == 1 && unexpected.size() == 1) {
            // All others have found their counterpart, so these two are each other's.
            int index = missing.get(0);
            compare(child(pointer, index), primary.get(index), candidate.get(unexpected.get(0)));
        } else {
            addMissing(pointer, primary, missing.stream().mapToInt(Integer::intValue));
            addUnexpected(pointer, candidate, unexpected.stream().mapToInt(Integer::intValue));
        }
    }

    private void addMissing(String pointer, List<?> primary, IntStream indices) {
        indices.filter(index -> primary.get(index) != Gap.IGNORED)
                .forEach(index -> add(Place.missing(child(pointer, index), primary.get(index))));
    }

    private void addUnexpected(String pointer, List<?> candidate, IntStream indices) {
        indices.filter(index -> candidate.get(index) != Gap.IGNORED)
                .forEach(index -> add(Place.unexpected(child(pointer, index), candidate.get(index))));
    }

    private boolean isFull() {
        return differences.size() >= most;
    }

    private void add(Place place) {
        if (isFull()) {
            return;
        }
        batch.add(place);
        if (batch.size() == Math.min(BATCH, most - differences.size())) {
            judgeBatch();
        }
    }

    private void judgeBatch() {
        if (!batch.isEmpty()) {
            UncomparableException.throwIfInterrupted();
            differences.addAll(judge.differing(batch));
            batch.clear();
        }
    }

    private static String child(String pointer, Object name) {
        return pointer + "/" + name.toString().replace("~", "~0").replace("/", "~1");
    }
}
