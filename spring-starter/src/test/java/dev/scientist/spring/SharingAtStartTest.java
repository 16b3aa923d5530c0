package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.scientist.ExperimentOptions;
import io.ebean.bean.EntityBean;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.Resource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Tag("promise-1")
class SharingAtStartTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class));

    static final class Order implements EntityBean {}

    record Body<T>(T content) {}

    // ---- what can be read once ----

    static class AnIterator {
        @ParallelRun(method = "again")
        public Iterator<String> answer() {
            return List.of("a").iterator();
        }

        public Iterator<String> again() {
            return answer();
        }
    }

    static class AResourceInABody {
        @ParallelRun(method = "again")
        public Optional<Body<Resource>> answer() {
            return Optional.empty();
        }

        public Optional<Body<Resource>> again() {
            return answer();
        }
    }

    static class AStreamInAStage {
        @ParallelRun(method = "again")
        public CompletableFuture<InputStream> answer() {
            return CompletableFuture.completedFuture(InputStream.nullInputStream());
        }

        public CompletableFuture<InputStream> again() {
            return answer();
        }
    }

    static class AFluxInAMono {
        @ParallelRun(method = "again")
        public Mono<Flux<String>> answer() {
            return Mono.empty();
        }

        public Mono<Flux<String>> again() {
            return answer();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AnIterator.class, AResourceInABody.class, AStreamInAStage.class, AFluxInAMono.class})
    void anAnswerThatCanBeReadOnceIsRefused(Class<?> type) {
        runner.withBean(type)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(WrongWiringException.class)
                        .hasMessageContaining(
                                "which can be read only once, and that is for the caller. Return what it yields"));
    }

    static class Plain {
        @ParallelRun(name = "plain.value", method = "again")
        public List<String> answer(String id) {
            return List.of(id);
        }

        public List<String> again(String id) {
            return answer(id);
        }

        @ParallelRun(name = "plain.mono", method = "monoAgain")
        public Mono<List<String>> mono() {
            return Mono.empty();
        }

        public Mono<List<String>> monoAgain() {
            return mono();
        }
    }

    @Test
    void whatSharesNothingIsNotTalkedAboutEvenStrictly() {
        started(runner.withBean(Plain.class).withPropertyValues("scientist.strict=true"), (context, log) -> {
            assertThat(context).hasNotFailed();
            assertThat(log.at(Level.WARN)).isEmpty();
        });
    }

    // ---- what belongs to a session ----

    static class Orders {
        @ParallelRun(name = "orders.find", method = "findAgain")
        public List<Order> find(long id) {
            return List.of();
        }

        public List<Order> findAgain(long id) {
            return find(id);
        }

        @ParallelRun(name = "orders.price", method = "priceAgain")
        public int price(String currency, Order order) {
            return 1;
        }

        public int priceAgain(String currency, Order order) {
            return 1;
        }
    }

    @Test
    void anEntityIsWarnedOfOnceForEachMethodAndTheApplicationStarts() {
        started(runner.withBean(Orders.class), (context, log) -> {
            assertThat(context).hasNotFailed();
            assertThat(log.at(Level.WARN))
                    .containsExactlyInAnyOrder(
                            "experiment orders.find: The method answers with List<SharingAtStartTest.Order>, which may be"
                                    + " loaded when it is read, through the caller's own persistence context, so that"
                                    + " without a snapshot its calls are not compared. Set"
                                    + " scientist.experiments.orders.find.snapshot to json or objects, take a snapshot in"
                                    + " its options, or answer with a DTO.",
                            "experiment orders.price: The method takes SharingAtStartTest.Order, which may be loaded when"
                                    + " it is read, through the caller's own persistence context, so that without a copier"
                                    + " for it no candidate is started. Set scientist.experiments.orders.price.arguments to"
                                    + " json, or add an argumentCopier for it in its options, or take a DTO or an id.");
        });
    }

    @Test
    void whatAWarningOfAnArgumentSaysHelps() {
        started(
                runner.withBean(Orders.class).withPropertyValues("scientist.experiments.orders.price.arguments=json"),
                (context, log) -> {
                    assertThat(context).hasNotFailed();
                    assertThat(log.at(Level.WARN)).noneMatch(line -> line.contains("orders.price"));
                });
    }

    static class Uploads {
        @ParallelRun(name = "uploads", method = "sizeAgain")
        public int size(InputStream upload) {
            return 1;
        }

        public int sizeAgain(InputStream upload) {
            return 1;
        }
    }

    @Test
    void anArgumentThatCanBeReadOnceIsWarnedOfWithWhatCanBeDone() {
        started(
                runner.withBean(Uploads.class),
                (context, log) -> assertThat(log.at(Level.WARN))
                        .containsExactly(
                                "experiment uploads: The method takes InputStream, which can be read only once, by"
                                        + " the caller, so that without a copier for it no candidate is started. Add an"
                                        + " argumentCopier for it in its options, or take what it yields, such as a List or a"
                                        + " byte[]."));
    }

    @Test
    void strictlyItStopsTheApplication() {
        runner.withBean(Orders.class)
                .withPropertyValues("scientist.strict=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(WrongWiringException.class)
                        .hasMessageContaining("scientist.strict refuses that."));
    }

    @Test
    void aSnapshotAndACopierProtect() {
        ScientistCustomizer protects = builder -> builder.defaults(SharingAtStartTest::protect);

        started(
                runner.withBean(Orders.class)
                        .withPropertyValues("scientist.strict=true")
                        .withBean(ScientistCustomizer.class, () -> protects),
                (context, log) -> {
                    assertThat(context).hasNotFailed();
                    assertThat(log.at(Level.WARN)).isEmpty();
                });
    }

    private static <T> void protect(ExperimentOptions.Builder<T> options) {
        options.snapshot(value -> value).argumentCopier(Order.class, order -> new Order());
    }

    // ---- the table ----

    @Test
    void theStartPrintsOneTable() {
        started(runner.withBean(Orders.class).withBean(Plain.class), (context, log) -> {
            List<String> tables = log.at(Level.INFO).stream()
                    .filter(line -> line.startsWith("what experiments share"))
                    .toList();
            assertThat(tables).containsExactly("""
                    what experiments share with their callers, and what protects it:
                      experiment    answer shares                     arguments share               candidate's writes
                      orders.find   not compared: List<SharingAtS...  nothing                       no data source
                      orders.price  nothing                           not run: SharingAtStartTe...  no data source
                      plain.mono    nothing                           nothing                       no data source
                      plain.value   nothing                           nothing                       no data source
                      data sources: none in the application
                      caches: none in the application
                      not seen: mail, messages, HTTP, files and threads of a candidate's own; what a lambda or an experiment in code
                        captures; what only an equals of your own reads, in a field whose type does not tell""");
        });
    }

    @Test
    void withoutExperimentsThereIsNoTable() {
        started(runner, (context, log) -> assertThat(log.at(Level.INFO)).noneMatch(line -> line.contains("not seen")));
    }

    private interface Claim {
        void check(AssertableApplicationContext context, LoggedLines log);
    }

    private static void started(ApplicationContextRunner application, Claim claim) {
        try (LoggedLines log = new LoggedLines()) {
            Consumer<AssertableApplicationContext> check = context -> claim.check(context, log);
            application.run(check::accept);
        }
    }
}
