package dev.scientist.comparators;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;

/**
 * Random pairs of nearly equal documents, and the way from a pair that shows a mistake to a small one that does. A
 * document is made of maps, lists, texts, numbers and booleans; the text "null" stands for null.
 */
final class RandomDocuments {

    private static final String[] NAMES = {"a", "b", "a.b", "a[0]", "", "/", "~", "é", "*", "0"};

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    /** Two documents, of which the second one is the first one with up to three changes. */
    record Pair(Object primary, Object candidate) {

        @Override
        public String toString() {
            return plain(primary) + "  and  " + plain(candidate);
        }
    }

    Pair pair() {
        Object primary = value(4);
        Object candidate = primary;
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            candidate = changed(candidate);
        }
        return new Pair(primary, random.nextInt(3) == 0 ? shuffled(candidate) : candidate);
    }

    /** The smallest pair found by leaving out parts for which the claim still fails. */
    static Pair shrunk(Pair pair, BiPredicate<Object, Object> holds) {
        Pair smallest = pair;
        boolean isSmaller = true;
        while (isSmaller) {
            isSmaller = false;
            List<Pair> next = new ArrayList<>();
            for (Object primary : smaller(smallest.primary())) {
                next.add(new Pair(primary, smallest.candidate()));
            }
            for (Object candidate : smaller(smallest.candidate())) {
                next.add(new Pair(smallest.primary(), candidate));
            }
            for (Pair candidate : next) {
                if (!holds.test(candidate.primary(), candidate.candidate())) {
                    smallest = candidate;
                    isSmaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    /** All documents that lack one part of this one, or have nothing but one part. */
    private static List<Object> smaller(Object value) {
        List<Object> result = new ArrayList<>();
        if (value instanceof List<?> elements) {
            result.addAll(elements);
            for (int i = 0; i < elements.size(); i++) {
                List<Object> copy = new ArrayList<>(elements);
                copy.remove(i);
                result.add(copy);
                for (Object part : smaller(elements.get(i))) {
                    List<Object> other = new ArrayList<>(elements);
                    other.set(i, part);
                    result.add(other);
                }
            }
        } else if (value instanceof Map<?, ?> fields) {
            result.addAll(fields.values());
            for (Object name : fields.keySet()) {
                Map<Object, Object> copy = new LinkedHashMap<>(fields);
                copy.remove(name);
                result.add(copy);
                for (Object part : smaller(fields.get(name))) {
                    Map<Object, Object> other = new LinkedHashMap<>(fields);
                    other.put(name, part);
                    result.add(other);
                }
            }
        }
        return result;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> "t" + random.nextInt(3);
            case 1 ->
                new BigDecimal(random.nextInt(5)).divide(new BigDecimal(4)).stripTrailingZeros();
            case 2 -> random.nextBoolean();
            case 3 -> "null";
            case 4, 5 -> {
                List<Object> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(value(depth - 1));
                }
                yield elements;
            }
            default -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    fields.put(NAMES[random.nextInt(NAMES.length)], value(depth - 1));
                }
                yield fields;
            }
        };
    }

    /** The same document with a change somewhere, which may come to nothing. */
    Object changed(Object value) {
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
        if (value instanceof Map<?, ?> fields) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            fields.forEach((name, part) -> copy.put(name, shuffled(part)));
            return copy;
        }
        return value;
    }

    /** One of the ways to write a document: space, order of fields and notation of numbers vary. */
    String text(Object value) {
        String space = random.nextInt(4) == 0 ? " " : "";
        if (value instanceof Map<?, ?> fields) {
            List<Map.Entry<?, ?>> entries = new ArrayList<>(fields.entrySet());
            if (random.nextBoolean()) {
                Collections.shuffle(entries, random);
            }
            return entries.stream()
                    .map(field -> "\"" + field.getKey() + "\":" + space + text(field.getValue()))
                    .collect(joining("," + space, "{", "}"));
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(this::text).collect(joining("," + space, "[" + space, "]"));
        }
        if (value instanceof BigDecimal number) {
            return switch (random.nextInt(3)) {
                case 0 -> number.toPlainString();
                case 1 -> number.setScale(4).toPlainString();
                default -> number.setScale(4) + "e0";
            };
        }
        return plain(value);
    }

    /** The document as it is. */
    static String plain(Object value) {
        if (value instanceof Map<?, ?> fields) {
            return fields.entrySet().stream()
                    .map(field -> "\"" + field.getKey() + "\":" + plain(field.getValue()))
                    .collect(joining(",", "{", "}"));
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(RandomDocuments::plain).collect(joining(",", "[", "]"));
        }
        return value instanceof String text && !text.equals("null") ? "\"" + text + "\"" : value.toString();
    }
}
