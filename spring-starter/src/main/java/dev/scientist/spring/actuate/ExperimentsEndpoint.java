package dev.scientist.spring.actuate;

import dev.scientist.Experiment;
import dev.scientist.ExperimentRegistry;
import dev.scientist.MismatchReservoir;
import dev.scientist.Scientist;
import dev.scientist.decision.ExperimentDecisions;
import dev.scientist.spring.ExperimentDetails;
import dev.scientist.spring.Spelling;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows the experiments of the application and changes their settings while it runs. It shows counts, names and
 * paths, and values only if {@code scientist.show-values} is set. Reading changes nothing; every change is
 * logged with who made it and why.
 *
 * <p>It is an endpoint of the web and not of JMX, because whoever makes a mistake must be able to read what it was:
 * Spring Boot's own way to refuse a request hides the reason from the client, unless the application shows all its
 * errors. For the same reason parameters are texts, which are parsed here. Each optional parameter has two annotations,
 * because Spring Boot 3 only knows Spring's own, and Spring Boot 4 prefers JSpecify's.
 */
@WebEndpoint(id = ExperimentsEndpoint.ID)
final class ExperimentsEndpoint {

    static final String ID = "experiments";

    private static final Logger log = LoggerFactory.getLogger(ExperimentsEndpoint.class);

    private final Scientist scientist;
    private final ExperimentRegistry declared;
    private final ExperimentDetails details;
    private final ProposedRules proposed;
    private final MismatchReservoir mismatches;
    private final ExperimentDecisions decisions;
    private final InstantSource instants;

    ExperimentsEndpoint(
            Scientist scientist,
            ExperimentRegistry declared,
            ExperimentDetails details,
            ProposedRules proposed,
            MismatchReservoir mismatches,
            ExperimentDecisions decisions,
            InstantSource instants) {
        this.scientist = scientist;
        this.declared = declared;
        this.details = details;
        this.proposed = proposed;
        this.mismatches = mismatches;
        this.decisions = decisions;
        this.instants = instants;
    }

    /** All experiments, with their counts. */
    @ReadOperation
    Map<String, Object> list() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("enabled", scientist.isEnabled());
        report.put("experiments", declared.all().stream().map(this::summary).toList());
        Map<String, Long> leftOut = details.cacheWrites();
        if (!leftOut.isEmpty()) {
            report.put("cacheWritesLeftOut", leftOut);
        }
        return report;
    }

    private Map<String, Object> summary(Experiment<?> experiment) {
        Map<String, Object> report = ExperimentReports.summary(experiment);
        ExperimentDecisions.weakest(decisions.of(experiment)).ifPresent(kind -> report.put("decision", kind.tag()));
        return report;
    }

    /** One experiment: its settings and all its counts. */
    @ReadOperation
    WebEndpointResponse<Object> one(@Selector String name) {
        return show(name, this::full);
    }

    private Map<String, Object> full(Experiment<?> experiment) {
        Map<String, Object> report = ExperimentReports.full(experiment, scientist.isEnabled());
        details.candidate(experiment.name())
                .ifPresent(candidate ->
                        report.put("candidate", Map.of("bean", candidate.bean(), "method", candidate.method())));
        details.rules(experiment.name())
                .ifPresent(set -> report.put("rules", RuleReports.rules(set, instants.instant())));
        return report;
    }

    private Map<String, Object> settings(Experiment<?> experiment) {
        return ExperimentReports.settings(experiment.settings(), scientist.isEnabled());
    }

    /**
     * One part of an experiment: {@code settings}, {@code differences} in groups, {@code proposals} of
     * rules, or the {@code decision}.
     */
    @ReadOperation
    WebEndpointResponse<Object> part(@Selector String name, @Selector String part) {
        return switch (part) {
            case "settings" -> show(name, this::settings);
            case "differences" ->
                show(name, experiment -> ExperimentReports.differences(name, mismatches.groups(name), details));
            case "proposals" -> show(name, experiment -> RuleReports.proposals(name, proposed.proposals(name)));
            case "decision" -> show(name, experiment -> DecisionReports.decisions(name, decisions.of(experiment)));
            default ->
                error(
                        WebEndpointResponse.STATUS_NOT_FOUND,
                        "an experiment has \"settings\", \"differences\", \"proposals\" and \"decision\", but no \""
                                + part + "\"");
        };
    }

    /** Changes settings of one experiment: either all that are given, or none. */
    @WriteOperation
    WebEndpointResponse<Object> change(
            @Selector String name,
            @org.springframework.lang.Nullable @Nullable String enabled,
            @org.springframework.lang.Nullable @Nullable String sampleRate,
            @org.springframework.lang.Nullable @Nullable String maxPerSecond,
            @org.springframework.lang.Nullable @Nullable String maxConcurrent,
            @org.springframework.lang.Nullable @Nullable String candidateTimeout,
            @org.springframework.lang.Nullable @Nullable String comparisonTimeout,
            @org.springframework.lang.Nullable @Nullable String by,
            @org.springframework.lang.Nullable @Nullable String reason,
            SecurityContext security) {
        SettingChanges changes = new SettingChanges()
                .with(Setting.ENABLED, enabled)
                .with(Setting.SAMPLE_RATE, sampleRate)
                .with(Setting.MAX_PER_SECOND, maxPerSecond)
                .with(Setting.MAX_CONCURRENT, maxConcurrent)
                .with(Setting.CANDIDATE_TIMEOUT, candidateTimeout)
                .with(Setting.COMPARISON_TIMEOUT, comparisonTimeout);
        Experiment<?> experiment = declared.find(name).orElse(null);
        if (experiment == null) {
            return unknown(name);
        }
        return unlessWrong(() -> {
            changes.requireValid(experiment.settings());
            Accountable accountable = Accountable.of(security.getPrincipal(), by, reason);
            String changed = changes.applyTo(experiment);
            String stopped = scientist.isEnabled() ? "" : " (while all experiments are disabled)";
            log.info("experiment {}: {}{}; {}", experiment.name(), changed, stopped, accountable);
            return settings(experiment);
        });
    }

    /**
     * The kill switch: with false no experiment starts a candidate; with true those may that are enabled themselves.
     */
    @WriteOperation
    WebEndpointResponse<Object> changeAll(
            @org.springframework.lang.Nullable @Nullable String enabled,
            @org.springframework.lang.Nullable @Nullable String by,
            @org.springframework.lang.Nullable @Nullable String reason,
            SecurityContext security) {
        return unlessWrong(() -> {
            boolean value = Setting.flag("enabled", enabled);
            Accountable accountable = Accountable.of(security.getPrincipal(), by, reason);
            boolean before = scientist.isEnabled();
            if (value) {
                scientist.enable();
            } else {
                scientist.disable();
            }
            log.info("all experiments: enabled {} -> {}; {}", before, scientist.isEnabled(), accountable);
            return Map.of("enabled", scientist.isEnabled());
        });
    }

    private WebEndpointResponse<Object> show(String name, Function<Experiment<?>, Map<String, Object>> report) {
        return declared.find(name)
                .map(experiment -> new WebEndpointResponse<Object>(report.apply(experiment)))
                .orElseGet(() -> unknown(name));
    }

    private static WebEndpointResponse<Object> unlessWrong(Supplier<Map<String, Object>> change) {
        try {
            return new WebEndpointResponse<>(change.get());
        } catch (IllegalArgumentException wrong) {
            return error(WebEndpointResponse.STATUS_BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private WebEndpointResponse<Object> unknown(String name) {
        List<String> known = declared.all().stream().map(Experiment::name).toList();
        return error(
                WebEndpointResponse.STATUS_NOT_FOUND,
                "there is no experiment \"" + name + "\""
                        + Spelling.nearest(name, known)
                                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                .orElse(""));
    }

    private static WebEndpointResponse<Object> error(int status, String message) {
        return new WebEndpointResponse<>(Map.of("error", message), status);
    }
}
