package dev.scientist.benchmarks.comparators;

/** Jackson's own trees and their {@code equals}: it says whether two documents differ, and not where. */
final class Jacksons {

    static final String PARSE_AND_EQUALS = "Jackson 2, readTree twice and equals";
    static final String PARSE_AND_EQUALS_3 = "Jackson 3, readTree twice and equals";
    static final String EQUALS_2 = "Jackson 2, JsonNode.equals";
    static final String EQUALS_3 = "Jackson 3, JsonNode.equals";

    private Jacksons() {}

    static Contender parseAndEquals2() {
        return pair -> {
            byte[] primary = pair.primary().bytes();
            byte[] candidate = pair.candidate().bytes();
            return () -> answer(Document.JACKSON_2.readTree(primary).equals(Document.JACKSON_2.readTree(candidate)));
        };
    }

    static Contender parseAndEquals3() {
        return pair -> {
            byte[] primary = pair.primary().bytes();
            byte[] candidate = pair.candidate().bytes();
            return () -> answer(Document.JACKSON_3.readTree(primary).equals(Document.JACKSON_3.readTree(candidate)));
        };
    }

    static Contender equals2() {
        return pair -> equalsOf(pair.primary().jackson2(), pair.candidate().jackson2());
    }

    static Contender equals3() {
        return pair -> equalsOf(pair.primary().jackson3(), pair.candidate().jackson3());
    }

    private static Contender.Comparison equalsOf(Object primary, Object candidate) {
        return () -> answer(primary.equals(candidate));
    }

    private static int answer(boolean areEqual) {
        return areEqual ? 0 : Contender.SOME;
    }
}
