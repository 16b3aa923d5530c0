package dev.scientist.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/** Gives an application a YAML file. */
final class Yaml {

    private Yaml() {}

    static ApplicationContextInitializer<ConfigurableApplicationContext> of(String text) {
        return context -> {
            try {
                new YamlPropertySourceLoader()
                        .load("yaml", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), "application.yaml"))
                        .forEach(context.getEnvironment().getPropertySources()::addLast);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
