package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.UncomparableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: an answer, or uncomparable; and at every speed the same. */
class JsonFuzzTest {

    private static final long SEED = 20_261_121;
    private static final int PAIRS = 12_000;
    private static final Duration LONGEST = Duration.ofSeconds(10); // for one pair, on a busy machine

    private static final List<String> SEEDS = List.of(
            "{\"a\":[1,2.50,-0,1e3,{\"b\":null}],\"c\":\"text \\u00e9 \\ud83d\\ude00\",\"d\":true}",
            "[" + "[".repeat(300) + "]".repeat(300) + "]",
            "{\"a\":".repeat(240) + "1" + "}".repeat(240),
            "[1e9999,1e10000,-1e-9999,123456789012345678901234567890.5," + "9".repeat(1_200) + "]",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"b\":{\"c\":[1,1.0],\"c\":2},\"b\":3}",
            "[\"\\ud800\",\"\\udc00\\ud800\"]",
            "\uFEFF{\"a\":1}",
            "[\"\u0000\u001f\",\"\\u0000\"]",
            "[1,1,2,2,3,3,\"1\",\"1\",null,null,[],{},[[]],[{}]]",
            "{\"${json-unit.ignore}\":\"#{json-unit.regex}(a+)+$\"}");

    private static final List<JsonComparator> COMPARATORS = List.of(
            json(),
            json().ignoring("/a", "/**/b"),
            json().ignoring("/*/*"),
            json().tolerance(0.5),
            json().ignoringArrayOrder(),
            json().ignoringArrayOrder().tolerance(0.5),
            json().rules(Rule.at("/**").byKey("/a"), Rule.at("/*").blankAsMissing()));

    @Test
    void whateverTheBytesThereIsAnAnswerOrTheyAreUncomparable() {
        Random random = new Random(SEED);
        int pairs = 0;
        String failure = null;

        while (failure == null && pairs < PAIRS) {
            byte[] primary = mutated(seed(random), random);
            byte[] candidate = random.nextBoolean() ? mutated(primary, random) : mutated(seed(random), random);
            failure = failure(COMPARATORS.get(pairs++ % COMPARATORS.size()), primary, candidate);
        }

        assertThat(failure).as("seed %s, pair %s", SEED, pairs).isNull();
    }

    static List<String> seeds() {
        return SEEDS;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyUnusualDocumentIsComparedWithEveryOther(String primary) {
        for (JsonComparator comparator : COMPARATORS) {
            for (String candidate : SEEDS) {
                assertThat(failure(comparator, primary.getBytes(UTF_8), candidate.getBytes(UTF_8)))
                        .isNull();
                assertThat(failure(comparator, primary.getBytes(UTF_16LE), candidate.getBytes(UTF_8)))
                        .isNull();
            }
        }
    }

    private static byte[] seed(Random random) {
        String seed = random.nextBoolean()
                ? SEEDS.get(random.nextInt(SEEDS.size()))
                : RandomDocuments.plain(
                        new RandomDocuments(random.nextLong()).pair().primary());
        return seed.getBytes(UTF_8);
    }

    /** Some bytes changed, left out, doubled, or moved. */
    private static byte[] mutated(byte[] document, Random random) {
        byte[] result = document.clone();
        for (int i = random.nextInt(4); i > 0 && result.length > 1; i--) {
            int at = random.nextInt(result.length);
            int length = random.nextInt(Math.min(20, result.length - at) + 1);
            switch (random.nextInt(4)) {
                case 0 -> result[at] = (byte) random.nextInt(256);
                case 1 -> result[at] = (byte) "{}[],:\"\\-.eE0919tfn ".charAt(random.nextInt(20));
                case 2 -> {
                    byte[] shorter = Arrays.copyOf(result, result.length - length);
                    System.arraycopy(result, at + length, shorter, at, shorter.length - at);
                    result = shorter;
                }
                default -> {
                    byte[] longer = Arrays.copyOf(result, result.length + length);
                    System.arraycopy(result, at, longer, at + length, result.length - at);
                    result = longer;
                }
            }
        }
        return result;
    }

    private static @Nullable String failure(JsonComparator comparator, byte[] primary, byte[] candidate) {
        long start = System.nanoTime();
        try {
            Outcome outcome = outcome(() -> comparator.compare(primary, candidate));
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                return "too slow for " + shown(primary, candidate);
            }
            if (!Arrays.equals(primary, candidate)) { // else they need not be JSON
                Outcome whenRead = outcome(() -> comparator.compareRead(primary, candidate));
                boolean isSeenEqual = comparator.seesNoDifference(primary, candidate);
                if (outcome != whenRead || (isSeenEqual && outcome != Outcome.EQUAL)) {
                    return outcome + ", read " + whenRead + ", seen equal " + isSeenEqual + " for "
                            + shown(primary, candidate);
                }
            }
            return null;
        } catch (Throwable thrown) {
            return thrown + " for " + shown(primary, candidate);
        }
    }

    private static Outcome outcome(Supplier<List<Difference>> comparison) {
        try {
            List<Difference> differences = comparison.get();
            if (differences.size() > 100) {
                throw new AssertionError("a report over its limit");
            }
            return differences.isEmpty() ? Outcome.EQUAL : Outcome.DIFFERENT;
        } catch (UncomparableException known) {
            if (known.getMessage() == null || known.getMessage().length() > 300) {
                throw new AssertionError("no short message", known);
            }
            return Outcome.UNCOMPARED;
        }
    }

    private enum Outcome {
        EQUAL,
        DIFFERENT,
        UNCOMPARED
    }

    private static String shown(byte[] primary, byte[] candidate) {
        return HexFormat.of().formatHex(primary) + " and " + HexFormat.of().formatHex(candidate);
    }
}
