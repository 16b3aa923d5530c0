package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.jdbc.ShadowDataSource;
import io.r2dbc.spi.ConnectionFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Says when everything has started of which experiments nothing guards the writes, because the guard was taken away or came
 * too late.
 */
final class GuardReport implements ApplicationListener<ContextRefreshedEvent> {

    private static final Logger log = LoggerFactory.getLogger(GuardReport.class);
    private static final boolean IS_REACTIVE =
            ClassUtils.isPresent("io.r2dbc.spi.ConnectionFactory", GuardReport.class.getClassLoader());

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private final DeclaredExperiments declared;
    private final ObjectProvider<GuardProxies> proxies;
    private final ObjectProvider<ExperimentsAhead> ahead;

    GuardReport(
            ConfigurableListableBeanFactory beans,
            Environment environment,
            DeclaredExperiments declared,
            ObjectProvider<GuardProxies> proxies,
            ObjectProvider<ExperimentsAhead> ahead) {
        this.beans = beans;
        this.environment = environment;
        this.declared = declared;
        this.proxies = proxies;
        this.ahead = ahead;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext().getAutowireCapableBeanFactory() != beans) { // a child's
            return;
        }
        List<String> sources = unguarded().toList();
        String why = why();
        for (Experiment<?> experiment : declared.all()) {
            sources.forEach(source -> log.warn(
                    "Nothing guards what candidates of \"{}\" write through \"{}\": {}",
                    experiment.name(),
                    source,
                    why));
        }
        Binder.get(environment)
                .bind("scientist.candidate-pools", Bindable.listOf(String.class))
                .orElse(List.of())
                .stream()
                .filter(name -> !List.of(beans.getBeanNamesForType(DataSource.class, true, false))
                        .contains(name))
                .forEach(name -> log.warn("scientist.candidate-pools names \"{}\", which is no data source", name));
    }

    private String why() {
        if (!environment.getProperty("scientist.guard-data-sources", Boolean.class, true)) {
            return "scientist.guard-data-sources is false";
        }
        if (NativeDetector.inNativeImage()) {
            return "a native image cannot make its guard";
        }
        ExperimentsAhead known = ahead.getIfAvailable();
        return known != null && !known.areThere()
                ? "no bean's class speaks of an experiment; set scientist.guard-data-sources: true"
                : "it was made before its guard, for a bean that is made early";
    }

    /** The names of the beans that exist, and would have been guarded. */
    private Stream<String> unguarded() {
        GuardProxies known = proxies.getIfAvailable(GuardProxies::new);
        Stream<String> sources = Arrays.stream(beans.getBeanNamesForType(DataSource.class, true, false));
        Stream<String> factories = IS_REACTIVE ? Reactive.namesIn(beans) : Stream.of();
        return Stream.concat(sources, factories)
                .filter(name -> beans.containsSingleton(name) && !known.isGuarded(name))
                .filter(name -> !(beans.getSingleton(name) instanceof ShadowDataSource)
                        && !(beans.getSingleton(name) instanceof ScopedObject));
    }

    /** What needs R2DBC. */
    private static final class Reactive {

        static Stream<String> namesIn(ConfigurableListableBeanFactory beans) {
            return Arrays.stream(beans.getBeanNamesForType(ConnectionFactory.class, true, false));
        }
    }
}
