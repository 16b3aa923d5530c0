package dev.scientist.comparators;

import static dev.scientist.comparators.JsonComparator.json;
import static dev.scientist.comparators.ObjectComparator.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.scientist.ResultComparator;
import dev.scientist.UncomparableException;
import io.ebean.bean.EntityBean;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("promise-1")
@DisplayName("A comparator does not open what its caller's session loads")
class SharedPartsTest {

    static final List<ResultComparator<Object>> COMPARATORS = List.of(
            json(),
            json().mapper(new com.fasterxml.jackson.databind.ObjectMapper()),
            json().mapper(tools.jackson.databind.json.JsonMapper.builder().build()),
            objects(),
            objects().byEquals(Entity.class),
            objects().reading(Entity.class, Entity::getId));

    static Stream<Arguments> parts() {
        List<Function<Entity, Object>> shapes = List.of(
                Held::new,
                entity -> new Held(List.of("a", entity)),
                entity -> new Held(Map.of("a", entity)),
                entity -> new Held(new Object[] {entity}),
                entity -> new Held(new AtomicReference<>(entity)),
                entity -> new Held(new Held(entity)),
                entity -> new Held(new Declared(null)),
                entity -> new Held(new Lazy()));
        return COMPARATORS.stream()
                .flatMap(comparator -> shapes.stream().map(shape -> Arguments.of(comparator, shape)));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void whatIsInsideAnAnswerIsNotRead(ResultComparator<Object> comparator, Function<Entity, Object> shape) {
        Entity entity = new Entity();
        Object answer = shape.apply(entity);
        Object other = shape.apply(new Entity());

        assertThatExceptionOfType(UncomparableException.class)
                .isThrownBy(() -> comparator.compare(answer, other))
                .withMessageMatching(
                        "(?s)(the primary's|an) answer.* has a .*SharedPartsTest.*, which may be loaded when it"
                                + " is read.*take a snapshot");
        assertThat(entity.reads).hasValue(0);
    }

    @ParameterizedTest
    @FieldSource("COMPARATORS")
    void whatOnlyTheCandidateHasIsNotReadEither(ResultComparator<Object> comparator) {
        Entity entity = new Entity();

        assertThatExceptionOfType(UncomparableException.class)
                .isThrownBy(() -> comparator.compare(new Held("a"), new Held(entity)))
                .withMessageMatching(
                        "(?s)(the candidate's|an) answer.* has a .*, which may be loaded when it is read.*");
        assertThat(entity.reads).hasValue(0);
    }

    @Test
    void aCursorInsideAnAnswerKeepsItsPosition() {
        Cursor cursor = new Cursor();
        JsonComparator comparator = json().mapper(new com.fasterxml.jackson.databind.ObjectMapper());

        assertThatExceptionOfType(UncomparableException.class)
                .isThrownBy(() -> comparator.compare(new Held(cursor), new Held(new Cursor())))
                .withMessageContaining("which can be read only once, by the caller");
        assertThat(cursor.reads).hasValue(0);
    }

    @ParameterizedTest
    @FieldSource("COMPARATORS")
    @SuppressWarnings("JdkObsolete") // it locks
    void aCollectionThatLocksForAMomentIsComparedInside(ResultComparator<Object> comparator) throws Exception {
        Held answer = new Held(new Vector<>(List.of("a")));
        Held other = new Held(new Vector<>(List.of("b")));

        assertThat(comparator.compare(answer, other)).hasSize(1);
        assertThat(comparator.compare(answer, new Held(List.of("a")))).isEmpty();
    }

    @Test
    void theApplicationsMapperIsLeftAsItIs() throws Exception {
        com.fasterxml.jackson.databind.ObjectMapper mapper = new com.fasterxml.jackson.databind.ObjectMapper();

        json().mapper(mapper);

        assertThat(mapper.writeValueAsString(new Held(new Entity()))).isEqualTo("{\"value\":{\"id\":1}}");
    }

    record Held(Object value) {}

    record Declared(Entity entity) {}

    @SuppressWarnings("serial") // never serialized
    static final class Entity implements EntityBean {
        private final AtomicInteger reads = new AtomicInteger();

        public int getId() {
            return reads.incrementAndGet();
        }

        @Override
        public boolean equals(Object other) {
            return reads.incrementAndGet() > 0 && other instanceof Entity;
        }

        @Override
        public int hashCode() {
            return reads.incrementAndGet();
        }

        @Override
        public String toString() {
            return "entity " + reads.incrementAndGet();
        }
    }

    /** As the lazy collections of Ebean are. */
    @SuppressWarnings("serial") // never serialized
    static final class Lazy extends AbstractList<String> implements EntityBean {
        @Override
        public String get(int index) {
            throw new AssertionError("read");
        }

        @Override
        public int size() {
            throw new AssertionError("read");
        }
    }

    static final class Cursor implements Iterable<String>, AutoCloseable {
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public Iterator<String> iterator() {
            reads.incrementAndGet();
            return new HashMap<String, String>().keySet().iterator();
        }

        @Override
        public void close() {}
    }
}
