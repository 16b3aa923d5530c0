package dev.scientist.spring;

import dev.scientist.jdbc.ShadowDataSource;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Reads from the properties which share of each connection pool shadows may hold. It is asked
 * before any other beans exist.
 */
final class PoolShares {

    private static final String SHARE = "pool-share";
    private static final double DEFAULT = 0.25;

    private final ConfigurableEnvironment environment;

    PoolShares(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Sets the share of the pool that is the bean of this name. */
    ShadowDataSource.Options apply(String beanName, ShadowDataSource.Options options) {
        double share = share();
        try {
            options.poolShare(share); // set even if it is replaced below, so that a wrong value is refused
        } catch (IllegalArgumentException wrong) {
            throw PropertyBlock.at(PropertyBlock.SCIENTIST, environment)
                    .invalid(SHARE, share, "must be more than 0 and at most 1", "change the value");
        }
        return candidates().contains(beanName) ? options.poolShare(1) : options;
    }

    /** A phrase about the share of a pool. */
    String text(String beanName) {
        return candidates().contains(beanName) ? "pool of candidates" : SHARE + " " + share();
    }

    /** The names of the pools that only candidates use. */
    List<String> candidates() {
        return Binder.get(environment)
                .bind("scientist.candidate-pools", Bindable.listOf(String.class))
                .orElse(List.of());
    }

    private double share() {
        return Binder.get(environment)
                .bind("scientist." + SHARE, Bindable.of(Double.class))
                .orElse(DEFAULT);
    }
}
