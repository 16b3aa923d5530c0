package dev.scientist.comparators;

import dev.scientist.comparators.PathPattern.Wildcard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves a value of a document to another place. The paths have their wildcards in common: both begin with the same
 * steps up to the last {@code *}, so that every value moves within one object.
 *
 * <p>A value that is not there is not moved, and nothing is overwritten: if the other place is taken, the value stays
 * and the difference shows. Objects on the way are made as needed, and one that was emptied by the move is gone.
 *
 * @param common steps to the objects within which values move: names and {@link Wildcard#ONE}
 * @param from names, one or more, from such an object to the value
 * @param to names, one or more, from such an object to the value's other place
 */
record Rename(List<Object> common, List<String> from, List<String> to) implements Restructuring {

    /**
     * Makes a renaming from the paths that a user wrote.
     *
     * @throws IllegalArgumentException if the paths do not go together
     */
    static Rename of(PathPattern from, PathPattern to) {
        if (from.has(Wildcard.MANY) || to.has(Wildcard.MANY)) {
            throw new IllegalArgumentException("must not use \"**\": name the places with \"*\" and keys");
        }
        int start = Math.max(from.steps().lastIndexOf(Wildcard.ONE), to.steps().lastIndexOf(Wildcard.ONE)) + 1;
        if (from.steps().size() <= start || to.steps().size() <= start) {
            throw new IllegalArgumentException("must move a key: both paths must end with one, and not with \"*\"");
        }
        List<Object> common = from.steps().subList(0, start);
        if (!common.equals(to.steps().subList(0, start))) {
            throw new IllegalArgumentException(
                    "must move a value within one object: both paths must be the same up to" + " their last \"*\"");
        }
        List<String> source = names(from, start);
        List<String> target = names(to, start);
        if (isPrefix(source, target) || isPrefix(target, source)) {
            throw new IllegalArgumentException("must move a value to another place, and not into itself");
        }
        return new Rename(common, source, target);
    }

    @Override
    public @Nullable Object restructured(@Nullable Object document) {
        return along(0, document);
    }

    private @Nullable Object along(int depth, @Nullable Object value) {
        if (depth == common.size()) {
            return value instanceof Map<?, ?> object ? moved(object) : value;
        }
        Object step = common.get(depth);
        if (value instanceof Map<?, ?> fields) {
            return step == Wildcard.ONE ? inEveryField(depth, fields) : inField(depth, fields, step);
        }
        if (value instanceof List<?> elements) {
            return inElements(depth, elements, step);
        }
        return value;
    }

    private Object inField(int depth, Map<?, ?> fields, Object name) {
        Object before = fields.get(name);
        Object after = along(depth + 1, before);
        if (before == after) {
            return fields;
        }
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(fields);
        copy.put(name, after);
        return copy;
    }

    private Object inEveryField(int depth, Map<?, ?> fields) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        boolean isSame = true;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            Object after = along(depth + 1, field.getValue());
            isSame &= after == field.getValue();
            copy.put(field.getKey(), after);
        }
        return isSame ? fields : copy;
    }

    private Object inElements(int depth, List<?> elements, Object step) {
        List<@Nullable Object> copy = new ArrayList<>(elements);
        boolean isSame = true;
        for (int i = 0; i < copy.size(); i++) {
            if (step == Wildcard.ONE || step.equals(Integer.toString(i))) {
                Object before = copy.get(i);
                copy.set(i, along(depth + 1, before));
                isSame &= before == copy.get(i);
            }
        }
        return isSame ? elements : copy;
    }

    private Object moved(Map<?, ?> object) {
        if (!has(object, from) || !isFree(object, to)) {
            return object;
        }
        Object value = get(object, from);
        return with(without(object, from), to, value);
    }

    private static boolean has(Map<?, ?> object, List<String> path) {
        Object holder = path.size() == 1 ? object : get(object, path.subList(0, path.size() - 1));
        return holder instanceof Map<?, ?> fields && fields.containsKey(path.get(path.size() - 1));
    }

    /** Whether the path leads to nothing, through nothing but objects. */
    private static boolean isFree(Map<?, ?> object, List<String> path) {
        Object here = object;
        for (String name : path) {
            if (!(here instanceof Map<?, ?> fields)) {
                return false;
            }
            if (!fields.containsKey(name)) {
                return true;
            }
            here = fields.get(name);
        }
        return false;
    }

    private static @Nullable Object get(Map<?, ?> object, List<String> path) {
        Object here = object;
        for (String name : path) {
            here = here instanceof Map<?, ?> fields ? fields.get(name) : null;
        }
        return here;
    }

    private static Map<?, ?> without(Map<?, ?> object, List<String> path) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(object);
        String name = path.get(0);
        if (path.size() == 1) {
            copy.remove(name);
        } else if (copy.get(name) instanceof Map<?, ?> inner) {
            Map<?, ?> rest = without(inner, path.subList(1, path.size()));
            if (rest.isEmpty()) {
                copy.remove(name);
            } else {
                copy.put(name, rest);
            }
        }
        return copy;
    }

    private static Map<?, ?> with(Map<?, ?> object, List<String> path, @Nullable Object value) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(object);
        String name = path.get(0);
        if (path.size() == 1) {
            copy.put(name, value);
        } else {
            Map<?, ?> inner = copy.get(name) instanceof Map<?, ?> fields ? fields : Map.of();
            copy.put(name, with(inner, path.subList(1, path.size()), value));
        }
        return copy;
    }

    private static List<String> names(PathPattern path, int start) {
        return path.steps().subList(start, path.steps().size()).stream()
                .map(String.class::cast)
                .toList();
    }

    private static boolean isPrefix(List<String> shorter, List<String> longer) {
        return shorter.size() <= longer.size()
                && longer.subList(0, shorter.size()).equals(shorter);
    }
}
