package dev.scientist.benchmarks.spring;

import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import dev.scientist.benchmarks.caller.TallyWatch;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A Spring Boot application with the starter and the {@link Beans}. */
final class Application implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Application(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Application start() {
        return new Application(new SpringApplicationBuilder(Setup.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "logging.level.root",
                        "warn",
                        "scientist.defaults.max-concurrent",
                        256,
                        "scientist.experiments." + Beans.NotSampled.NAME + ".sample-rate",
                        0,
                        "scientist.experiments." + Beans.NotSampledDescribed.NAME + ".sample-rate",
                        0,
                        "scientist.experiments." + Beans.Disabled.NAME + ".enabled",
                        false,
                        "scientist.experiments." + Beans.SampledDescribed.NAME + ".sample-by-key",
                        true,
                        "scientist.experiments." + Beans.Later.NAME + ".sample-rate",
                        0))
                .run());
    }

    <S> S bean(Class<S> type) {
        return context.getBean(type);
    }

    /** All beans that are called in the same way. */
    Collection<Service> services() {
        return context.getBeansOfType(Service.class).values();
    }

    Experiment<?> experiment(String name) {
        return bean(Declared.class).find(name);
    }

    /** Demands that every experiment has counted its calls: a bean that nobody intercepts would be very fast. */
    void requireCalls(long calls) {
        for (String name : Beans.EXPERIMENTS) {
            new TallyWatch(experiment(name).tally()).settle();
            long counted = experiment(name).tally().calls("candidate");
            if (counted != calls) {
                throw new IllegalStateException(name + " counted " + counted + " calls, but " + calls + " were made");
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        IdleAdvice.class,
        Declared.class,
        Beans.Direct.class,
        Beans.Intercepted.class,
        Beans.Surrounded.class,
        Beans.Bound.class,
        Beans.Rewrite.class,
        Beans.NotSampled.class,
        Beans.NotSampledDescribed.class,
        Beans.Disabled.class,
        Beans.Sampled.class,
        Beans.SampledDescribed.class,
        Beans.Later.class
    })
    static class Setup {}

    /** The experiments of the application; no call asks it, so it costs none of them anything. */
    static final class Declared implements ExperimentListener {
        private final Map<String, Experiment<?>> byName = new ConcurrentHashMap<>();

        @Override
        public void declared(Experiment<?> experiment) {
            byName.put(experiment.name(), experiment);
        }

        Experiment<?> find(String name) {
            Experiment<?> experiment = byName.get(name);
            if (experiment == null) {
                throw new IllegalArgumentException("no experiment \"" + name + "\"; there is " + byName.keySet());
            }
            return experiment;
        }
    }
}
