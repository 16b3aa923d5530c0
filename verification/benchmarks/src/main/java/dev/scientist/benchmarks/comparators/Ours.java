package dev.scientist.benchmarks.comparators;

import static dev.scientist.comparators.JsonComparator.json;

import dev.scientist.comparators.JsonComparator;
import dev.scientist.comparators.ObjectComparator;
import dev.scientist.comparators.Rule;

/** This library. */
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

    /** Whether a contender is one of these. */
    static boolean isOurs(String name) {
        return name.startsWith("ours");
    }

    static Contender bytes(JsonComparator comparator) {
        return pair -> {
            byte[] primary = pair.primary().bytes();
            byte[] candidate = pair.candidate().bytes();
            return () -> comparator.compare(primary, candidate).size();
        };
    }

    static Contender text(JsonComparator comparator) {
        return pair -> {
            String primary = pair.primary().text();
            String candidate = pair.candidate().text();
            return () -> comparator.compare(primary, candidate).size();
        };
    }

    static Contender jackson2(JsonComparator comparator) {
        return pair -> {
            Object primary = pair.primary().jackson2();
            Object candidate = pair.candidate().jackson2();
            return () -> comparator.compare(primary, candidate).size();
        };
    }

    static Contender jackson3(JsonComparator comparator) {
        return pair -> {
            Object primary = pair.primary().jackson3();
            Object candidate = pair.candidate().jackson3();
            return () -> comparator.compare(primary, candidate).size();
        };
    }

    /** On the application's own objects, as for the peers that compare such. */
    static Contender objects(ObjectComparator comparator) {
        return pair -> {
            Object primary = pair.primary().as(pair.type());
            Object candidate = pair.candidate().as(pair.type());
            return () -> comparator.compare(primary, candidate).size();
        };
    }
}
