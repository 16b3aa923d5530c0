package dev.scientist.comparators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Difference;
import dev.scientist.SnapshotFormat;
import dev.scientist.SnapshotFormat.Comparison;
import java.util.List;
import org.hibernate.engine.spi.PersistentAttributeInterceptable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("promise-1")
@DisplayName("A snapshot loads no attribute of an entity that Hibernate has enhanced")
class EnhancedSnapshotTest {

    private static final String FORMATS = "dev.scientist.comparators.HibernateSnapshotTest#formats";

    @AutoClose
    private final EnhancedDocuments documents = new EnhancedDocuments();

    @ParameterizedTest
    @MethodSource(FORMATS)
    void lazyAttributesAreLeftOutAndTheOthersAreCompared(SnapshotFormat format) {
        Object one = documents.with(1, document -> written(format, document));
        Object other = documents.with(2, document -> written(format, document));

        Comparison found = format.compare(one, other);

        assertThat(found.differences()).extracting(Difference::path).containsExactly("/id");
        assertThat(found.notLoaded()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void lazyAttributesAreComparedOnceTheyAreLoaded(SnapshotFormat format) {
        List<Object> both = List.of(1, 2).stream()
                .map(id -> documents.with(id, document -> {
                    assertThat(document.getBody()).isNotEmpty();
                    return written(format, document);
                }))
                .toList();

        Comparison found = format.compare(both.get(0), both.get(1));

        assertThat(found.differences()).extracting(Difference::path).containsExactlyInAnyOrder("/id", "/body");
    }

    @ParameterizedTest
    @MethodSource(FORMATS)
    void ofAReferenceOnlyTheKeyIsThere(SnapshotFormat format) {
        Object reference = documents.withReference(1, document -> written(format, List.of(document)));
        Object other = documents.with(1, document -> written(format, List.of(document)));

        Comparison found = format.compare(reference, other);

        assertThat(found.differences()).isEmpty();
        assertThat(found.notLoaded()).isPositive();
    }

    private Object written(SnapshotFormat format, Object answer) {
        assertThat(answer instanceof List<?> list ? list.get(0) : answer)
                .isInstanceOf(PersistentAttributeInterceptable.class);
        long before = documents.statements();
        Object document = format.write(answer);

        assertThat(documents.statements()).as("statements of the snapshot").isEqualTo(before);
        return document;
    }
}
