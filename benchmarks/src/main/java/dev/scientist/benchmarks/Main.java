package dev.scientist.benchmarks;

import dev.scientist.benchmarks.caller.CallerSuite;
import dev.scientist.benchmarks.comparators.ComparatorsSuite;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Json;
import dev.scientist.benchmarks.harness.Results;
import dev.scientist.benchmarks.harness.Suite;
import dev.scientist.benchmarks.harness.Table;
import dev.scientist.benchmarks.spring.SpringSuite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs a benchmark by name: {@code NAME [--quick]}. */
public final class Main {

    private static final int WRONG_USE = 2;
    private static final int INCOMPLETE = 1;
    private static final Map<String, Supplier<Suite>> SUITES = new TreeMap<>(Map.of(
            "caller", CallerSuite::create, "comparators", ComparatorsSuite::create, "spring", SpringSuite::create));

    private Main() {}

    /** Exits with 0 if everything was measured, 1 if something could not be, 2 if it was asked for wrongly. */
    public static void main(String[] args) throws Exception {
        System.exit(run(List.of(args), System.err));
    }

    static int run(List<String> args, PrintStream errors) throws IOException, InterruptedException {
        List<String> names =
                args.stream().filter(argument -> !argument.startsWith("-")).toList();
        List<String> options =
                args.stream().filter(argument -> argument.startsWith("-")).toList();
        Supplier<Suite> suite = names.size() == 1 ? SUITES.get(names.get(0)) : null;
        if (suite == null || !List.of("--quick").containsAll(options)) {
            errors.println(complaint(names, options) + "; usage: benchmarks/run NAME [--quick], NAME is one of: "
                    + String.join(", ", SUITES.keySet()));
            return WRONG_USE;
        }
        Results results = suite.get().run(new Effort(!options.isEmpty()));
        Path file = Path.of("benchmarks", "target", results.benchmark() + ".json");
        Json.write(results, file);
        System.out.println(Table.of(results));
        System.out.println("written to " + file);
        return results.areComplete() ? 0 : INCOMPLETE;
    }

    private static String complaint(List<String> names, List<String> options) {
        for (String option : options) {
            if (!option.equals("--quick")) {
                return "unknown option " + option;
            }
        }
        return switch (names.size()) {
            case 0 -> "no benchmark was named";
            case 1 -> "unknown benchmark " + names.get(0);
            default -> "one benchmark at a time, not " + String.join(" and ", names);
        };
    }
}
