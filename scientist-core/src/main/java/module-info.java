/** The engine of Scientist and its optional integrations, one package for each library. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"
}) // the optional libraries are not all modules yet
module dev.scientist.core {
    requires transitive org.jspecify;
    requires org.slf4j;

    // This module is part of the JDK. An application that guards data sources has it.
    requires static transitive java.sql;

    // Optional: present where the application has them. Not transitive, or every application would need all of them.
    requires static context.propagation;
    requires static io.github.resilience4j.bulkhead;
    requires static io.github.resilience4j.circuitbreaker;
    requires static io.github.resilience4j.ratelimiter;
    requires static io.opentelemetry.api;
    requires static io.opentelemetry.context;
    requires static HdrHistogram;
    requires static micrometer.core;
    requires static org.junit.jupiter.api;
    requires static org.reactivestreams;
    requires static reactor.core;

    exports dev.scientist;
    exports dev.scientist.context;
    exports dev.scientist.decision;
    exports dev.scientist.jdbc;
    exports dev.scientist.metrics;
    exports dev.scientist.opentelemetry;
    exports dev.scientist.reactor;
    exports dev.scientist.resilience;
    exports dev.scientist.testing;

    uses dev.scientist.ContextCarrier;
    uses dev.scientist.LatencyComparison;

    provides dev.scientist.ContextCarrier with
            dev.scientist.context.MicrometerContextCarrier,
            dev.scientist.opentelemetry.OpenTelemetryContextCarrier;
    provides dev.scientist.LatencyComparison with
            dev.scientist.decision.PrimaryLatency;
}
