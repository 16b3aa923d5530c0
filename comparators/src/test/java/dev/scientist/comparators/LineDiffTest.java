package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    private static final Pattern HEADER = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@ p");

    @Test
    void theHunksMakeOneTextOfTheOther() {
        Random random = new Random(11);
        List<String> wrong = new ArrayList<>();

        for (int round = 0; round < 5_000; round++) {
            String primary = text(random);
            String candidate = random.nextInt(3) == 0 ? text(random) : changed(random, primary);
            List<String> hunks = LineDiff.hunks("p", primary, candidate);
            if (!applied(primary, hunks).equals(candidate)) {
                wrong.add(primary + " and " + candidate + ": " + hunks);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void theFewestLinesGoAndCome() {
        List<String> hunks = LineDiff.hunks("p", "a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc");

        assertThat(hunks.stream().filter(line -> line.startsWith("-") || line.startsWith("+")))
                .hasSize(5);
    }

    @Test
    void changesFarApartAreInTwoHunks() {
        List<String> lines = IntStream.range(0, 30).mapToObj(i -> "line " + i).collect(Collectors.toList());
        String primary = String.join("\n", lines);
        lines.set(5, "x");
        lines.set(20, "y");

        List<String> hunks = LineDiff.hunks("p", primary, String.join("\n", lines));

        assertThat(hunks).hasSize(2 * (1 + 3 + 2 + 3)).startsWith("@@ -3,7 +3,7 @@ p", " line 2");
        assertThat(hunks.get(9)).isEqualTo("@@ -18,7 +18,7 @@ p");
    }

    @Test
    void textsWithNothingInCommonEndInOneBlock() {
        String primary = IntStream.range(0, 20_000).mapToObj(i -> "p" + i).collect(Collectors.joining("\n"));
        String candidate = IntStream.range(0, 20_000).mapToObj(i -> "c" + i).collect(Collectors.joining("\n"));

        List<String> hunks = LineDiff.hunks("p", primary, candidate);

        assertThat(hunks).hasSize(40_001).startsWith("@@ -1,20000 +1,20000 @@ p", "-p0");
    }

    /** What {@code patch} would do. */
    private static String applied(String primary, List<String> hunks) {
        List<String> source = Arrays.asList(primary.split("\n", -1));
        List<String> result = new ArrayList<>();
        int at = 0;
        for (String line : hunks) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                boolean isNothing = header.group(2).equals("0");
                int start = Integer.parseInt(header.group(1)) - (isNothing ? 0 : 1);
                result.addAll(source.subList(at, start));
                at = start;
            } else if (line.startsWith("+")) {
                result.add(line.substring(1));
            } else if (line.startsWith("-")) {
                at++;
            } else {
                result.add(source.get(at++));
            }
        }
        result.addAll(source.subList(at, source.size()));
        return String.join("\n", result);
    }

    private static String text(Random random) {
        return IntStream.range(0, 1 + random.nextInt(30))
                .mapToObj(i -> "l" + random.nextInt(6))
                .collect(Collectors.joining("\n"));
    }

    private static String changed(Random random, String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(lines.size());
            lines.set(at, random.nextInt(3) == 0 ? lines.get(at) + "\nnew" : "x" + random.nextInt(3));
        }
        return String.join("\n", lines);
    }
}
