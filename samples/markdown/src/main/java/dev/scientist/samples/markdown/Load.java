package dev.scientist.samples.markdown;

import java.util.ArrayList;
import java.util.List;

/**
 * What one experiment of the run is called with.
 *
 * @param key its name in the JSON report
 * @param title its name for people
 * @param experiment the name of the experiment, which would be a tag in metrics
 * @param threads how many threads call
 * @param inputs one for each call
 */
record Load(String key, String title, String experiment, int threads, List<Input> inputs) {

    static final String DOCUMENTS = "markdown.documents";

    /** Every example of each specification, and then the documents made of them. */
    static List<Load> all(Arguments arguments) {
        List<Load> loads = new ArrayList<>();
        List<Input> examples = new ArrayList<>();
        for (Specification specification : Specification.values()) {
            List<Input> inputs = specification.examples();
            String experiment = "markdown." + specification.key() + "-spec";
            loads.add(new Load(specification.key(), specification.title(), experiment, 1, inputs));
            examples.addAll(inputs);
        }
        List<Input> documents = Documents.compose(examples, arguments.documents(), arguments.seed());
        loads.add(new Load(Report.DOCUMENTS, "Documents", DOCUMENTS, arguments.threads(), documents));
        return loads;
    }
}
