package dev.scientist.comparators.xml;

import static dev.scientist.comparators.xml.XmlComparator.xml;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.scientist.Difference;
import dev.scientist.UncomparableException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.DefaultNodeMatcher;
import org.xmlunit.diff.ElementSelectors;

/** Documents that mean harm, or nothing at all. */
class XmlSafetyTest {

    private static final List<XmlComparator> COMPARATORS = List.of(
            xml(),
            xml().keepingSpace().keepingComments(),
            xml().ignoringElementOrder("id").normalisingSpace(),
            xml().ignoring("/**/b", "/a/@*"));

    private static final List<String> SEEDS = List.of(
            "<a><b id='1'>x</b><b id='2'>y</b><c/></a>",
            "<a xmlns='urn:x' xmlns:p='urn:y' p:q='1'>text<p:b/> more <![CDATA[ <raw> ]]><!-- c --><?pi d?></a>",
            "<?xml version='1.1' standalone='yes'?><a>&#x41;&amp;&lt;</a>",
            "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='b' xsi:nil='true'/>",
            "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>");

    @TempDir
    private Path folder;

    @Test
    void nothingIsReadFromFilesOrTheNetwork() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "top secret");
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort() + "/x";

        try {
            for (String document : List.of(
                    "<!DOCTYPE a [<!ENTITY e SYSTEM '" + secret.toUri() + "'>]><a>&e;</a>",
                    "<!DOCTYPE a SYSTEM '" + url + "'><a/>",
                    "<!DOCTYPE a PUBLIC 'x' '" + url + "'><a/>",
                    "<!DOCTYPE a [<!ENTITY % e SYSTEM '" + url + "'> %e;]><a/>")) {
                assertThatThrownBy(() -> xml().compare("<a>top secret</a>", document))
                        .isInstanceOf(UncomparableException.class)
                        .hasMessageContaining("has a document type declaration, which is refused")
                        .hasMessageNotContaining("secret");
            }
            assertThat(xml().compare(
                                    "<a/>",
                                    "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include parse='text' href='"
                                            + secret.toUri() + "'/></a>"))
                    .extracting(Difference::path)
                    .containsExactly("/a/include");
            assertThat(xml().compare(
                                    "<a/>",
                                    "<?xml-stylesheet href='" + url
                                            + "'?><a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='"
                                            + url + "'/>"))
                    .isEmpty();
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Timeout(20)
    void aBillionLaughsAreNotLaughed() {
        StringBuilder document = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'ha'>");
        for (int i = 1; i < 10; i++) {
            document.append("<!ENTITY e" + i + " '" + ("&e" + (i - 1) + ";").repeat(10) + "'>");
        }
        document.append("]><a>&e9;</a>");

        assertThatThrownBy(() -> xml().compare("<a/>", document))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("has a document type declaration, which is refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<a>", "<a>&e;</a>", "<a b='1' b='2'/>", "<p:a/>", "<a>\u0001</a>", "<a/><b/>", "{}", "\uD800"})
    void whatIsNotWellFormedIsNotComparedAndNothingIsPrinted(String document) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));

        try {
            assertThatThrownBy(() -> xml().compare(document, "<a/>")).isInstanceOf(UncomparableException.class);
            assertThat(printed.toString(UTF_8)).isEmpty();
        } finally {
            System.setErr(before);
        }
    }

    /** Differences, none, or uncompared: never anything else. */
    @Test
    void anythingAtAllIsAnAnswerOrUncompared() {
        Random random = new Random(5);

        for (int i = 0; i < 3_000; i++) {
            byte[] primary = mutated(random);
            byte[] candidate = mutated(random);
            XmlComparator comparator = COMPARATORS.get(i % COMPARATORS.size());

            assertThat(failure(comparator, primary, candidate))
                    .as(new String(primary, ISO_8859_1) + " and " + new String(candidate, ISO_8859_1))
                    .isNull();
        }
    }

    /** In order, we see a difference exactly where XMLUnit sees one. */
    @Test
    void itIsTheVerdictOfXmlUnit() {
        Random random = new Random(3);

        for (int i = 0; i < 600; i++) {
            String primary = random(random, 3);
            String candidate = i % 3 == 0 ? random(random, 3) : primary.replaceFirst("[xy1]", "z");
            boolean isSame = !DiffBuilder.compare(primary)
                    .withTest(candidate)
                    .ignoreElementContentWhitespace()
                    .withNodeMatcher(new DefaultNodeMatcher(ElementSelectors.Default))
                    .checkForSimilar()
                    .build()
                    .hasDifferences();

            assertThat(xml().compare(primary, candidate).isEmpty())
                    .as(primary + " and " + candidate)
                    .isEqualTo(isSame);
        }
    }

    private static @Nullable Throwable failure(XmlComparator comparator, byte[] primary, byte[] candidate) {
        try {
            boolean isTooLong = comparator.compare(primary, candidate).size() > 100;
            return isTooLong ? new IllegalStateException("a report over its limit") : null;
        } catch (UncomparableException uncompared) {
            return null;
        } catch (Throwable anythingElse) {
            return anythingElse;
        }
    }

    private static byte[] mutated(Random random) {
        byte[] document = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(document.length);
            document[at] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) "<>/='&;![]ab12 -?:".charAt(random.nextInt(18));
        }
        return document;
    }

    private static String random(Random random, int depth) {
        StringBuilder text =
                new StringBuilder("<a" + (random.nextBoolean() ? " k='" + random.nextInt(2) + "'" : "") + ">");
        int children = depth == 0 ? 0 : random.nextInt(4);
        for (int i = 0; i < children; i++) {
            text.append(random(random, depth - 1));
        }
        if (children == 0) {
            text.append("xy".charAt(random.nextInt(2)));
        }
        return text.append("</a>").toString();
    }

    @Test
    void theMessageSaysWhatIsTrueOfTheDocument() {
        assertThatThrownBy(() -> xml().compare("<a>secret</a>", "<a><secret></a>"))
                .isInstanceOf(UncomparableException.class)
                .hasMessage("the candidate's answer cannot be read as XML (line 1, column 14)");
        assertThatThrownBy(() -> xml().compare("<a/>", "<!DOCTYPE a><a/>"))
                .isInstanceOf(UncomparableException.class)
                .hasMessage(
                        "the candidate's answer has a document type declaration, which is refused (line 1, column 10)");
        assertThatThrownBy(() -> xml().compare("<a/>", 1))
                .isInstanceOf(UncomparableException.class)
                .hasMessageContaining("must be a text");
    }
}
