package dev.scientist.benchmarks.comparators;

import static dev.scientist.comparators.JsonComparator.json;

import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.ObjectComparator;
import dev.scientist.comparators.Rule;

/** The comparators of this library as contenders. */
final class Ours {

    static final String BYTES = "ours, bytes";
    static final String TEXT = "ours, text";
    static final String JACKSON_2 = "ours, Jackson 2 trees";
    static final String JACKSON_3 = "ours, Jackson 3 trees";
    static final String OBJECTS = "ours, objects";

    static final JsonComparator IN_ORDER = json();
    static final JsonComparator IN_ANY_ORDER = json().ignoringArrayOrder();
    static final ObjectComparator OBJECTS_IN_ORDER = ObjectComparator.objects();
    static final ObjectComparator OBJECTS_IN_ANY_ORDER =
            ObjectComparator.objects().rules(Rule.at("/**").anyOrder());

    private Ours() {}

    /** Whether a contender is one of these, by its name. */
    static boolean isOurs(String name) {
        return name.startsWith("ours");
    }

    static Contender<byte[]> bytes(JsonComparator comparator) {
        return contender(BYTES, Document::bytes, comparator);
    }

    static Contender<String> text(JsonComparator comparator) {
        return contender(TEXT, Document::text, comparator);
    }

    static Contender<?> jackson2(JsonComparator comparator) {
        return contender(JACKSON_2, Document::jackson2, comparator);
    }

    static Contender<?> jackson3(JsonComparator comparator) {
        return contender(JACKSON_3, Document::jackson3, comparator);
    }

    /** Compares the application's own objects, like the peers that do so. */
    static Contender<Object> objects(ObjectComparator comparator) {
        return new Contender<>(
                OBJECTS,
                Document::object,
                (primary, candidate) -> comparator.compare(primary, candidate).size());
    }

    private static <D> Contender<D> contender(String name, Contender.Form<D> form, JsonComparator comparator) {
        return new Contender<>(
                name,
                form,
                (primary, candidate) -> comparator.compare(primary, candidate).size());
    }
}
