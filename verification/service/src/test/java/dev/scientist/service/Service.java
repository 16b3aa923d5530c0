package dev.scientist.service;

import dev.scientist.testing.RecordingPublisher;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The application. Each test starts its own, with its own database in memory. */
@SpringBootApplication
@EnableCaching
class Service {

    private static final String PROPERTY = "--%s=%s";

    @Bean
    RecordingPublisher recording() {
        return new RecordingPublisher();
    }

    /** Starts the application with the given properties, as {@code name=value}; they override the usual ones. */
    static ConfigurableApplicationContext start(String... properties) {
        Map<String, String> usual = Map.of(
                "spring.main.banner-mode", "off",
                "spring.main.web-application-type", "none",
                "spring.datasource.generate-unique-name", "true",
                "spring.jpa.hibernate.ddl-auto", "validate",
                "spring.jpa.properties.hibernate.generate_statistics", "true",
                "logging.level.root", "warn");
        Stream<String> arguments = Stream.concat(
                usual.entrySet().stream()
                        .filter(entry ->
                                Stream.of(properties).noneMatch(property -> property.startsWith(entry.getKey() + "=")))
                        .map(entry -> PROPERTY.formatted(entry.getKey(), entry.getValue())),
                Stream.of(properties).map(property -> "--" + property));
        return SpringApplication.run(Service.class, arguments.toArray(String[]::new));
    }
}
