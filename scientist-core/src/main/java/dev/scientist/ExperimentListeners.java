package dev.scientist;

import dev.scientist.Tally.Hook;
import java.util.ArrayList;
import java.util.List;

/** Tells listeners, and then publishers, of the experiments of one {@link Scientist}, and contains what they throw. */
final class ExperimentListeners {

    /** A listener, the hook under which its failures are counted, and its name in the log. */
    private record Recipient(ExperimentListener listener, Hook hook, String name) {

        void declared(Experiment<?> experiment, Hooks hooks) {
            try {
                listener.declared(experiment);
            } catch (Throwable thrown) {
                hooks.failed(hook, name, thrown);
            }
        }

        void ended(Experiment<?> experiment, Hooks hooks) {
            try {
                listener.ended(experiment);
            } catch (Throwable thrown) {
                hooks.failed(hook, name, thrown);
            }
        }
    }

    private final List<Recipient> recipients = new ArrayList<>();

    ExperimentListeners(List<ExperimentListener> listeners, PublisherFanOut publishers) {
        int number = 0;
        for (ExperimentListener listener : listeners) {
            String name = "listener " + ++number + " (" + Difference.typeName(listener) + ")";
            recipients.add(new Recipient(listener, Hook.LISTENER, name));
        }
        publishers.forEach((publisher, name) -> recipients.add(new Recipient(publisher, Hook.PUBLISHER, name)));
    }

    void declared(Experiment<?> experiment, Hooks hooks) {
        recipients.forEach(recipient -> recipient.declared(experiment, hooks));
    }

    void ended(Experiment<?> experiment, Hooks hooks) {
        recipients.forEach(recipient -> recipient.ended(experiment, hooks));
    }
}
