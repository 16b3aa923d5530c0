package dev.scientist.samples.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Composes longer documents at random from the examples of the specifications; the same ones for the same seed. */
final class Documents {

    // Chosen: at most a screenful, and so short that most documents contain none of the examples that differ.
    private static final int FEWEST_EXAMPLES = 3;
    private static final int MOST_EXAMPLES = 20;

    private Documents() {}

    static List<Input> compose(List<Input> examples, int count, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Input> documents = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            documents.add(new Input("document " + number, compose(examples, seeds.split())));
        }
        return List.copyOf(documents);
    }

    private static String compose(List<Input> examples, SplittableRandom random) {
        int parts = random.nextInt(FEWEST_EXAMPLES, MOST_EXAMPLES + 1);
        List<String> texts = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            texts.add(examples.get(random.nextInt(examples.size())).markdown());
        }
        return String.join("\n", texts);
    }
}
