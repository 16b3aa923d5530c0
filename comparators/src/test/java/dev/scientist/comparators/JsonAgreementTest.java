package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.javacrumbs.jsonunit.core.Configuration;
import net.javacrumbs.jsonunit.core.Option;
import net.javacrumbs.jsonunit.core.internal.Diff;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Random documents: the verdict is that of equality by value, and of json-unit on the same configuration. */
class JsonAgreementTest {

    private static final int ROUNDS = 20_000;
    private static final String[] NAMES = {"a", "b", "a.b", "a[0]", "", "/", "~", "é"};
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Random random = new Random(20_261_120);

    @Test
    void theVerdictIsEqualityByValue() {
        int equal = 0;
        List<String> wrong = new ArrayList<>();

        for (int round = 0; round < ROUNDS; round++) {
            Object primary = value(4);
            Object candidate = random.nextBoolean() ? changed(primary) : primary;
            boolean isEqual = primary.equals(candidate);
            equal += isEqual ? 1 : 0;
            if (json().compare(text(primary), text(candidate)).isEmpty() != isEqual) {
                wrong.add(text(primary) + " and " + text(candidate));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(equal).isBetween(ROUNDS / 4, ROUNDS * 3 / 4);
    }

    @Test
    void everyPathReportedIsAPlaceInOneOfTheDocuments() {
        List<String> wrong = new ArrayList<>();

        for (int round = 0; round < ROUNDS / 4; round++) {
            String primary = text(value(4));
            String candidate = text(value(4));
            JsonNode primaryTree = MAPPER.readTree(primary);
            JsonNode candidateTree = MAPPER.readTree(candidate);
            for (Difference difference : json().compare(primary, candidate)) {
                boolean isInPrimary = !primaryTree.at(difference.path()).isMissingNode();
                boolean isInCandidate = !candidateTree.at(difference.path()).isMissingNode();
                if (isInPrimary != (difference.kind() != Difference.Kind.UNEXPECTED)
                        || isInCandidate != (difference.kind() != Difference.Kind.MISSING)) {
                    wrong.add(difference + " of " + primary + " and " + candidate);
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void theVerdictIsThatOfJsonUnitOnTheSameConfiguration() {
        Configuration exact = Configuration.empty().withNumberComparator(Numbers.BY_VALUE);
        Configuration within = exact.withTolerance(0.5);
        for (int round = 0; round < ROUNDS / 4; round++) {
            Object primary = value(3);
            Object candidate = random.nextBoolean() ? changed(primary) : primary;
            String primaryText = text(primary);
            String candidateText = text(shuffled(candidate));

            assertAgreement(json(), exact, primaryText, candidateText);
            assertAgreement(json().tolerance(0.5), within, primaryText, candidateText);
            assertAgreement(
                    json().ignoringArrayOrder(), exact.when(Option.IGNORING_ARRAY_ORDER), primaryText, candidateText);
            assertAgreement(
                    json().ignoringArrayOrder().tolerance(0.5),
                    within.when(Option.IGNORING_ARRAY_ORDER),
                    primaryText,
                    candidateText);
        }
    }

    private static void assertAgreement(JsonComparator comparator, Configuration configuration, String p, String c) {
        boolean isSimilar = Diff.create(MAPPER.readTree(p), MAPPER.readTree(c), "candidate", "", configuration)
                .similar();

        assertThat(comparator.compare(p, c).isEmpty())
                .as("%s: %s and %s", comparator, p, c)
                .isEqualTo(isSimilar);
    }

    /** A document of maps, lists, texts, numbers without trailing zeros and booleans; "null" stands for null. */
    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> "t" + random.nextInt(3);
            case 1 -> number(random.nextInt(4));
            case 2 -> random.nextBoolean();
            case 3 -> "null";
            case 4, 5 -> {
                List<Object> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(depth - 1));
                }
                yield elements;
            }
            default -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put(NAMES[random.nextInt(NAMES.length)], value(depth - 1));
                }
                yield fields;
            }
        };
    }

    private static BigDecimal number(int quarters) {
        return new BigDecimal(quarters).divide(new BigDecimal(4)).stripTrailingZeros();
    }

    /** The same document with a change somewhere, which may come to nothing. */
    private Object changed(Object value) {
        if (value instanceof List<?> elements && !elements.isEmpty() && random.nextInt(4) > 0) {
            List<Object> copy = new ArrayList<>(elements);
            int index = random.nextInt(copy.size());
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(index);
                case 1 -> copy.add(index, copy.get(random.nextInt(copy.size())));
                default -> copy.set(index, changed(copy.get(index)));
            }
            return copy;
        }
        if (value instanceof Map<?, ?> fields && !fields.isEmpty() && random.nextInt(4) > 0) {
            Map<Object, Object> copy = new LinkedHashMap<>(fields);
            Object name = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(name);
                case 1 -> copy.put(NAMES[random.nextInt(NAMES.length)], value(1));
                default -> copy.put(name, changed(copy.get(name)));
            }
            return copy;
        }
        return value(1);
    }

    private Object shuffled(Object value) {
        if (value instanceof List<?> elements) {
            List<Object> copy =
                    new ArrayList<>(elements.stream().map(this::shuffled).toList());
            if (random.nextInt(3) == 0) {
                Collections.shuffle(copy, random);
            }
            return copy;
        }
        return value;
    }

    /** One of the ways to write a document: space, order of fields and notation of numbers vary. */
    private String text(Object value) {
        String space = random.nextInt(4) == 0 ? " " : "";
        if (value instanceof Map<?, ?> fields) {
            List<Map.Entry<?, ?>> entries = new ArrayList<>(fields.entrySet());
            Collections.shuffle(entries, random);
            return entries.stream()
                    .map(field -> "\"" + field.getKey() + "\":" + space + text(field.getValue()))
                    .collect(joining("," + space, "{", "}"));
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(this::text).collect(joining("," + space, "[" + space, "]"));
        }
        if (value instanceof BigDecimal number) {
            return random.nextBoolean()
                    ? number.toPlainString()
                    : number.setScale(4).toString() + "e0";
        }
        if (value instanceof Boolean || value.equals("null")) {
            return value.toString();
        }
        return "\"" + value + "\"";
    }
}
