package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.scientist.Difference;
import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.SnapshotFormat;
import dev.scientist.UncomparableException;
import dev.scientist.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots of entities of a real Hibernate. */
class HibernateSnapshotTest {

    private static final int LINES = 3;

    @AutoClose
    private final Orders orders = new Orders(LINES);

    static Stream<Named<SnapshotFormat>> formats() {
        return Stream.of(
                Named.of("objects", objects().snapshot()),
                Named.of("Jackson 2", json().mapper(new ObjectMapper()).snapshot()),
                Named.of(
                        "Jackson 3", json().mapper(JsonMapper.builder().build()).snapshot()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    @Tag("promise-1")
    @DisplayName("Promise 1: a caller that goes on in its session gets what it gets without the library")
    void aCallerThatGoesOnInItsSessionGetsWhatItGetsWithoutTheLibrary(SnapshotFormat format) {
        AtomicInteger alone = new AtomicInteger();
        AtomicInteger accompanied = new AtomicInteger();
        long own = orders.statements(() -> alone.set(businessMethod(null)));
        long ofCandidate = 1;

        long all = orders.statements(() -> accompanied.set(businessMethod(format)));

        assertThat(alone).hasValue(7 * LINES);
        assertThat(accompanied).hasValue(alone.get());
        assertThat(all).isEqualTo(own + ofCandidate);
    }

    @Test
    void aSnapshotThatLoadsIsWhyThisMatters() {
        int seen = orders.sessions.fromTransaction(session -> {
            Orders.Order order = session.find(Orders.Order.class, 1);
            Orders.quantities(order); // what a getter, or a mapper, would do
            Orders.raise(session, 7);
            return Orders.quantities(order);
        });

        assertThat(seen).isEqualTo(LINES);
    }

    /** Gets an order, updates its lines in bulk, and reads them. */
    @SuppressWarnings("try") // closing waits for what is in flight
    private int businessMethod(SnapshotFormat format) {
        try (Scientist scientist = Scientist.builder().logging(false).build()) {
            Experiment<Orders.Order> experiment = scientist.experiment("orders", options -> {
                options.sampleRate(format == null ? 0 : 1);
                if (format != null) {
                    options.snapshot(format);
                }
            });
            return orders.sessions.fromTransaction(session -> {
                Orders.Order order = experiment.run(
                        () -> session.find(Orders.Order.class, 1), () -> orders.detached(candidate -> candidate));
                Orders.raise(session, 7);
                scientist.close(); // everything has been compared, while the session is open
                assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(format == null ? 0 : 1);
                return Orders.quantities(order);
            });
        }
    }

    @Test
    @SuppressWarnings("try") // closing waits for what is in flight
    void theCodeOfThePageHolds() {
        try (Scientist scientist = Scientist.builder().logging(false).build()) {
            // tag::jpa-snapshot[]
            Experiment<Orders.Order> experiment = scientist.experiment(
                    "orders.find",
                    options -> options.snapshot(objects().ignoring("/updatedAt").snapshot())
                            .argumentCopier(Object.class, json().argumentCopier()));
            // end::jpa-snapshot[]
            experiment.run(1, id -> orders.detached(order -> order), id -> orders.detached(order -> order));
            scientist.close();

            assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsNotLoadedOnEitherSideIsLeftOutAndCounted(SnapshotFormat format) {
        Object nothing = format.write(orders.detached(order -> order));
        Object lines = format.write(orders.detached(order -> order.getLines().size()));
        Object customer =
                format.write(orders.detached(order -> order.getCustomer().getName()));

        // Lines and customer; of JSON the total, too, which is no field.
        int derived = format.toString().contains("json") ? 1 : 0;
        assertThat(format.compare(nothing, nothing).differences()).isEmpty();
        assertThat(format.compare(nothing, nothing).notLoaded()).isEqualTo(2 + derived);
        assertThat(format.compare(nothing, lines).differences()).isEmpty();
        assertThat(format.compare(nothing, lines).notLoaded()).isEqualTo(2 + derived);
        assertThat(format.compare(lines, customer).differences()).isEmpty();
        assertThat(format.compare(customer, nothing).differences()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsLoadedIsCompared(SnapshotFormat format) {
        Object before = format.write(orders.detached(Orders::quantities));
        orders.sessions.inTransaction(session -> Orders.raise(session, 2));
        Object after = format.write(orders.detached(Orders::quantities));

        assertThat(format.compare(before, after).differences())
                .extracting(Difference::path)
                .containsExactly("/lines/0/quantity", "/lines/1/quantity", "/lines/2/quantity");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anOrderInItsOwnLinesIsALevelUpAndNoEndlessDocument(SnapshotFormat format) {
        Object document = format.write(orders.detached(Orders::quantities));
        Object other = format.write(orders.detached(order -> {
            order.lines.get(0).order = new Orders.Order();
            return order;
        }));

        assertThat(format.compare(document, document).differences()).isEmpty();
        assertThat(format.compare(document, other).differences())
                .isNotEmpty()
                .allMatch(difference -> difference.path().startsWith("/lines/0/order"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aLoadedProxyIsWhatItStandsFor(SnapshotFormat format) {
        Orders.Order proxied = orders.detached(order -> order.getCustomer().getName());
        Orders.Order plain = orders.detached(order -> order.getCustomer().getName());
        plain.customer = (Orders.Customer) Hibernate.unproxy(plain.customer);

        SnapshotFormat.Comparison found = format.compare(format.write(proxied), format.write(plain));

        assertThat(proxied.customer.getClass()).isNotEqualTo(Orders.Customer.class);
        assertThat(found.differences()).isEmpty();
        plain.customer.name = "Bob";
        assertThat(format.compare(format.write(proxied), format.write(plain)).differences())
                .extracting(Difference::path)
                .containsExactly("/customer/name");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anAnswerThatIsNotLoadedAtAllIsNotCompared(SnapshotFormat format) {
        Orders.Customer proxy = orders.sessions.fromSession(session -> session.getReference(Orders.Customer.class, 1));
        List<Orders.Line> lines = orders.detached(order -> order).lines;

        assertThat(List.of(proxy, lines))
                .allSatisfy(answer -> assertThatThrownBy(() -> format.write(answer))
                        .isInstanceOf(UncomparableException.class)
                        .hasMessage("a side's answer is not loaded: nothing of it could be compared"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void proxiesInsideOfWhateverTheJdkHasAreSeen(SnapshotFormat format) {
        Orders.Customer proxy = orders.sessions.fromSession(session -> session.getReference(Orders.Customer.class, 1));
        record Answer(Object any, List<Object> list, Map<String, Object> map, Object array) {}
        Object document = format.write(new Answer(proxy, List.of(proxy, 1), Map.of("a", proxy), new Object[] {proxy}));
        Object loaded = format.write(new Answer("a", List.of("b", 1), Map.of("a", "c"), new Object[] {"d"}));

        SnapshotFormat.Comparison found = format.compare(document, loaded);

        assertThat(Hibernate.isInitialized(proxy)).isFalse();
        assertThat(found.differences()).isEmpty();
        assertThat(found.notLoaded()).isEqualTo(4);
    }

    @Test
    void objectsSeeProxiesInsideOfAnOptional() {
        Orders.Customer proxy = orders.sessions.fromSession(session -> session.getReference(Orders.Customer.class, 1));
        SnapshotFormat format = objects().snapshot();

        assertThat(format.compare(format.write(List.of(Optional.of(proxy))), format.write(List.of(1)))
                        .notLoaded())
                .isEqualTo(1);
    }

    @Test
    void aSerializerOfTheApplicationsOwnThatCouldLoadIsRefusedBeforeItReads() {
        Orders.Order order = orders.detached(candidate -> candidate);
        SimpleModule module = new SimpleModule().addSerializer(Orders.Order.class, new ToStringSerializer());
        record Annotated(
                @JsonSerialize(using = ToStringSerializer.class)
                Orders.Order order) {}
        SnapshotFormat registered =
                json().mapper(new ObjectMapper().registerModule(module)).snapshot();
        SnapshotFormat annotated = json().mapper(new ObjectMapper()).snapshot();

        assertThatThrownBy(() -> registered.write(order))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("Orders$Order, which a serializer, converter or accessor");
        assertThatThrownBy(() -> annotated.write(new Annotated(order)))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("Orders$Order, which a serializer, converter or accessor");
    }

    @Test
    void codeOfTheApplicationsOwnThatCouldLoadIsRefusedForObjectsToo() {
        Orders.Order order = orders.detached(candidate -> candidate);
        SnapshotFormat reading =
                objects().reading(Orders.Order.class, Orders::quantities).snapshot();

        assertThatThrownBy(() -> reading.write(List.of(order)))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("of which reading(...) or byEquals(...) would run the application's code");
    }
}
