package dev.scientist.samples.markdown;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.ExampleReader;

/** A specification of Markdown. All its examples are input, exactly as the specification prints them. */
enum Specification {
    COMMONMARK("commonmark", "CommonMark"),
    GFM("gfm", "GFM");

    private final String key;
    private final String title;

    Specification(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The name in the JSON report. */
    String key() {
        return key;
    }

    String title() {
        return title;
    }

    List<Input> examples() {
        List<Input> examples = new ArrayList<>();
        for (var example : ExampleReader.readExamples(text())) {
            String origin = title + " example " + (examples.size() + 1) + ", " + example.getSection();
            examples.add(new Input(origin, example.getSource()));
        }
        return List.copyOf(examples);
    }

    private URL text() {
        return switch (this) {
            case COMMONMARK -> TestResources.getSpec();
            case GFM -> TestResources.getGfmSpec();
        };
    }
}
