package dev.scientist.samples.markdown;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.ExampleReader;

/** A specification of Markdown whose examples are input: every one of them, as the specification prints it. */
enum Specification {
    COMMONMARK("commonmark", "CommonMark"),
    GFM("gfm", "GFM");

    private final String key;
    private final String title;

    Specification(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** Its name in the JSON report. */
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
