package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.UncomparableException;
import dev.scientist.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Arguments that are written and read back. */
class JsonArgumentsTest {

    record Price(String currency, int cents, Duration valid) {}

    /** What callers change. */
    static class Basket {
        public List<String> items = new ArrayList<>();
        public Price price = new Price("EUR", 1, Duration.ZERO);
    }

    /** What a mapper leaves out. */
    static class Login {
        public String user = "ann";

        @JsonIgnore
        public String password;
    }

    static Stream<Named<JsonComparator>> mappers() {
        return Stream.of(
                Named.of("Jackson 2", json().mapper(new ObjectMapper().findAndRegisterModules())),
                Named.of("Jackson 3", json().mapper(JsonMapper.builder().build())));
    }

    static Stream<Named<UnaryOperator<Object>>> copiers() {
        return mappers()
                .map(mapper -> Named.of(mapper.getName(), mapper.getPayload().argumentCopier()));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    @Tag("promise-9")
    @SuppressWarnings("try") // closing waits for what is in flight
    void theCandidateGetsACopyOfItsOwn(JsonComparator comparator) {
        AtomicReference<Basket> seen = new AtomicReference<>();
        Basket basket = new Basket();
        basket.price = null;
        basket.items.add("a");
        try (Scientist scientist = Scientist.builder().logging(false).build()) {
            Experiment<Integer> experiment = scientist.experiment(
                    "x", options -> options.argumentCopier(Object.class, comparator.argumentCopier()));

            experiment.run(basket, own -> own.items.size(), copy -> {
                seen.set(copy);
                copy.items.clear();
                return 1;
            });
            scientist.close();

            assertThat(basket.items).containsExactly("a");
            assertThat(seen.get()).isNotNull().isNotSameAs(basket);
            assertThat(experiment.tally().count(Verdict.MATCHED)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("copiers")
    void whatNobodyCanChangeIsPassedAsItIs(UnaryOperator<Object> copier) {
        record Whole(Price price, UUID id, Verdict verdict) {}
        Whole whole = new Whole(new Price("EUR", 1, Duration.ZERO), UUID.randomUUID(), Verdict.MATCHED);

        assertThat(copier.apply(whole)).isSameAs(whole);
        assertThat(copier.apply("text")).isEqualTo("text");
    }

    @ParameterizedTest
    @MethodSource("copiers")
    void whatCannotBeReadBackAsItWasIsRefused(UnaryOperator<Object> copier) {
        Login login = new Login();
        login.password = "secret";
        List<Object> arguments = List.of(login, new ArrayList<>(List.of(login)), new Object(), Stream.of());

        assertThat(arguments)
                .allSatisfy(argument -> assertThatThrownBy(() -> copier.apply(argument))
                        .isInstanceOf(UncomparableException.class)
                        .hasMessageNotContaining("secret"));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void declaredTypesTellWhatIsInACollection(JsonComparator comparator) {
        Basket basket = new Basket();
        basket.price = null;
        UnaryOperator<Object> copier =
                comparator.argumentCopier(new TypeReference<List<Basket>>() {}.getType(), String.class);

        Object[] copies = (Object[]) copier.apply(new Object[] {new ArrayList<>(List.of(basket)), "a"});

        assertThat(copies[1]).isEqualTo("a");
        assertThat((List<?>) copies[0]).singleElement().isNotSameAs(basket).isInstanceOf(Basket.class);
    }

    @Test
    void whatIsNotLoadedIsRefusedAndStaysSo() {
        try (Orders orders = new Orders(1)) {
            Orders.Order order = orders.detached(candidate -> candidate);
            Orders.Customer proxy =
                    orders.sessions.fromSession(session -> session.getReference(Orders.Customer.class, 1));
            UnaryOperator<Object> copier = json().mapper(new ObjectMapper()).argumentCopier();

            assertThat(List.of(order, proxy))
                    .allSatisfy(argument -> assertThatThrownBy(() -> copier.apply(argument))
                            .isInstanceOf(UncomparableException.class)
                            .hasMessageContaining("is not loaded"));
        }
    }
}
