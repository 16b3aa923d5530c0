package dev.scientist.spring.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Proves that the YAML of README.md does to its code what the page says. */
class ReadmePropertiesTest {

    private static final Map<String, Experiment<?>> DECLARED = new ConcurrentHashMap<>();

    /** Keeps the declared experiments. */
    static final class Declared implements ExperimentListener {
        @Override
        public void declared(Experiment<?> experiment) {
            DECLARED.put(experiment.name(), experiment);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Watched {
        @Bean
        Declared declared() {
            return new Declared();
        }
    }

    @Test
    void theKeyDecidesWhatIsSampled() {
        try (ConfigurableApplicationContext application = start()) {
            PricingService pricing = application.getBean(PricingService.class);

            for (int i = 0; i < 300; i++) { // by chance, some would be sampled and some not
                pricing.quote(new QuoteRequest("c-1", new BigDecimal("10.00")));
            }

            Experiment<?> experiment = DECLARED.get("PricingService.quote");
            assertThat(experiment.tally().count("candidate", Verdict.SKIPPED, Reason.NOT_SAMPLED))
                    .isIn(0L, 300L);
            assertThat(experiment.settings().sampleRate()).isEqualTo(0.1);
            assertThat(experiment.settings().candidateTimeout()).isEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void theEndpointIsExposedBesideHealth() {
        try (ConfigurableApplicationContext application = start()) {
            String exposed = application.getEnvironment().getProperty("management.endpoints.web.exposure.include");

            assertThat(exposed).isEqualTo("health,experiments");
            assertThat(application.containsBean("scientistExperimentsEndpoint")).isTrue();
        }
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(QuickStartApplication.class, Watched.class)
                .web(WebApplicationType.SERVLET)
                .properties("server.port=0", "scientist.logging=false")
                .initializers(context -> load(context.getEnvironment()))
                .run();
    }

    private static void load(ConfigurableEnvironment environment) {
        Path inRoot = Path.of("README.md");
        Path page = Files.exists(Path.of("docs")) ? inRoot : Path.of("..").resolve(inRoot);
        try {
            String text = Files.readString(page).replace("\r\n", "\n");
            String yaml = text.split("```yaml\n", 2)[1].split("```", 2)[0];
            new YamlPropertySourceLoader()
                    .load("readme", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                    .forEach(environment.getPropertySources()::addFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
