package dev.scientist.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Trial;
import dev.scientist.Verdict.Reason;
import dev.scientist.testing.RecordingPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("A service with JPA whose candidates write, or are slow")
class GuardedServiceTest {

    private static final String AT_ONCE = "scientist.defaults.start=same-thread";
    private static final String UNGUARDED = "scientist.guard-data-sources=false";

    @Test
    @Tag("promise-12")
    void whatTheRewriteWritesThroughJpaIsRefusedAndThePrimarysStays() {
        try (ConfigurableApplicationContext service = Service.start(AT_ONCE)) {
            service.getBean(Desk.class).fill(1);
            PurchaseEditor editor = service.getBean(PurchaseEditor.class);

            editor.rename(1, "ann"); // a change that only the flush at the commit would write
            editor.add(2, "bob");

            List<Trial<?>> trials = service.getBean(RecordingPublisher.class).takeTrials();
            assertThat(trials)
                    .hasSize(2)
                    .allSatisfy(trial ->
                            assertThat(trial.candidates().get(0).reason()).isEqualTo(Reason.EFFECT_REFUSED));
            assertThat(customers(service)).isEqualTo(Map.of(1L, "ann", 2L, "bob"));
        }
    }

    private static Map<Long, String> customers(ConfigurableApplicationContext service) {
        return service.getBean(PurchaseRepository.class).findAll().stream()
                .collect(Collectors.toMap(Purchase::getId, Purchase::getCustomer));
    }

    @Test
    @Tag("promise-12")
    void withoutTheGuardTheRewriteWrites() {
        try (ConfigurableApplicationContext service = Service.start(AT_ONCE, UNGUARDED)) {
            service.getBean(Desk.class).fill(1);

            service.getBean(PurchaseEditor.class).add(2, "bob");

            assertThat(customers(service)).containsEntry(102L, "rewritten bob");
        }
    }

    @Test
    @Tag("promise-2")
    void slowCandidatesCostNoCallerItsConnection() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ConfigurableApplicationContext service = Service.start(
                "spring.datasource.hikari.maximum-pool-size=10",
                "spring.datasource.hikari.connection-timeout=2000",
                "logging.level.org.hibernate=off")) { // it would log each candidate that gets no connection
            service.getBean(RewrittenPurchaseEditor.class).hold(release);
            PurchaseEditor editor = service.getBean(PurchaseEditor.class);

            Map<Object, Integer> answers = SharedSessionTest.answers(call -> editor.count());

            assertThat(answers).isEqualTo(Map.of(0L, 600));
            assertThat(service.getBean(RewrittenPurchaseEditor.class).atWork()).isBetween(1, 2);
            release.countDown();
        } finally {
            release.countDown();
        }
    }

    @Test
    @Tag("promise-12")
    void poolMetersMigrationAndManagementAreAsWithoutTheGuard() throws Exception {
        Map<String, Object> unguarded = surroundings(UNGUARDED);

        Map<String, Object> guarded = surroundings("scientist.guard-data-sources=true");

        assertThat(guarded).isEqualTo(unguarded);
        assertThat(guarded)
                .containsEntry("max", 7.0)
                .containsEntry("active", 0.0)
                .containsEntry("migrations", 1)
                .containsEntry("size", 7);
    }

    /** The pool as the rest of a service sees it: its meters, MBeans, settings and migrations. */
    private static Map<String, Object> surroundings(String property) throws Exception {
        try (ConfigurableApplicationContext service = Service.start(
                property,
                "spring.datasource.hikari.pool-name=shop",
                "spring.datasource.hikari.maximum-pool-size=7",
                "spring.datasource.hikari.register-mbeans=true",
                "spring.jmx.enabled=true")) {
            service.getBean(PurchaseRepository.class).count();
            HikariDataSource pool = service.getBean(HikariDataSource.class);
            MeterRegistry meters = service.getBean(MeterRegistry.class);
            Map<String, Object> seen = new TreeMap<>();
            seen.put("meters", metersOf(meters));
            seen.put("max", meters.get("hikaricp.connections.max").gauge().value());
            seen.put("active", meters.get("jdbc.connections.active").gauge().value());
            seen.put("beans", managed());
            seen.put("migrations", service.getBean(Flyway.class).info().applied().length);
            seen.put("size", pool.getMaximumPoolSize());
            seen.put("name", pool.getPoolName());
            seen.put(
                    "unwrapped",
                    service.getBean(DataSource.class)
                            .unwrap(HikariDataSource.class)
                            .getPoolName());
            seen.put("wrapper", service.getBean(DataSource.class).isWrapperFor(HikariDataSource.class));
            return seen;
        }
    }

    private static Set<String> metersOf(MeterRegistry meters) {
        return meters.getMeters().stream()
                .map(meter -> meter.getId().getName() + meter.getId().getTags())
                .filter(name -> name.startsWith("hikaricp") || name.startsWith("jdbc"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> managed() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("com.zaxxer.hikari:*"), null)
                .stream()
                .map(ObjectName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
