package dev.scientist.samples.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static final List<Input> EXAMPLES = Specification.COMMONMARK.examples();

    @Test
    void theSameSeedGivesTheSameDocuments() {
        List<Input> once = Documents.compose(EXAMPLES, 50, 42);
        List<Input> again = Documents.compose(EXAMPLES, 50, 42);

        assertThat(again).isEqualTo(once);
    }

    @Test
    void anotherSeedGivesOthers() {
        List<Input> documents = Documents.compose(EXAMPLES, 50, 42);
        List<Input> others = Documents.compose(EXAMPLES, 50, 43);

        assertThat(others).doesNotContainAnyElementsOf(documents);
    }

    @Test
    void askingForMoreKeepsTheFirst() {
        List<Input> few = Documents.compose(EXAMPLES, 10, 42);
        List<Input> many = Documents.compose(EXAMPLES, 50, 42);

        assertThat(many).startsWith(few.toArray(Input[]::new));
    }

    @Test
    void theDocumentsAreThoseOfEveryMachine() {
        List<Input> documents = Documents.compose(EXAMPLES, 2, 42);

        assertThat(documents.stream().mapToInt(document -> document.markdown().hashCode()))
                .containsExactly(-1746581386, -577159758);
    }
}
