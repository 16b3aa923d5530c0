package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariDataSource;
import dev.scientist.Effects;
import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.Tally;
import dev.scientist.Verdict;
import dev.scientist.Verdict.Reason;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

@Tag("promise-12")
@DisplayName("Promise 12: writes of a shadow through the application's data sources are refused, visibly")
class GuardedDataSourcesTest {

    /** A pool that is declared with its own type, as applications do. */
    @Configuration(proxyBeanMethods = false)
    static class Pooled {

        @Bean
        HikariDataSource dataSource() {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            pool.setMaximumPoolSize(4);
            pool.setConnectionTimeout(2_000);
            return pool;
        }

        @Bean
        JdbcTemplate jdbc(HikariDataSource source) {
            JdbcTemplate jdbc = new JdbcTemplate(source);
            jdbc.execute("create table orders (id int primary key)");
            return jdbc;
        }
    }

    public static class Orders {
        private final JdbcTemplate jdbc;

        public Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @ParallelRun(method = "newerPlace", name = "place")
        public int place(int id) {
            return jdbc.update("insert into orders values (?)", id);
        }

        public int newerPlace(int id) {
            return jdbc.update("insert into orders values (?)", 100 + id);
        }

        @ParallelRun(method = "newerCount", name = "count")
        public int count() {
            return jdbc.queryForObject("select count(*) from orders", Integer.class);
        }

        public int newerCount() {
            return jdbc.queryForObject("select count(id) from orders", Integer.class);
        }

        @ParallelRun(method = "newerPlace", name = "allowed", effects = Effects.ALLOWED)
        public int placeTwice(int id) {
            return place(id);
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application(Pooled.class).withBean(Orders.class);

    @Test
    void whatACandidateWritesIsRefusedAndNoted() {
        application.run(context -> {
            int placed = context.getBean(Orders.class).place(1);

            assertThat(placed).isEqualTo(1);
            assertThat(orders(context)).containsExactly(1);
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.UNCOMPARED);
            assertThat(tally(context, "place", Reason.EFFECT_REFUSED)).isEqualTo(1);
        });
    }

    @Test
    void whatACandidateReadsIsComparedAsEver() {
        application.run(context -> {
            context.getBean(Orders.class).count();

            List<Verdict> verdicts = Laboratory.verdicts(context);

            assertThat(verdicts).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void anAnnotationThatAllowsEffectsLetsThemHappen() {
        application.run(context -> {
            context.getBean(Orders.class).placeTwice(1);

            List<Integer> orders = orders(context);

            assertThat(orders).containsExactly(1, 101);
        });
    }

    @Test
    void callersHaveThePoolAsItIsAndItsOwnConnections() {
        application.run(context -> {
            HikariDataSource pool = context.getBean(HikariDataSource.class);

            try (Connection connection = pool.getConnection()) {
                assertThat(Proxy.isProxyClass(connection.getClass())).isFalse();
                assertThat(connection.getClass().getName()).startsWith("com.zaxxer.hikari.pool.");
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
                assertThat(new DirectFieldAccessor(pool).getPropertyValue("pool"))
                        .as("what Spring Boot's meters look into")
                        .isSameAs(pool.getHikariPoolMXBean());
            }
        });
    }

    @Test
    void thePoolIsClosedWithTheApplication() {
        HikariDataSource[] closed = new HikariDataSource[1];

        application.run(context -> closed[0] = context.getBean(HikariDataSource.class));

        assertThat(closed[0].isClosed()).isTrue();
    }

    @Test
    void withoutAnExperimentNothingIsTouched() {
        new ApplicationContextRunner()
                .withUserConfiguration(Pooled.class, ParallelRunConfiguration.class)
                .run(context -> {
                    HikariDataSource pool = context.getBean(HikariDataSource.class);

                    assertThat(pool).isExactlyInstanceOf(HikariDataSource.class);
                });
    }

    @Test
    void thePropertyTakesTheGuardAway() {
        application.withPropertyValues("scientist.guard-data-sources=false").run(context -> {
            context.getBean(Orders.class).place(1);

            assertThat(context.getBean(HikariDataSource.class)).isExactlyInstanceOf(HikariDataSource.class);
            assertThat(orders(context)).containsExactly(1, 101);
        });
    }

    @Test
    void itNeedsNeitherR2dbcNorSpringsTransactions() {
        application
                .withClassLoader(new FilteredClassLoader("io.r2dbc.spi", "org.springframework.transaction"))
                .run(context -> {
                    context.getBean(Orders.class).place(1);

                    assertThat(orders(context)).containsExactly(1);
                    assertThat(tally(context, "place", Reason.EFFECT_REFUSED)).isEqualTo(1);
                });
    }

    static class InCode {
        private final Experiment<Integer> experiment;
        private final JdbcTemplate jdbc;

        InCode(Scientist scientist, JdbcTemplate jdbc) {
            this.experiment = scientist.experiment("in-code");
            this.jdbc = jdbc;
        }

        int place(int id) {
            return experiment.run(
                    () -> jdbc.update("insert into orders values (?)", id),
                    () -> jdbc.update("insert into orders values (?)", 100 + id));
        }
    }

    @Test
    void anExperimentThatCodeDeclaresIsGuardedToo() {
        Laboratory.application(Pooled.class).withBean(InCode.class).run(context -> {
            context.getBean(InCode.class).place(1);

            List<Integer> orders = orders(context);

            assertThat(orders).containsExactly(1);
            assertThat(tally(context, "in-code", Reason.EFFECT_REFUSED)).isEqualTo(1);
        });
    }

    /** A data source that no proxy can extend. */
    public static final class Fixed extends DelegatingDataSource {

        public Fixed() {
            super(new SimpleDriverDataSource());
        }
    }

    /** A data source that has a method which no proxy passes on. */
    public static class Switching extends DelegatingDataSource {

        private String current = "a";

        public Switching() {
            super(new SimpleDriverDataSource());
        }

        public final void use(String other) {
            current = other;
        }

        public String current() {
            return current;
        }
    }

    @Test
    void aClassThatCannotBeExtendedIsGuardedByItsInterfaceWhereItIsDeclaredSo() {
        Laboratory.application(Pooled.class)
                .withBean(Orders.class)
                .withBean("fixed", DataSource.class, Fixed::new)
                .run(context -> assertThat(Proxy.isProxyClass(
                                context.getBean("fixed", DataSource.class).getClass()))
                        .isTrue());
    }

    @Test
    @Tag("promise-1")
    void whatAProxyWouldChangeForCallersIsLeftAsItIsAndTheLogSaysSo() {
        try (LoggedLines log = new LoggedLines()) {
            Laboratory.application(Pooled.class)
                    .withBean(Orders.class)
                    .withBean("fixed", Fixed.class)
                    .withBean("switching", Switching.class)
                    .run(context -> {
                        Switching switching = context.getBean(Switching.class);

                        switching.use("b");

                        assertThat(switching.current()).isEqualTo("b");
                        assertThat(context.getBean(Fixed.class)).isExactlyInstanceOf(Fixed.class);
                        assertThat(log.at(Level.WARN))
                                .anyMatch(line ->
                                        line.contains("\"fixed\" is left as it is") && line.contains("is final"))
                                .anyMatch(line -> line.contains("\"switching\"")
                                        && line.contains("Switching.use(java.lang.String) is final"));
                    });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Embedded {

        @Bean
        EmbeddedDatabase dataSource() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .build();
        }

        @Bean
        JdbcTemplate jdbc(EmbeddedDatabase source) {
            JdbcTemplate jdbc = new JdbcTemplate(source);
            jdbc.execute("create table orders (id int primary key)");
            return jdbc;
        }
    }

    @Test
    void anEmbeddedDatabaseIsGuardedAndShutDownAtTheEnd() {
        EmbeddedDatabase[] ended = new EmbeddedDatabase[1];

        Laboratory.application(Embedded.class).withBean(Orders.class).run(context -> {
            ended[0] = context.getBean(EmbeddedDatabase.class);
            context.getBean(Orders.class).place(1);

            assertThat(orders(context)).containsExactly(1);
            assertThat(tally(context, "place", Reason.EFFECT_REFUSED)).isEqualTo(1);
        });

        assertThat(new JdbcTemplateProbe(ended[0]).isEmpty()).isTrue();
    }

    /** Tells whether the table is gone, or the database is closed. */
    private record JdbcTemplateProbe(DataSource source) {
        boolean isEmpty() {
            try (Connection connection = source.getConnection()) {
                return !connection
                        .getMetaData()
                        .getTables(null, null, "ORDERS", null)
                        .next();
            } catch (SQLException | RuntimeException closed) {
                return true;
            }
        }
    }

    static List<Integer> orders(ApplicationContext context) {
        return context.getBean(JdbcTemplate.class).queryForList("select id from orders order by id", Integer.class);
    }

    static long tally(ApplicationContext context, String experiment, Reason reason) {
        Tally tally = context.getBean(Laboratory.Declared.class).tally(experiment);
        return tally.count(tally.candidates().get(0), Verdict.UNCOMPARED, reason);
    }
}
