package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.ResultComparator;
import dev.scientist.Side;
import dev.scientist.comparators.Comparators.HttpAnswer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares HTTP responses part by part.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance serves all comparisons.
 *
 * @param headers names in lower case
 * @param json null to compare JSON as text
 * @param xml null to compare XML as text
 */
record HttpComparator<R>(
        Function<? super R, HttpAnswer> view,
        List<String> headers,
        @Nullable ResultComparator<Object> json,
        @Nullable ResultComparator<Object> xml,
        ResultComparator<? super CharSequence> text,
        int maxBody)
        implements Comparators.Http<R>, RulesWithin {

    private static final List<String> STANDARD_HEADERS = List.of("content-type", "location");
    private static final int DEFAULT_MAX_BODY = 16 * 1024 * 1024; // bytes; chosen: a tenth of a second to read
    private static final String BODY = "/body";
    private static final String CODING = "content-encoding";

    /** Reads responses of the JDK. */
    static final Function<HttpResponse<?>, HttpAnswer> JDK =
            response -> new HttpAnswer(response.statusCode(), response.headers().map(), response.body());

    static <R> HttpComparator<R> of(Function<? super R, HttpAnswer> view) {
        boolean hasJackson = JsonLibrary.Present.JACKSON_3 || JsonLibrary.Present.JACKSON_2;
        return new HttpComparator<>(
                view,
                STANDARD_HEADERS,
                hasJackson ? JsonComparator.json() : null,
                null,
                TextComparator.STANDARD,
                DEFAULT_MAX_BODY);
    }

    @Override
    public Comparators.Http<R> headers(String... names) {
        List<String> chosen = Arrays.stream(requireNonNull(names, "names"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        return new HttpComparator<>(view, chosen, json, xml, text, maxBody);
    }

    @Override
    public Comparators.Http<R> json(ResultComparator<Object> comparator) {
        return new HttpComparator<>(view, headers, requireNonNull(comparator, "json"), xml, text, maxBody);
    }

    @Override
    public Comparators.Http<R> xml(ResultComparator<Object> comparator) {
        return new HttpComparator<>(view, headers, json, requireNonNull(comparator, "xml"), text, maxBody);
    }

    @Override
    public Comparators.Http<R> text(ResultComparator<? super CharSequence> comparator) {
        return new HttpComparator<>(view, headers, json, xml, requireNonNull(comparator, "text"), maxBody);
    }

    @Override
    public Comparators.Http<R> maxBody(int most) {
        return new HttpComparator<>(view, headers, json, xml, text, Limits.requirePositive("maxBody", most));
    }

    @Override
    public List<Difference> compare(R primary, R candidate) throws Exception {
        HttpAnswer answer = view.apply(primary);
        HttpAnswer other = view.apply(candidate);
        List<Difference> differences = new ArrayList<>();
        if (answer.status() != other.status()) {
            differences.add(Difference.of("/status", Kind.CHANGED, answer.status(), other.status()));
        }
        for (String name : headers) {
            compareHeader(name, values(answer, name), values(other, name), differences);
        }
        HttpBody body = HttpBody.of(
                Side.PRIMARY,
                answer,
                values(answer, "content-type"),
                !codings(answer).isEmpty(),
                maxBody);
        HttpBody otherBody = HttpBody.of(
                Side.CANDIDATE,
                other,
                values(other, "content-type"),
                !codings(other).isEmpty(),
                maxBody);
        compareBodies(body, otherBody, differences);
        boolean isDecodedAlike = body.isEmpty() || codings(answer).equals(codings(other));
        if (body.isSame(otherBody) && !isDecodedAlike && !headers.contains(CODING)) {
            compareHeader(CODING, values(answer, CODING), values(other, CODING), differences);
        }
        return List.copyOf(differences);
    }

    private static void compareHeader(
            String name, List<String> values, List<String> others, List<Difference> differences) {
        String place = "/headers/" + name.replace("~", "~0").replace("/", "~1") + "/";
        for (int i = 0; i < Math.max(values.size(), others.size()); i++) {
            if (i >= others.size()) {
                differences.add(Difference.of(place + i, Kind.MISSING, values.get(i), null));
            } else if (i >= values.size()) {
                differences.add(Difference.of(place + i, Kind.UNEXPECTED, null, others.get(i)));
            } else if (!Objects.equals(values.get(i), others.get(i))) {
                differences.add(Difference.of(place + i, Kind.CHANGED, values.get(i), others.get(i)));
            }
        }
    }

    private void compareBodies(HttpBody body, HttpBody other, List<Difference> differences) throws Exception {
        if (body.isSame(other)) {
            return;
        }
        if (other.isEmpty()) {
            differences.add(Difference.of(BODY, Kind.MISSING, body.shown(0), null));
        } else if (body.isEmpty()) {
            differences.add(Difference.of(BODY, Kind.UNEXPECTED, null, other.shown(0)));
        } else if (body.kind() != other.kind()) {
            int from = body.mismatch(other);
            differences.add(Difference.of(BODY, Kind.TYPE_CHANGED, body.shown(from), other.shown(from)));
        } else {
            ResultComparator<Object> reader = reader(body.kind());
            Object content = reader == null ? body.text() : body.readable();
            Object otherContent = reader == null ? other.text() : other.readable();
            if (body.kind() == HttpBody.Kind.BYTES || content == null || otherContent == null) {
                int from = body.mismatch(other);
                differences.add(Difference.of(BODY, Kind.CHANGED, body.shown(from), other.shown(from)));
                return;
            }
            List<Difference> inside = reader == null
                    ? text.compare((String) content, (String) otherContent)
                    : reader.compare(content, otherContent);
            inside.forEach(difference -> differences.add(difference.below(BODY)));
        }
    }

    private @Nullable ResultComparator<Object> reader(HttpBody.Kind kind) {
        return switch (kind) {
            case JSON -> json;
            case XML -> xml;
            case TEXT, BYTES -> null;
        };
    }

    /** The encodings of the bytes of a body, in lower case; empty if there are none. */
    private static List<String> codings(HttpAnswer answer) {
        return values(answer, CODING).stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",")))
                .map(String::strip)
                .filter(coding -> !coding.equals("identity"))
                .toList();
    }

    /** The values of a header, by its name in any case. Some libraries have a status line without a name. */
    @SuppressWarnings("ConstantValue")
    private static List<String> values(HttpAnswer answer, String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
            if (name.equalsIgnoreCase(header.getKey())) {
                values.addAll(header.getValue());
            }
        }
        return values;
    }

    @Override
    public Collection<?> comparators() {
        return Stream.of(json, xml, text).filter(Objects::nonNull).toList();
    }

    @Override
    public String place() {
        return BODY;
    }

    @Override
    public String description() {
        String reader = view == JDK ? "" : " read by " + ResultComparator.nameOf(view);
        return "http" + reader + " with headers [" + RuleText.quoted(headers.toArray(String[]::new)) + "]"
                + described(", json by ", json)
                + described(", xml by ", xml) + described(", text by ", text);
    }

    private static String described(String part, @Nullable ResultComparator<?> comparator) {
        return comparator == null ? "" : part + "(" + ResultComparator.descriptionOf(comparator) + ")";
    }

    @Override
    public String toString() {
        return "http with headers " + headers;
    }
}
