package dev.scientist.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

/** The auto-configurations that the starter brings to every application, of all its packages. */
public final class StarterConfigurations {

    private StarterConfigurations() {}

    public static AutoConfigurations all() {
        ClassLoader loader = StarterConfigurations.class.getClassLoader();
        return AutoConfigurations.of(ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
                .filter(name -> name.startsWith("dev.scientist."))
                .map(name -> ClassUtils.resolveClassName(name, loader))
                .toArray(Class<?>[]::new));
    }
}
