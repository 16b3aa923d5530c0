package dev.scientist.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The checkout builds anywhere: it names no registry, no mirror, no wrapper download and no place on one machine. */
class FilesTest {
    private static final Set<String> NOT_TEXT = Set.of("png", "jpg", "jpeg", "gif", "ico", "jar", "gz", "zip", "hdr");

    /** Written with one letter in brackets each, so that this file does not break its own rule. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "[r]epo1?\\.maven|[r]egistry\\.npmjs|[r]egistry\\.yarnpkg|[d]eb\\.debian|[p]ypi\\.org|[p]ythonhosted"
                    + "|[p]roxy\\.golang|[s]erver\\.cratesio|[o]ss\\.sonatype|[j]itpack\\.io|[d]istributionUrl|[w]rapperUrl"
                    + "|(?<![\\w.~}-])/[w]ork/|(?<![\\w.~}-])/[r]oot/|(?<![\\w.~}-])/[h]ome/\\w|/[u]sr/lib/jvm");

    @Test
    void noFileNamesARegistryOrAMachine() {
        List<Path> files = House.filesMatching(FilesTest::isText);

        List<String> findings = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = textOf(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher finding = FORBIDDEN.matcher(lines.get(i));
                if (finding.find()) {
                    findings.add(House.nameOf(file) + ":" + (i + 1) + " " + finding.group());
                }
            }
        }

        assertThat(findings).as("registry hosts and machine paths in files").isEmpty();
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return !NOT_TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Any byte is a character here, so that a file in another encoding is looked at too. */
    private static String textOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
