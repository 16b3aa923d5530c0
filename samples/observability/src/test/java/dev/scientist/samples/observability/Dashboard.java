package dev.scientist.samples.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The Grafana dashboard of this folder.
 *
 * @param json the whole file
 */
record Dashboard(JsonNode json) {

    static final Path FILE = Path.of("grafana", "scientist.json");

    /**
     * A panel, or the heading of a row of panels.
     *
     * @param json the JSON of the panel
     */
    record Panel(JsonNode json) {

        int id() {
            return json.path("id").asInt();
        }

        String title() {
            return json.path("title").asText();
        }

        String description() {
            return json.path("description").asText();
        }

        boolean isRow() {
            return json.path("type").asText().equals("row");
        }

        /** Whether the panel has a text for the case that it is empty, so that it may be. */
        boolean mayBeEmpty() {
            return !noValue().isEmpty();
        }

        /** The text that Grafana shows if the panel has no data. */
        String noValue() {
            return defaults().path("noValue").asText();
        }

        String unit() {
            return defaults().path("unit").asText();
        }

        List<Target> targets() {
            return elements(json.path("targets"))
                    .map(target -> new Target(id(), title(), target))
                    .toList();
        }

        /** Whether two panels overlap. */
        boolean overlaps(Panel other) {
            return at("x") < other.at("x") + other.at("w")
                    && other.at("x") < at("x") + at("w")
                    && at("y") < other.at("y") + other.at("h")
                    && other.at("y") < at("y") + at("h");
        }

        /**
         * A coordinate, {@code x} or {@code y}, or a size, {@code w} or {@code h}, in Grafana's grid, which is 24 wide.
         */
        int at(String name) {
            return json.path("gridPos").path(name).asInt(Integer.MIN_VALUE);
        }

        private JsonNode defaults() {
            return json.path("fieldConfig").path("defaults");
        }

        @Override
        public String toString() {
            return id() + " " + title();
        }
    }

    /**
     * One query of a panel.
     *
     * @param panel the panel's id
     * @param title the panel's title
     * @param json the JSON of the query
     */
    record Target(int panel, String title, JsonNode json) {

        String expression() {
            return json.path("expr").asText();
        }

        String legend() {
            return json.path("legendFormat").asText();
        }

        /** The expression as Grafana sends it to Prometheus. */
        String sentBy(String experiments, String range) {
            return expression()
                    .replace("$experiment", experiments)
                    .replace("$candidate", ".+")
                    .replace("$__rate_interval", range)
                    .replace("$__range", range);
        }

        /** A name that is unique among the queries of all panels. */
        String name() {
            return "panel_" + panel + "_" + json.path("refId").asText();
        }

        @Override
        public String toString() {
            return title + ": " + expression();
        }
    }

    /** Reads the file. */
    static Dashboard read() {
        try {
            return new Dashboard(new ObjectMapper().readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows and panels, in the order of the file. */
    List<Panel> all() {
        return elements(json.path("panels")).map(Panel::new).toList();
    }

    /** The panels without the headings of rows. */
    List<Panel> panels() {
        return all().stream().filter(panel -> !panel.isRow()).toList();
    }

    List<Target> targets() {
        return panels().stream().flatMap(panel -> panel.targets().stream()).toList();
    }

    List<JsonNode> variables() {
        return elements(json.path("templating").path("list")).toList();
    }

    /** All data sources that are named anywhere in the dashboard. */
    List<JsonNode> dataSources() {
        return json.findValues("datasource");
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
