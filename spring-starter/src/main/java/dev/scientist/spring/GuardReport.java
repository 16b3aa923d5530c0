package dev.scientist.spring;

import dev.scientist.jdbc.ShadowDataSource;
import io.r2dbc.spi.ConnectionFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.CacheManager;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Reports which data sources and caches are guarded, and why others are not. It is asked when everything has started;
 * it looks at the names and types of beans, also in parent contexts, and creates no bean.
 */
final class GuardReport {

    private static final Logger log = LoggerFactory.getLogger(GuardReport.class);
    private static final boolean IS_REACTIVE =
            ClassUtils.isPresent("io.r2dbc.spi.ConnectionFactory", GuardReport.class.getClassLoader());

    /**
     * A bean through which candidates could change something.
     *
     * @param name the name of the bean
     * @param pool a phrase about the share of the pool that shadows may hold; null for a cache manager
     * @param why why nothing guards it; null if it is guarded
     */
    record Source(
            String name, @Nullable String pool, @Nullable String why) {

        boolean isGuarded() {
            return why == null;
        }
    }

    private final ConfigurableListableBeanFactory beans;
    private final ConfigurableEnvironment environment;

    GuardReport(ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /**
     * Warns, in one message, of the beans through which the candidates of an experiment could
     * write although they may not.
     */
    static void warn(String experiment, List<Source> sources) {
        Map<String, String> namesByReason = byReason(sources);
        if (!namesByReason.isEmpty()) {
            String unguarded = namesByReason.entrySet().stream()
                    .map(entry -> entry.getValue() + ": " + entry.getKey())
                    .collect(Collectors.joining("; "));
            log.warn("Nothing guards what candidates of \"{}\" write through {}", experiment, unguarded);
        }
    }

    private static Map<String, String> byReason(List<Source> sources) {
        return sources.stream()
                .filter(source -> !source.isGuarded())
                .collect(Collectors.groupingBy(
                        source -> String.valueOf(source.why),
                        TreeMap::new,
                        Collectors.mapping(source -> "\"" + source.name + "\"", Collectors.joining(", "))));
    }

    /** Warns of names in {@code scientist.candidate-pools} that no data source has. */
    void warnOfPools(List<Source> sources) {
        List<String> names = sources.stream().map(Source::name).toList();
        new PoolShares(environment)
                .candidates().stream()
                        .filter(name -> !names.contains(name))
                        .forEach(name ->
                                log.warn("scientist.candidate-pools names \"{}\", which is no data source", name));
    }

    /** The data sources and connection factories of the application. */
    List<Source> sources() {
        PoolShares shares = new PoolShares(environment);
        List<Source> found = new ArrayList<>();
        for (ConfigurableListableBeanFactory factory : factories()) {
            for (String name : names(factory, DataSource.class)) {
                Class<?> type = factory.getType(name, false);
                if (type != null && ShadowDataSource.class.isAssignableFrom(type)) {
                    add(found, new Source(name, "wrapped by the application", null));
                } else {
                    add(found, new Source(name, shares.text(name), why(factory, name)));
                }
            }
            if (IS_REACTIVE) {
                Reactive.names(factory)
                        .forEach(name -> add(found, new Source(name, "no pool share", why(factory, name))));
            }
        }
        return found;
    }

    /** The cache managers of the application. */
    List<Source> caches() {
        List<Source> found = new ArrayList<>();
        for (ConfigurableListableBeanFactory factory : factories()) {
            GuardedCacheManagers guards = made(factory, "scientistGuardedCacheManagers", GuardedCacheManagers.class);
            for (String name : names(factory, CacheManager.class)) {
                boolean isGuarded = guards != null && (guards.isGuarded(name) || !factory.containsSingleton(name));
                String why = guards != null
                        ? "it was made early, or there can be no proxy of it"
                        : isOff("guard-caches") ? "scientist.guard-caches is false" : ofParent();
                add(found, new Source(name, null, isGuarded ? null : why));
            }
        }
        return found;
    }

    private @Nullable String why(ConfigurableListableBeanFactory factory, String name) {
        GuardProxies proxies = made(factory, "scientistGuardProxies", GuardProxies.class);
        ExperimentsAhead ahead = made(factory, "scientistExperimentsAhead", ExperimentsAhead.class);
        if (proxies == null || ahead == null) {
            return isOff("guard-data-sources") ? "scientist.guard-data-sources is false" : ofParent();
        }
        if (proxies.isGuarded(name)) {
            return null;
        }
        if (NativeDetector.inNativeImage()) {
            return "a native image cannot make its guard";
        }
        String left = proxies.whyLeftAlone(name);
        if (left != null) {
            return left;
        }
        if (!ahead.areThere()) {
            return "no bean's class speaks of an experiment; set scientist.guard-data-sources: true";
        }
        return factory.containsSingleton(name)
                ? "it was made before its guard, for a bean that is made early"
                : null; // it gets its guard when it is created
    }

    private boolean isOff(String key) {
        return !Switches.isOn(environment, key, true);
    }

    private static String ofParent() {
        return "it is a bean of a parent context that has no guards";
    }

    /** The bean factories of the context and its parents. */
    private List<ConfigurableListableBeanFactory> factories() {
        List<ConfigurableListableBeanFactory> factories = new ArrayList<>();
        BeanFactory next = beans;
        while (next instanceof ConfigurableListableBeanFactory factory) {
            factories.add(factory);
            next = factory.getParentBeanFactory();
        }
        return factories;
    }

    /**
     * The names of the beans of a type, without scoped proxies, because the scoped beans
     * behind them are listed as well.
     */
    private static List<String> names(ConfigurableListableBeanFactory factory, Class<?> kind) {
        return Arrays.stream(factory.getBeanNamesForType(kind, true, false))
                .filter(name -> {
                    Class<?> type = factory.getType(name, false);
                    return type == null || !ScopedObject.class.isAssignableFrom(type);
                })
                .toList();
    }

    /** Adds a source, unless a child context has a bean of the same name, which replaces it. */
    private static void add(List<Source> found, Source source) {
        if (found.stream().noneMatch(other -> other.name.equals(source.name))) {
            found.add(source);
        }
    }

    private static <T> @Nullable T made(ConfigurableListableBeanFactory factory, String name, Class<T> type) {
        Object bean = factory.getSingleton(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    /** Holds the code that needs R2DBC. */
    private static final class Reactive {

        static List<String> names(ConfigurableListableBeanFactory factory) {
            return GuardReport.names(factory, ConnectionFactory.class);
        }
    }
}
