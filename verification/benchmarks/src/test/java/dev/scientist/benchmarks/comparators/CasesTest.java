package dev.scientist.benchmarks.comparators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scientist.benchmarks.comparators.Case.Pair;
import dev.scientist.benchmarks.comparators.Trees.Stock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CasesTest {

    @ParameterizedTest
    @CsvSource({"1000,700,1300", "50000,48000,52000", "1000000,990000,1010000"})
    void aDocumentIsAboutAsLargeAsItIsSaidToBe(int bytes, int least, int most) {
        Document document = Document.ofOrders(Trees.orders(bytes), Notation.PLAIN);

        assertThat(document.bytes().length).isBetween(least, most);
    }

    @Test
    void documentsAreTheSameInEveryRun() {
        String first = Notation.PLAIN.write(Trees.orders(5_000));
        String second = Notation.PLAIN.write(Trees.orders(5_000));

        assertThat(first).isEqualTo(second);
    }

    @ParameterizedTest
    @EnumSource(Notation.class)
    void aNotationKeepsTheValues(Notation notation) throws Exception {
        Object tree = Trees.orders(5_000);

        assertThat(Document.ofOrders(tree, notation).jackson2())
                .isEqualTo(Document.ofOrders(tree, Notation.PLAIN).jackson2());
    }

    @Test
    void theOtherNotationEscapesIndentsAndWritesOtherDigits() {
        String plain = Notation.PLAIN.write(Trees.orders(5_000));
        String other = Notation.OTHER.write(Trees.orders(5_000));

        assertThat(plain).contains("Orléans").doesNotContain("\n", "\\/").containsPattern("\\.\\d[,}]");
        assertThat(other).contains("Orl\\u00e9ans", "\n", "\\/").containsPattern("\\.\\d\\d[,\n]");
    }

    @Test
    void otherFieldOrderIsTheSameValueInOtherBytes() throws Exception {
        Pair pair = pair(Cases.OTHER_ORDER);

        assertThat(pair.candidate().text()).isNotEqualTo(pair.primary().text());
        assertThat(pair.candidate().jackson2()).isEqualTo(pair.primary().jackson2());
    }

    @ParameterizedTest
    @CsvSource({"1 difference,1", "20 differences,20"})
    void soManyFieldsAreChanged(String series, int places) throws Exception {
        Pair pair = pair(series);

        int found = Peers.zjsonPatchTrees().prepare(pair).differences();

        assertThat(found).isEqualTo(places);
    }

    @Test
    void moreChangesThanFieldsAreRefused() {
        Object tree = Trees.stock(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changes.changed(tree, 100))
                .withMessage("places must be at most 5, which the document has, but was 100");
    }

    @Test
    void noRowIsTwiceInAStockAndNoFieldTellsThemApart() {
        Stock stock = read(Trees.stock(1_000));

        assertThat(stock.rows()).doesNotHaveDuplicates();
        assertThat(stock.rows())
                .extracting(Stock.Row::sku)
                .isNotEmpty()
                .satisfies(skus -> assertThat(skus)
                        .hasSizeGreaterThan((int) skus.stream().distinct().count()));
    }

    @Test
    void oneRowInAHundredIsChangedWhereverItGoes() {
        Object tree = Trees.stock(500);

        List<Stock.Row> changed =
                read(Changes.shuffled(Changes.onePercentChanged(tree))).rows();

        assertThat(changed).hasSize(500);
        assertThat(changed.stream().filter(row -> !read(tree).rows().contains(row)))
                .hasSize(5);
    }

    @Test
    void theNewRowIsInFront() {
        Object tree = Trees.stock(3);

        List<Stock.Row> rows = read(Changes.withOneInFront(tree)).rows();

        assertThat(rows).hasSize(4).endsWith(read(tree).rows().toArray(Stock.Row[]::new));
    }

    private static Pair pair(String series) {
        return Cases.orders(series).get(1).pair().get();
    }

    private static Stock read(Object tree) {
        try {
            return (Stock) Document.ofStock(tree).object();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
