package dev.scientist.spring;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Gives an application these variables of the system environment instead of the real ones. */
record Variables(Map<String, Object> values) implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static Variables of(String name, String value) {
        return new Variables(Map.of(name, value));
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        context.getEnvironment().getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, values));
    }
}
