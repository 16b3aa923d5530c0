package dev.scientist.spring;

import dev.scientist.Sharing;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, when the application starts, what annotated methods share with their callers according to their declared
 * types. An answer that can be read only once is refused. For an answer or argument that belongs to a session or is
 * otherwise unprotected there is one warning for each method, because its calls will be uncompared or skipped; with
 * {@code scientist.strict} it is refused.
 *
 * <p>Threads: any. Invariant: what is known of an experiment is what its method declares. Consequence: the table at the
 * start shows what will become of its calls.
 */
final class SharingCheck {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private final boolean isStrict;
    private final Map<String, DeclaredSharing> byExperiment = new ConcurrentSkipListMap<>();

    SharingCheck(boolean isStrict) {
        this.isStrict = isStrict;
    }

    /** The declaration of an experiment's method; null if the experiment does not belong to a method. */
    @Nullable
    DeclaredSharing of(String experiment) {
        return byExperiment.get(experiment);
    }

    /** Forgets an experiment that has ended; a later one of its name may not belong to the method. */
    void forget(String experiment) {
        byExperiment.remove(experiment);
    }

    /**
     * The declaration of a method; refuses an answer that can be read only once.
     *
     * @throws WrongWiringException if the method has such an answer
     */
    static DeclaredSharing declared(Place place, Answer answer) {
        DeclaredSharing declared = DeclaredSharing.of(place.wiring(), answer);
        if (declared.answer().sharing() == Sharing.POSITION) {
            throw place.wrong(
                    "The method answers with " + declared.answer().typeName()
                            + ", which can be read only once, and that is for the caller.",
                    "Return what it yields, such as a List or a byte[]; or annotate a method further in that does.");
        }
        return declared;
    }

    /**
     * Warns of answers and arguments that nothing protects, or refuses them.
     *
     * @param protection null if it is not known
     * @throws WrongWiringException if they are refused
     */
    void check(Place place, DeclaredSharing declared, @Nullable Protection protection) {
        String name = place.wiring().name();
        if (byExperiment.putIfAbsent(name, declared) != null || protection == null) {
            return; // checked already, or the protection is not known
        }
        DeclaredSharing.Part answer = declared.answer();
        if (answer.sharing().isAnything() && !protection.hasSnapshot()) {
            tell(
                    place,
                    "The method answers with " + answer.typeName() + ", " + why(answer.sharing())
                            + ", so that without a snapshot its calls are not compared.",
                    "Set scientist.experiments." + name
                            + ".snapshot to " + (answer.isProjection() ? "json" : "json or objects")
                            + ", take a snapshot in its options, or answer with a DTO.");
        }
        for (DeclaredSharing.Part argument : declared.arguments()) {
            if (argument.isWithheld() && !protection.copies(argument)) {
                tell(
                        place,
                        "The method takes " + argument.typeName() + ", " + why(argument.sharing())
                                + ", so that without a copier for it no candidate is started.",
                        remedy(name, argument.sharing()));
            }
        }
    }

    /** A remedy for an argument. One that can be read only once cannot be copied by writing and reading it. */
    private static String remedy(String name, Sharing sharing) {
        return sharing == Sharing.SESSION
                ? "Set scientist.experiments." + name
                        + ".arguments to json, or add an argumentCopier for it in its options, or take a DTO or an id."
                : "Add an argumentCopier for it in its options, or take what it yields, such as a List or a byte[].";
    }

    private void tell(Place place, String reason, String remedy) {
        if (isStrict) {
            throw place.wrong(reason + " scientist.strict refuses that.", remedy);
        }
        log.warn("experiment {}: {} {}", place.wiring().name(), reason, remedy);
    }

    private static String why(Sharing sharing) {
        return switch (sharing) {
            case SESSION -> "which may be loaded when it is read, through the caller's own persistence context";
            case LOCK -> "which takes a lock when it is read, for which the caller would wait";
            case POSITION -> "which can be read only once, by the caller";
            case NOTHING -> "";
        };
    }
}
