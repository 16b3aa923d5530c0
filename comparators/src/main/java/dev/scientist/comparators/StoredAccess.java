package dev.scientist.comparators;

import dev.scientist.Side;
import dev.scientist.UncomparableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that are stored in an answer, and loads nothing: it reads fields, calls no accessors, and reads
 * nothing that a persistence library has not loaded. Values that are compared by {@code equals} are kept for the
 * comparison as {@link Kept}. Confined to one thread, for one answer.
 */
final class StoredAccess implements ObjectAccess {

    private final ObjectOptions options;
    private int notLoaded;
    private boolean hasKept;
    private @Nullable Class<?> ownerType; // of the last property's owner: an object has several properties
    private @Nullable Laziness ownersLaziness;

    StoredAccess(ObjectOptions options) {
        this.options = options;
    }

    /**
     * A value that becomes text when it is compared.
     *
     * @param why tells why it can only be the same as itself; null if its equals decides
     */
    record Kept(Object value, @Nullable UncomparableException why) {

        Object text(Side side, EqualValues equals) {
            return why == null ? equals.text(value) : equals.textOfSame(side, value, why);
        }

        @Override
        public String toString() {
            return value.getClass().getName();
        }
    }

    int notLoaded() {
        return notLoaded;
    }

    boolean hasKept() {
        return hasKept;
    }

    @Override
    public String whose() {
        return "a side's";
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public @Nullable Object resolved(@Nullable Object value, Consumer<Object> steps) {
        if (value instanceof String || (value instanceof Number && Scalars.isOfJdk(value.getClass()))) {
            return options.resolved(value, steps); // most values are resolved like this
        }
        Object current = seen(value);
        while (current != NotLoaded.PLACE) {
            Object resolved = options.resolved(current, steps);
            Object next = resolved == current ? current : seen(resolved); // what an Optional holds may be a proxy
            if (next == resolved) {
                return resolved;
            }
            current = next;
        }
        notLoaded++;
        return NotLoaded.PLACE;
    }

    private @Nullable Object seen(@Nullable Object value) {
        Object seen = Laziness.seen(value);
        if (seen != null
                && options.isApplicationsOwn(seen)
                && Laziness.of(seen.getClass()).isOfSession()) {
            throw new UncomparableException(
                    "a side's answer has a " + seen.getClass().getName()
                            + ", of which reading(...) or byEquals(...) would run the application's code, and that could load what"
                            + " is not there yet; leave the step out");
        }
        return seen;
    }

    @Override
    public @Nullable Object valueOf(Property property, Object owner) {
        Laziness known = ownersLaziness;
        if (known == null || ownerType != owner.getClass()) {
            ownerType = owner.getClass();
            known = Laziness.of(ownerType);
            ownersLaziness = known;
        }
        return known.isLoaded(owner, property.name()) ? property.storedIn(owner) : NotLoaded.PLACE;
    }

    @Override
    public Object byEquals(Object value) {
        hasKept = true;
        return new Kept(value, null);
    }

    @Override
    public Object onlyItself(Object value, UncomparableException why) {
        hasKept = true;
        return new Kept(value, why);
    }

    /** Gives the tree with texts in the places of the kept values. */
    static @Nullable Object withTexts(@Nullable Object node, Side side, EqualValues equals) {
        if (node instanceof Kept kept) {
            return kept.text(side, equals);
        }
        if (node instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> read = new LinkedHashMap<>();
            fields.forEach((name, value) -> read.put((String) name, withTexts(value, side, equals)));
            return read;
        }
        if (node instanceof List<?> elements) {
            List<@Nullable Object> read =
                    elements instanceof Unordered ? new Unordered(elements.size()) : new ArrayList<>(elements.size());
            elements.forEach(element -> read.add(withTexts(element, side, equals)));
            return read;
        }
        return node;
    }
}
