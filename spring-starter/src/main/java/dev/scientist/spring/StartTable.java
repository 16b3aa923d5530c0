package dev.scientist.spring;

import dev.scientist.Effects;
import dev.scientist.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/** Tells once, when everything has started, what each experiment shares with its callers and what protects them. */
final class StartTable implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private static final int WIDEST = 30; // of a column; chosen: four of them fit 120 columns
    private static final String GAP = "  ";
    private static final String NOTHING = "nothing";
    private static final String NOT_SEEN =
            "\n  not seen: what only an equals of the application's own reads, in a field whose"
                    + " type does not tell; what a\n  lambda captures; mail, messages, HTTP, files and threads that a candidate starts"
                    + " by itself";

    /** One experiment; what its method declares and what protects it are null where nobody can tell. */
    private record Row(
            String name,
            @Nullable DeclaredSharing declared,
            @Nullable Protection protection) {}

    private record Column(String title, Function<Row, String> text) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("experiment", Row::name),
            new Column("answer shares", StartTable::answer),
            new Column("arguments share", StartTable::arguments),
            new Column("candidate's writes", StartTable::writes));

    private final ApplicationContext context;
    private final DeclaredExperiments experiments;
    private final SharingCheck sharing;
    private final Protection.OfAll protections;

    StartTable(
            ApplicationContext context,
            DeclaredExperiments experiments,
            SharingCheck sharing,
            Protection.OfAll protections) {
        this.context = context;
        this.experiments = experiments;
        this.sharing = sharing;
        this.protections = protections;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext() == context && !experiments.all().isEmpty() && log.isInfoEnabled()) {
            log.info("what experiments share with their callers, and what protects it:\n{}", text());
        }
    }

    /** The table, without a line break at its end. */
    String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(COLUMNS.stream().map(Column::title).toList());
        for (Experiment<?> experiment : experiments.all()) {
            String name = experiment.name();
            Row row = new Row(name, sharing.of(name), protections.of(name));
            lines.add(COLUMNS.stream()
                    .map(column -> shortened(column.text.apply(row)))
                    .toList());
        }
        int[] widths = new int[COLUMNS.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining("\n")) + NOT_SEEN;
    }

    private static String answer(Row row) {
        if (row.declared == null) {
            return "looked at by value";
        }
        DeclaredSharing.Part answer = row.declared.answer();
        if (!answer.sharing().isAnything()) {
            return NOTHING;
        }
        boolean isSafe = row.protection != null && row.protection.hasSnapshot();
        return (isSafe ? "by snapshot: " : "not compared: ") + answer.typeName();
    }

    private static String arguments(Row row) {
        if (row.declared == null) {
            return "looked at by value";
        }
        String text = row.declared.arguments().stream()
                .filter(DeclaredSharing.Part::isWithheld)
                .map(argument -> (row.protection != null && row.protection.copies(argument) ? "copied: " : "not run: ")
                        + argument.typeName())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? NOTHING : text;
    }

    private static String writes(Row row) {
        if (row.protection == null) {
            return "not known";
        }
        return row.protection.effects() == Effects.ALLOWED ? "allowed" : "refused where guarded";
    }

    private static String shortened(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 3) + "...";
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
}
