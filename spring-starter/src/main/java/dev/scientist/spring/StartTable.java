package dev.scientist.spring;

import dev.scientist.Effects;
import dev.scientist.Experiment;
import dev.scientist.ExperimentRegistry;
import dev.scientist.spring.GuardReport.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.util.StringUtils;

/**
 * Logs once, when everything has started, what each experiment shares with its callers, what protects it, and what is
 * not detected. It warns of experiments whose candidates could write although they may not. It never stops the start.
 */
final class StartTable implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private static final int WIDEST = 120; // chosen; the width that a terminal and a log viewer show in one line
    // the number of names in one line; chosen: more than most applications have
    private static final int MOST_NAMES = 10;
    private static final String GAP = "  ";
    private static final String NOTHING = "nothing";
    private static final String BY_VALUE = "looked at by value";
    private static final String NOT_SEEN =
            "not seen: mail, messages, HTTP, files and threads of a candidate's own; what a"
                    + " lambda or an experiment in code captures; what only an equals of your own reads, in a field whose type does"
                    + " not tell";

    /** One experiment; the declaration and the protection are null if they are not known. */
    private record Row(
            String name,
            @Nullable DeclaredSharing declared,
            @Nullable Protection protection,
            List<Source> sources) {}

    /** One column. The widest widths of all columns, with their gaps, fit into one line. */
    private record Column(String title, int widest, Function<Row, String> text) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("experiment", 26, Row::name),
            new Column("answer shares", 32, StartTable::answer),
            new Column("arguments share", 28, StartTable::arguments),
            new Column("candidate's writes", 26, StartTable::writes));

    private final ApplicationContext context;
    private final ExperimentRegistry experiments;
    private final AbsentCandidates absent;
    private final SharingCheck sharing;
    private final Protection.OfAll protections;
    private final GuardReport guards;

    StartTable(
            ApplicationContext context,
            ExperimentRegistry experiments,
            AbsentCandidates absent,
            SharingCheck sharing,
            Protection.OfAll protections,
            GuardReport guards) {
        this.context = context;
        this.experiments = experiments;
        this.absent = absent;
        this.sharing = sharing;
        this.protections = protections;
        this.guards = guards;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext() != context) { // from a child context
            return;
        }
        try {
            tell();
            // for example, the type of a bean needs a library that is absent
        } catch (RuntimeException | LinkageError untold) {
            log.warn("what experiments share with their callers cannot be told: {}", untold.toString());
        }
    }

    private void tell() {
        List<Source> sources = guards.sources();
        guards.warnOfPools(sources);
        List<Row> rows = experiments.all().stream()
                .map(Experiment::name)
                .map(name -> new Row(name, sharing.of(name), protections.of(name), sources))
                .toList();
        rows.stream().filter(row -> !mayWrite(row)).forEach(row -> GuardReport.warn(row.name, sources));
        if ((!rows.isEmpty() || !absent.names().isEmpty()) && log.isInfoEnabled()) {
            log.info(
                    "what experiments share with their callers, and what protects it:\n{}",
                    text(rows, List.copyOf(absent.names()), sources, guards.caches()));
        }
    }

    /** The table and its notes, without a line break at the end. */
    private static String text(List<Row> rows, List<String> absent, List<Source> sources, List<Source> caches) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(COLUMNS.stream().map(Column::title).toList());
        rows.forEach(row -> cells.add(COLUMNS.stream()
                .map(column -> shortened(column.text.apply(row), column.widest))
                .toList()));
        int[] widths = new int[COLUMNS.size()];
        cells.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        Stream<String> table = cells.stream().map(line -> padded(line, widths));
        List<String> alone =
                absent.isEmpty() ? List.of() : List.of("no candidate here, as it is optional: " + named(absent));
        Stream<String> notes = Stream.of(
                        alone, notes("data sources", sources), notes("caches", caches), List.of(NOT_SEEN))
                .flatMap(List::stream)
                .map(StartTable::wrapped);
        return Stream.concat(table, notes).collect(Collectors.joining("\n"));
    }

    private static String answer(Row row) {
        boolean hasSnapshot = row.protection != null && row.protection.hasSnapshot();
        if (row.declared == null) {
            return hasSnapshot ? "by snapshot" : BY_VALUE;
        }
        DeclaredSharing.Part answer = row.declared.answer();
        if (!answer.sharing().isAnything()) {
            return hasSnapshot ? NOTHING + ", by snapshot" : NOTHING;
        }
        return (hasSnapshot ? "by snapshot: " : "not compared: ") + answer.typeName();
    }

    private static String arguments(Row row) {
        Protection protection = row.protection;
        if (row.declared == null) {
            return protection == null || protection.copied().isEmpty() ? BY_VALUE : "copied: " + copied(protection);
        }
        String text = row.declared.arguments().stream()
                .map(argument -> argument(argument, protection))
                .filter(argument -> !argument.isEmpty())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? NOTHING : text;
    }

    private static String argument(DeclaredSharing.Part argument, @Nullable Protection protection) {
        if (protection != null && protection.copies(argument)) {
            return "copied: " + argument.typeName();
        }
        return argument.isWithheld() ? "not run: " + argument.typeName() : "";
    }

    private static String copied(Protection protection) {
        return protection.copied().stream()
                .map(type -> type == Object[].class ? "all" : type.getSimpleName())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String writes(Row row) {
        if (mayWrite(row)) {
            return "allowed (effects: allowed)";
        }
        String unguarded = row.sources.stream()
                .filter(source -> !source.isGuarded())
                .map(Source::name)
                .collect(Collectors.joining(", "));
        if (unguarded.isEmpty()) {
            return row.sources.isEmpty() ? "no data source" : "refused";
        }
        return row.sources.stream().anyMatch(Source::isGuarded) ? "not guarded: " + unguarded : "not guarded";
    }

    private static boolean mayWrite(Row row) {
        return row.protection != null && row.protection.effects() == Effects.ALLOWED;
    }

    /** One line for the guarded sources, and one for the others. */
    private static List<String> notes(String kind, List<Source> all) {
        if (all.isEmpty()) {
            return List.of(kind + ": none in the application");
        }
        String guarded = named(all.stream()
                .filter(Source::isGuarded)
                .map(source -> source.pool() == null ? source.name() : source.name() + " (" + source.pool() + ")")
                .toList());
        String others = named(all.stream()
                .filter(source -> !source.isGuarded())
                .map(source -> source.name() + " (" + source.why() + ")")
                .toList());
        return Stream.of(
                        guarded.isEmpty() ? "" : kind + " guarded: " + guarded,
                        others.isEmpty() ? "" : kind + " not guarded: " + others)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Names in one line: the first {@value #MOST_NAMES}, and the number of the others. */
    static String named(List<String> names) {
        String text = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? text : text + ", and " + (names.size() - MOST_NAMES) + " more";
    }

    private static String shortened(String text, int widest) {
        return text.length() <= widest ? text : text.substring(0, widest - 3) + "...";
    }

    private static String padded(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(GAP)
                    .append(line.get(i))
                    .append(" ".repeat(widths[i] - line.get(i).length()));
        }
        return text.toString().stripTrailing();
    }

    /** A text in lines of at most the width, of which all but the first are indented further. */
    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        String line = " ";
        for (String word : StringUtils.delimitedListToStringArray(text, " ")) {
            if (line.length() + 1 + word.length() > WIDEST && !line.isBlank()) {
                lines.append(line).append('\n');
                line = GAP + " ";
            }
            line += " " + word;
        }
        return lines.append(line).toString();
    }
}
