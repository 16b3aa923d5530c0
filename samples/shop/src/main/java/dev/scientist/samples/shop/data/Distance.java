package dev.scientist.samples.shop.data;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Delays the application's database by the round-trip time in {@code shop.database.round-trip}; 0 by default. */
@Component
final class Distance implements BeanPostProcessor {

    private final Environment environment;

    Distance(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        Duration roundTrip = environment.getProperty("shop.database.round-trip", Duration.class, Duration.ZERO);
        boolean near = roundTrip.isZero() || !(bean instanceof DataSource);
        return near ? bean : new DistantDataSource((DataSource) bean, roundTrip);
    }
}
