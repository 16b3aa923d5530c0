package dev.scientist.comparators;

import dev.scientist.SnapshotFormat;
import dev.scientist.UncomparableException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Copies arguments by writing what is loaded of them as JSON and reading that back, and gives a copy away only if
 * everything stored in it equals what is stored in the argument.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: one instance may serve all experiments.
 */
final class JsonArguments {

    private static final Set<Class<?>> IMMUTABLE = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Class.class);

    private static final int DEEPEST = 8; // levels; chosen: records in records. Deeper ones are copied

    private final SnapshotWriter writer;
    private final Answers answers;
    private final SnapshotFormat stored =
            ObjectComparator.objects().requiringSameTypes().snapshot();

    JsonArguments(SnapshotWriter writer, Answers answers) {
        this.writer = writer;
        this.answers = answers;
    }

    /**
     * Copies an argument, or gives the argument itself if nobody can change it.
     *
     * @param declared as what it is declared; null if only its class is known
     * @throws UncomparableException if it is not loaded somewhere, or cannot be read back as it was
     */
    @Nullable
    Object copy(@Nullable Object argument, @Nullable Type declared) {
        if (argument == null || isImmutable(argument, DEEPEST)) {
            return argument;
        }
        Object seen = Laziness.seen(argument);
        if (seen == null || seen == NotLoaded.PLACE) {
            throw refused(argument, "is not loaded");
        }
        SnapshotMarks marks = new SnapshotMarks();
        Object json = answers.writeLoaded(seen, writer, marks);
        if (marks.marks() > 0 || !(json instanceof byte[] bytes)) {
            throw refused(
                    argument, marks.marks() > 0 ? "is not loaded in all its parts, or contains itself" : "is text");
        }
        Object copy;
        try {
            copy = writer.read(bytes, typeOf(seen, declared));
        } catch (IOException | RuntimeException | StackOverflowError failed) {
            throw refused(argument, "cannot be read back from JSON", failed);
        }
        requireSame(seen, copy);
        return copy;
    }

    /**
     * The type to read: the declared one for an array or a class with type parameters, otherwise the class of the
     * argument, which tells all there is to know.
     */
    private static Type typeOf(Object argument, @Nullable Type declared) {
        boolean isPlain = argument.getClass().getTypeParameters().length == 0
                && !argument.getClass().isArray();
        return declared == null || isPlain ? argument.getClass() : declared;
    }

    private void requireSame(Object argument, @Nullable Object copy) {
        SnapshotFormat.Comparison found =
                copy == null ? null : stored.compare(stored.write(argument), stored.write(copy));
        if (found == null || !found.differences().isEmpty()) {
            String place = found == null ? "" : found.differences().get(0).path();
            throw refused(argument, "is not the same when it is read back from JSON: it differs at \"" + place + "\"");
        }
        if (found.notLoaded() > 0) {
            throw refused(argument, "is not loaded in all its parts");
        }
    }

    private static UncomparableException refused(Object argument, String why) {
        return refused(argument, why, null);
    }

    private static UncomparableException refused(Object argument, String why, @Nullable Throwable cause) {
        return new UncomparableException(
                "an argument, a " + argument.getClass().getName() + ", " + why
                        + "; give its type an argument copier, or leave its fields to the mapper",
                cause);
    }

    private static boolean isImmutable(@Nullable Object value, int depth) {
        if (value == null) {
            return true;
        }
        Class<?> type = value.getClass();
        if (IMMUTABLE.contains(type)
                || value instanceof Enum<?>
                || (type.getPackageName().equals("java.time") && Scalars.isOfJdk(type))) {
            return true;
        }
        return type.isRecord()
                && depth > 0
                && Shape.of(type).form() == Form.OBJECT
                && Shape.of(type).properties().stream()
                        .allMatch(property -> isImmutable(property.storedIn(value), depth - 1));
    }
}
