package dev.scientist.comparators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Applies a JSON Patch of add, remove and replace operations, as strictly as RFC 6902 says. */
final class AppliedPatch {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private AppliedPatch() {}

    static @Nullable Object of(@Nullable Object document, String patch) {
        @Nullable Object result = MAPPER.readValue(JsonText.of(document), Object.class);
        for (Object operation : MAPPER.readValue(patch, List.class)) {
            Map<?, ?> fields = (Map<?, ?>) operation;
            result = applied(
                    result, segments((String) fields.get("path")), (String) fields.get("op"), fields.get("value"));
        }
        return result;
    }

    private static @Nullable Object applied(
            @Nullable Object document, List<String> path, String operation, @Nullable Object value) {
        if (path.isEmpty()) {
            return value;
        }
        String name = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (document instanceof Map<?, ?> fields) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>(fields);
            boolean isThere = copy.containsKey(name);
            require(isThere || (rest.isEmpty() && operation.equals("add")), "no key " + name);
            if (rest.isEmpty() && operation.equals("remove")) {
                copy.remove(name);
            } else {
                copy.put(name, rest.isEmpty() ? value : applied(copy.get(name), rest, operation, value));
            }
            return copy;
        }
        require(document instanceof List, "no container at " + name);
        List<@Nullable Object> copy = new ArrayList<>((List<?>) document);
        int index = Integer.parseInt(name);
        if (rest.isEmpty() && operation.equals("remove")) {
            copy.remove(index);
        } else if (rest.isEmpty() && operation.equals("add")) {
            copy.add(index, value);
        } else {
            copy.set(index, rest.isEmpty() ? value : applied(copy.get(index), rest, operation, value));
        }
        return copy;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
            segments.add(segment.replace("~1", "/").replace("~0", "~"));
        }
        return segments;
    }

    private static void require(boolean isRight, String wrong) {
        if (!isRight) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
