package dev.scientist.benchmarks;

import dev.scientist.benchmarks.caller.CallerSuite;
import dev.scientist.benchmarks.comparators.ComparatorsSuite;
import dev.scientist.benchmarks.decision.DecisionSuite;
import dev.scientist.benchmarks.harness.Effort;
import dev.scientist.benchmarks.harness.Results;
import dev.scientist.benchmarks.harness.Suite;
import dev.scientist.benchmarks.harness.Table;
import dev.scientist.benchmarks.spring.SpringSuite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a benchmark by name: {@code NAME [--quick] [--seed N]}. */
public final class Main {

    private static final int WRONG_USE = 2;
    private static final int INCOMPLETE = 1;
    private static final String USAGE = "; usage: ./bench NAME [--quick] [--seed N], NAME is one of: ";
    private static final Map<String, Suite> SUITES = Stream.of(
                    new CallerSuite(), new ComparatorsSuite(), new DecisionSuite(), new SpringSuite())
            .collect(Collectors.toMap(Suite::name, Function.identity(), (one, other) -> one, TreeMap::new));

    private Main() {}

    /** Exits with 0 if everything was measured, 1 if something could not be, 2 if the arguments are wrong. */
    public static void main(String[] args) throws Exception {
        System.exit(run(List.of(args), System.err));
    }

    static int run(List<String> args, PrintStream errors) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        List<String> options = new ArrayList<>();
        long seed = Effort.DEFAULT_SEED;
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (argument.equals("--seed")) {
                String value = rest.hasNext() ? rest.next() : "";
                if (!value.matches("-?[0-9]{1,18}")) {
                    errors.println("--seed must be followed by a whole number but was \"" + value + "\"" + USAGE
                            + String.join(", ", SUITES.keySet()));
                    return WRONG_USE;
                }
                seed = Long.parseLong(value);
            } else {
                (argument.startsWith("-") ? options : names).add(argument);
            }
        }
        Suite suite = names.size() == 1 ? SUITES.get(names.get(0)) : null;
        if (suite == null || !List.of("--quick").containsAll(options)) {
            errors.println(complaint(names, options) + USAGE + String.join(", ", SUITES.keySet()));
            return WRONG_USE;
        }
        Results results = suite.run(new Effort(!options.isEmpty(), seed));
        Path file = Path.of("verification", "benchmarks", "target", results.benchmark() + ".json");
        results.write(file);
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
