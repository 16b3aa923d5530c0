package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.scientist.Scientist;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

@Tag("promise-12")
@DisplayName("Promise 12: the start says whose writes nothing guards")
class GuardReportTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withUserConfiguration(GuardedDataSourcesTest.Pooled.class)
            .withBean(GuardedDataSourcesTest.Orders.class);

    @Test
    void withoutTheGuardEachExperimentIsNamed() {
        try (LoggedLines log = new LoggedLines()) {
            application
                    .withPropertyValues("scientist.guard-data-sources=false")
                    .run(context -> assertThat(log.at(Level.WARN))
                            .contains(
                                    "Nothing guards what candidates of \"place\" write through \"dataSource\":"
                                            + " scientist.guard-data-sources is false",
                                    "Nothing guards what candidates of \"count\" write through \"dataSource\":"
                                            + " scientist.guard-data-sources is false"));
        }
    }

    @Test
    void anExperimentIsNamedOnceForAllDataSources() {
        try (LoggedLines log = new LoggedLines()) {
            application
                    .withBean("ledger", SimpleDriverDataSource.class, SimpleDriverDataSource::new)
                    .withPropertyValues("scientist.guard-data-sources=false")
                    .run(context -> assertThat(log.at(Level.WARN))
                            .filteredOn(line -> line.contains("\"place\""))
                            .singleElement()
                            .asString()
                            .contains("\"dataSource\"", "\"ledger\""));
        }
    }

    @Test
    void anExperimentThatMayWriteNeedsNoGuard() {
        try (LoggedLines log = new LoggedLines()) {
            application
                    .withPropertyValues("scientist.guard-data-sources=false")
                    .run(context -> assertThat(log.at(Level.WARN))
                            .isNotEmpty()
                            .noneMatch(line -> line.contains("\"allowed\"")));
        }
    }

    @Test
    void withTheGuardThereIsNothingToSay() {
        try (LoggedLines log = new LoggedLines()) {
            application.run(
                    context -> assertThat(log.at(Level.WARN)).noneMatch(line -> line.contains("Nothing guards")));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Early {

        @Bean
        static Shop.EarlyBird earlyBird(DataSource source) {
            return new Shop.EarlyBird();
        }
    }

    @Test
    void aDataSourceThatIsMadeBeforeItsGuardIsNamed() {
        try (LoggedLines log = new LoggedLines()) {
            application
                    .withUserConfiguration(Early.class)
                    .run(context -> assertThat(log.at(Level.WARN))
                            .contains("Nothing guards what candidates of \"place\" write through \"dataSource\": it was"
                                    + " made before its guard, for a bean that is made early"));
        }
    }

    /** A bean that declares an experiment by way of the context, which its class does not show. */
    static class Hidden {

        Hidden(ApplicationContext context) {
            context.getBean(Scientist.class).experiment("hidden");
        }
    }

    @Test
    void anExperimentThatNoClassSpeaksOfIsNamedWithTheRemedy() {
        try (LoggedLines log = new LoggedLines()) {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                    .withUserConfiguration(GuardedDataSourcesTest.Pooled.class, Hidden.class)
                    .run(context -> assertThat(log.at(Level.WARN))
                            .contains("Nothing guards what candidates of \"hidden\" write through \"dataSource\": no"
                                    + " bean's class speaks of an experiment; set scientist.guard-data-sources: true"));
        }
    }

    @Test
    void aPoolOfCandidatesThatIsNoneIsNamed() {
        try (LoggedLines log = new LoggedLines()) {
            application
                    .withPropertyValues("scientist.candidate-pools=dataSource,rewriteSource")
                    .run(context -> assertThat(log.at(Level.WARN))
                            .containsOnlyOnce(
                                    "scientist.candidate-pools names \"rewriteSource\", which is no data source"));
        }
    }
}
