package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.scientist.Scientist;
import dev.scientist.jdbc.ShadowDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Proves that the one table at the start says the truth about guards, in a form that people can read. */
@Tag("promise-12")
class StartTableTest {

    private static final String TITLE = "what experiments share";
    private static final int WIDEST = 120;

    private final ApplicationContextRunner shop = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
            .withUserConfiguration(Shop.Open.class);
    private final ApplicationContextRunner pooled = shop.withUserConfiguration(GuardedDataSourcesTest.Pooled.class);

    /** The one table that a started application logs. */
    private static String table(ApplicationContextRunner application) {
        try (LoggedLines log = new LoggedLines()) {
            application.run(context -> assertThat(context).hasNotFailed());
            List<String> tables = log.at(Level.INFO).stream()
                    .filter(line -> line.startsWith(TITLE))
                    .toList();
            assertThat(tables).hasSize(1);
            return tables.get(0);
        }
    }

    private static String row(String experiment, String table) {
        return table.lines()
                .filter(line -> line.startsWith("  " + experiment + " "))
                .reduce((one, other) -> one + "\n" + other)
                .orElse("");
    }

    @Test
    void theTableIsWhatThePageShows() throws IOException {
        String page = Files.readString(Path.of("../docs/shared.md"));

        String table = table(pooled.withUserConfiguration(Shop.Cached.class, Shop.Ledger.class)
                .withPropertyValues(
                        "scientist.experiments.orders.history.snapshot=objects",
                        "scientist.experiments.orders.price.arguments=json"));

        assertThat(page).contains("```text\n" + table + "\n```");
        assertThat(table.lines()).allMatch(line -> line.length() <= WIDEST);
    }

    @Test
    void whereAllIsGuardedWritesAreRefusedOrAllowed() {
        String table = table(pooled.withPropertyValues("scientist.pool-share=0.5"));

        assertThat(row("orders.find", table)).endsWith("  refused");
        assertThat(row("quotes", table)).endsWith("  refused");
        assertThat(row("orders.reserve", table)).endsWith("  allowed (effects: allowed)");
        assertThat(table)
                .contains("\n  data sources guarded: dataSource (pool-share 0.5)\n")
                .contains("\n  caches: none in the application\n")
                .doesNotContain("not guarded");
    }

    @Test
    void aPoolOfCandidatesIsShownAsOne() {
        String table = table(pooled.withPropertyValues("scientist.candidate-pools=dataSource"));

        assertThat(table).contains("\n  data sources guarded: dataSource (pool of candidates)\n");
    }

    @Test
    void withoutTheGuardsTheTableSaysSo() {
        String table = table(pooled.withUserConfiguration(Shop.Cached.class)
                .withPropertyValues("scientist.guard-data-sources=false", "scientist.guard-caches=false"));

        assertThat(row("orders.find", table)).endsWith("  not guarded");
        assertThat(table)
                .contains("\n  data sources not guarded: dataSource (scientist.guard-data-sources is false)\n")
                .contains("\n  caches not guarded: cacheManager (scientist.guard-caches is false)\n")
                .doesNotContain("refused");
    }

    @Test
    void withoutADataSourceThereIsNothingToRefuse() {
        String table = table(shop);

        assertThat(row("orders.find", table)).endsWith("  no data source");
        assertThat(table).contains("\n  data sources: none in the application\n");
    }

    @Test
    void oneThatTheApplicationHasWrappedIsGuardedWithoutTheLibrarysGuard() {
        String table = table(shop.withBean(DataSource.class, () -> ShadowDataSource.wrap(new SimpleDriverDataSource()))
                .withPropertyValues("scientist.guard-data-sources=false"));

        assertThat(row("orders.find", table)).endsWith("  refused");
        assertThat(table).contains("  data sources guarded: dataSource (wrapped by the application)\n");
    }

    @Test
    void nothingIsMadeForTheTable() {
        AtomicInteger made = new AtomicInteger();
        ApplicationContextRunner lazy = shop.withBean(
                        "orders2",
                        DataSource.class,
                        () -> {
                            made.incrementAndGet();
                            return new SimpleDriverDataSource();
                        },
                        definition -> definition.setLazyInit(true))
                .withBean(
                        "prices",
                        CacheManager.class,
                        () -> {
                            made.incrementAndGet();
                            return new ConcurrentMapCacheManager();
                        },
                        definition -> definition.setLazyInit(true));

        String guarded = table(lazy);
        String unguarded = table(lazy.withPropertyValues("scientist.guard-data-sources=false"));

        assertThat(made).hasValue(0);
        assertThat(guarded).contains("\n  data sources guarded: orders2 (pool-share 0.25)\n  caches guarded: prices\n");
        assertThat(unguarded).contains("\n  data sources not guarded: orders2 (scientist.guard");
    }

    @Test
    void aDataSourceOfAParentContextIsNotForgotten() {
        new ApplicationContextRunner()
                .withBean("legacy", DataSource.class, SimpleDriverDataSource::new)
                .run(parent -> {
                    String table = table(shop.withParent(parent));

                    assertThat(row("orders.find", table)).endsWith("  not guarded");
                    assertThat(table).contains("legacy (it is a bean of a parent context that has no guards)");
                });
    }

    @Test
    void anExperimentThatNobodyForesawIsShownAsNotGuarded() {
        ApplicationContextRunner hidden = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withUserConfiguration(GuardedDataSourcesTest.Pooled.class)
                .withInitializer(context -> context.addApplicationListener(event -> {
                    if (event instanceof ContextRefreshedEvent) {
                        context.getBean(Scientist.class).experiment("hidden");
                    }
                }));

        String table = table(hidden);

        assertThat(row("hidden", table)).endsWith("  not guarded");
        assertThat(table).contains("dataSource (no bean's class speaks of an experiment; set");
    }
}
