package dev.scientist.samples.markdown;

import java.util.ArrayList;
import java.util.List;

/**
 * The calls of one experiment of the run.
 *
 * @param key the name in the JSON report
 * @param title the name for people
 * @param experiment the name of the experiment, which would be a tag in metrics
 * @param threads how many threads call
 * @param inputs the inputs, one for each call
 */
record Load(String key, String title, String experiment, int threads, List<Input> inputs) {

    static final String DOCUMENTS = "markdown.documents";

    /** One load with all examples for each specification, and then one with the documents composed of them. */
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
