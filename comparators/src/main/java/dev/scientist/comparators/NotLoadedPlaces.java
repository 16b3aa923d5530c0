package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves places that one of two plain trees has not loaded out of both, and counts them. Where the elements of two
 * arrays may belong together in any way, a place that is not loaded in one element is left out of all of them; and if
 * an element itself is not loaded, only the number of elements is compared. Confined to one thread, for one comparison;
 * the trees stay as they were.
 */
final class NotLoadedPlaces {

    private int places;

    /** Two trees without those places. */
    record Pair(@Nullable Object primary, @Nullable Object candidate) {}

    /** The number of places that were left out. */
    int places() {
        return places;
    }

    Pair removedFrom(@Nullable Object primary, @Nullable Object candidate, PathState state) {
        if (state.isIgnored()) {
            return new Pair(stripped(primary), stripped(candidate));
        }
        if (primary instanceof Map<?, ?> fields && candidate instanceof Map<?, ?> others) {
            return ofFields(fields, others, state);
        }
        if (primary instanceof List<?> elements && candidate instanceof List<?> others) {
            return isInPlace(elements, others, state.hasNoRules() ? null : state.rules())
                    ? ofElements(elements, others, state)
                    : ofLooseElements(elements, others);
        }
        places += count(primary) + count(candidate);
        return new Pair(stripped(primary), stripped(candidate));
    }

    private static boolean isInPlace(List<?> elements, List<?> others, @Nullable PlaceRules rules) {
        boolean isLoose = rules != null && (rules.isAnyOrder() || rules.keys() != null);
        return !isLoose
                && elements.size() == others.size()
                && !(elements instanceof Unordered)
                && !(others instanceof Unordered);
    }

    private Pair ofFields(Map<?, ?> fields, Map<?, ?> others, PathState state) {
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        Map<String, @Nullable Object> right = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            String name = (String) key;
            if (others.containsKey(name)) {
                Object other = others.get(name);
                if (isNotLoaded(value, other, state.child(name))) {
                    return;
                }
                Pair pair = removedFrom(value, other, state.child(name));
                left.put(name, pair.primary());
                right.put(name, pair.candidate());
            } else {
                keep(name, value, left, state.child(name));
            }
        });
        others.forEach((key, value) -> {
            if (!fields.containsKey(key)) {
                keep((String) key, value, right, state.child((String) key));
            }
        });
        return new Pair(left, right);
    }

    private boolean isNotLoaded(@Nullable Object value, @Nullable Object other, PathState state) {
        boolean isNotLoaded = value == NotLoaded.PLACE || other == NotLoaded.PLACE;
        if (isNotLoaded && !state.isIgnored()) {
            places++;
        }
        return isNotLoaded;
    }

    /** Keeps a field that only one side has, as far as it was loaded. */
    private void keep(String name, @Nullable Object value, Map<String, @Nullable Object> fields, PathState state) {
        if (!isNotLoaded(value, null, state)) {
            fields.put(name, stripped(value));
        }
    }

    private Pair ofElements(List<?> elements, List<?> others, PathState state) {
        List<@Nullable Object> left = new ArrayList<>(elements.size());
        List<@Nullable Object> right = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            boolean isOut = isNotLoaded(elements.get(i), others.get(i), state.child(i));
            Pair pair = isOut ? new Pair(null, null) : removedFrom(elements.get(i), others.get(i), state.child(i));
            left.add(pair.primary());
            right.add(pair.candidate());
        }
        return new Pair(left, right);
    }

    private Pair ofLooseElements(List<?> elements, List<?> others) {
        Set<List<String>> paths = new HashSet<>();
        elements.forEach(element -> collect(element, List.of(), paths));
        others.forEach(element -> collect(element, List.of(), paths));
        places += paths.size();
        return new Pair(without(elements, paths), without(others, paths));
    }

    /**
     * Collects the paths of the places that are not loaded in an element; an array with an element that is not loaded
     * is such a place.
     */
    private static void collect(@Nullable Object node, List<String> path, Set<List<String>> paths) {
        if (node == NotLoaded.PLACE) {
            paths.add(path);
        } else if (node instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> collect(value, below(path, (String) name), paths));
        } else if (node instanceof List<?> elements) {
            for (Object element : elements) {
                if (element == NotLoaded.PLACE) {
                    paths.add(path);
                } else {
                    collect(element, below(path, "*"), paths);
                }
            }
        }
    }

    private static List<String> below(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static List<@Nullable Object> without(List<?> elements, Set<List<String>> paths) {
        List<@Nullable Object> kept =
                elements instanceof Unordered ? new Unordered(elements.size()) : new ArrayList<>(elements.size());
        boolean isNothing = paths.contains(List.<String>of());
        elements.forEach(element -> kept.add(isNothing ? null : without(element, List.of(), paths)));
        return kept;
    }

    private static @Nullable Object without(@Nullable Object node, List<String> path, Set<List<String>> paths) {
        if (paths.contains(path)) {
            return null;
        }
        if (node instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            fields.forEach((key, value) -> {
                List<String> place = below(path, (String) key);
                if (!paths.contains(place)) {
                    kept.put((String) key, without(value, place, paths));
                }
            });
            return kept;
        }
        if (node instanceof List<?> elements) {
            List<@Nullable Object> kept =
                    elements instanceof Unordered ? new Unordered(elements.size()) : new ArrayList<>(elements.size());
            elements.forEach(element -> kept.add(without(element, below(path, "*"), paths)));
            return kept;
        }
        return node;
    }

    /** Strips a value that is compared as a whole of the places that are not loaded. */
    private static @Nullable Object stripped(@Nullable Object node) {
        if (node == NotLoaded.PLACE) {
            return null;
        }
        if (node instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            fields.forEach((key, value) -> {
                if (value != NotLoaded.PLACE) {
                    kept.put((String) key, stripped(value));
                }
            });
            return kept;
        }
        if (node instanceof List<?> elements) {
            List<@Nullable Object> kept =
                    elements instanceof Unordered ? new Unordered(elements.size()) : new ArrayList<>(elements.size());
            elements.forEach(element -> kept.add(stripped(element)));
            return kept;
        }
        return node;
    }

    private static int count(@Nullable Object node) {
        if (node == NotLoaded.PLACE) {
            return 1;
        }
        int sum = 0;
        if (node instanceof Map<?, ?> fields) {
            for (Object value : fields.values()) {
                sum += count(value);
            }
        } else if (node instanceof List<?> elements) {
            for (Object element : elements) {
                sum += count(element);
            }
        }
        return sum;
    }
}
