package dev.scientist.comparators;

import static dev.scientist.comparators.Comparators.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scientist.Difference;
import dev.scientist.OverBudgetException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextComparatorTest {

    @Test
    void aLineThatCameIsOneDifference() {
        List<Difference> differences = text().compare("a\nb\nc\nd", "a\nb\nnew\nc\nd");

        assertThat(differences).hasToString("[unexpected at /line/3 [null -> java.lang.String]]");
        assertThat(differences.get(0).candidate()).isEqualTo("new");
    }

    @Test
    void aLineThatWentIsOneDifference() {
        List<Difference> differences = text().compare("a\nb\nb\nc", "a\nb\nc");

        assertThat(differences).hasToString("[missing at /line/3 [java.lang.String -> null]]");
    }

    @Test
    void linesThatChangedBelongTogetherByTheirOrder() {
        List<Difference> differences = text().compare("head\nx\ny\nz\ntail", "head\nX\nY\ntail");

        assertThat(differences)
                .extracting(Difference::toString)
                .containsExactly(
                        "changed at /line/2 [java.lang.String]",
                        "changed at /line/3 [java.lang.String]",
                        "missing at /line/4 [java.lang.String -> null]");
    }

    @Test
    void aChangeAndAnInsertionFarApartAreTwoDifferences() {
        String primary = lines(1, 200);
        String candidate = "zero\n" + primary.replace("line 150\n", "line 150!\n");

        List<Difference> differences = text().compare(primary, candidate);

        assertThat(differences).extracting(Difference::path).containsExactly("/line/1", "/line/150");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\r\\nb\\rc | a\\nb\\nc | LINE_ENDS",
                "a  \\nb\\t | a\\nb | TRAILING",
                "a\\nb\\n\\n | a\\nb | TRAILING",
                "A\\nB | a\\nb | LOWER",
            })
    void whatDoesNotMatterIsLeftOut(String primary, String candidate, String option) {
        Comparators.Text exact = text();
        Comparators.Text lenient = switch (option) {
            case "LINE_ENDS" -> exact.ignoringLineEnds();
            case "TRAILING" -> exact.ignoringTrailingSpace();
            default -> exact.normalised(text -> text.toLowerCase(Locale.ROOT));
        };

        assertThat(exact.compare(unescaped(primary), unescaped(candidate))).isNotEmpty();
        assertThat(lenient.compare(unescaped(primary), unescaped(candidate))).isEmpty();
        assertThat(lenient.compare(unescaped(primary) + "!", unescaped(candidate)))
                .isNotEmpty();
    }

    @Test
    void normalisersWorkOneAfterTheOther() {
        Comparators.Text comparator =
                text().normalised(text -> text.replace("b", "c")).normalised(text -> text.replace("c", "d"));

        assertThat(comparator.compare("a b", "a d")).isEmpty();
    }

    @Test
    void anyCharSequenceIsText() {
        assertThat(text().compare("a\nb", CharBuffer.wrap("a\nb"))).isEmpty();
        assertThat(text().compare("", "")).isEmpty();
    }

    @Test
    void theReportEndsAtItsLimit() {
        assertThat(text().compare(lines(1, 5_000), lines(5_001, 10_000))).hasSize(100);
        assertThat(text().maxDifferences(3).compare(lines(1, 50), lines(51, 100)))
                .extracting(Difference::path)
                .containsExactly("/line/1", "/line/2", "/line/3");
    }

    @Test
    void aTextOverTheLimitIsOverBudget() {
        Comparators.Text comparator = text().maxCharacters(3);

        assertThat(comparator.compare("abc", "abc")).isEmpty();
        assertThatThrownBy(() -> comparator.compare("abc", "abcd"))
                .isInstanceOf(OverBudgetException.class)
                .hasMessage("the candidate's text is longer than 3 characters");
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatThrownBy(() -> text().maxCharacters(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxCharacters must be at least 1 but was 0");
    }

    /** Applied to the primary's lines, the differences give the candidate's. */
    @Test
    void theDifferencesTellAllThatDiffers() {
        Random random = new Random(7);
        Comparators.Text comparator = text().maxDifferences(1_000);

        List<String> wrong = IntStream.range(0, 20_000)
                .mapToObj(i -> List.of(randomText(random), randomText(random)))
                .filter(pair -> !applied(pair.get(0), comparator.compare(pair.get(0), pair.get(1)))
                        .equals(linesOf(pair.get(1))))
                .map(List::toString)
                .toList();

        assertThat(wrong).isEmpty();
    }

    /** Lines that are missing or changed are told by the primary's number, lines that came by the candidate's. */
    private static List<String> applied(String primary, List<Difference> differences) {
        List<String> result = new ArrayList<>();
        List<String> lines = linesOf(primary);
        for (int i = 0; i <= lines.size(); i++) {
            addUnexpected(result, differences);
            if (i < lines.size()) {
                addOwn(lines.get(i), "/line/" + (i + 1), result, differences);
            }
        }
        addUnexpected(result, differences);
        return result;
    }

    private static void addOwn(String line, String place, List<String> result, List<Difference> differences) {
        Difference own = differences.stream()
                .filter(difference -> difference.kind() != Difference.Kind.UNEXPECTED)
                .filter(difference -> difference.path().equals(place))
                .findFirst()
                .orElse(null);
        if (own == null) {
            result.add(line);
        } else if (own.kind() == Difference.Kind.CHANGED) {
            result.add((String) own.candidate());
        }
    }

    private static void addUnexpected(List<String> result, List<Difference> differences) {
        boolean isOn = true;
        while (isOn) {
            String place = "/line/" + (result.size() + 1);
            isOn = differences.stream()
                    .filter(difference -> difference.kind() == Difference.Kind.UNEXPECTED)
                    .filter(difference -> difference.path().equals(place))
                    .findFirst()
                    .map(difference -> result.add((String) difference.candidate()))
                    .orElse(false);
        }
    }

    private static List<String> linesOf(String text) {
        return List.of(text.split("\n", -1));
    }

    private static String randomText(Random random) {
        return random.ints(random.nextInt(12), 'a', 'd')
                .mapToObj(Character::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    }
}
