package dev.scientist.comparators;

import dev.scientist.Sharing;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way in which the objects of one class are looked at. It is worked out once for each class.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: shared by all comparisons.
 *
 * <p>It is kept with the class itself, by a {@link ClassValue}, so it keeps no class loader alive that the application
 * gives up. And it is kept softly: if the class belongs to a loader that lives on, it keeps the loader of this library
 * alive only as long as there is memory.
 */
final class Shape {

    private static final ClassValue<SoftReference<Shape>> SHAPES = new ClassValue<>() {
        @Override
        protected SoftReference<Shape> computeValue(Class<?> type) {
            return new SoftReference<>(new Shape(type));
        }
    };

    private final Form form;
    private final List<Property> properties;
    private final Map<String, Property> named = new HashMap<>();
    private final @Nullable String className;
    private final @Nullable String alternative;
    private final boolean isSecret;
    private final boolean isOfSession;
    private final Set<String> secretNames;

    private Shape(Class<?> type) {
        Form known = Form.known(type);
        List<Property> found = known == Form.UNREADABLE ? Members.of(type) : null;
        this.form = found != null ? Form.OBJECT : known != Form.UNREADABLE ? known : unseen(type);
        this.properties = found == null ? List.of() : found;
        properties.forEach(property -> named.put(property.name(), property));
        this.className = Map.Entry.class.isAssignableFrom(type) ? null : type.getName();
        boolean isTold = properties.isEmpty() || Throwable.class.isAssignableFrom(type) || isAlternative(type);
        this.alternative = form == Form.OBJECT && isTold ? type.getSimpleName() : null;
        this.isSecret = Secrets.isSecret(type);
        this.isOfSession = Sharing.of(type) == Sharing.SESSION;
        this.secretNames = properties.stream()
                .filter(property -> property.annotations().contains(Secret.class))
                .map(property -> Secrets.normalised(property.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    static Shape of(Class<?> type) {
        Shape known = SHAPES.get(type).get();
        if (known == null) { // it was given up because memory was short
            SHAPES.remove(type);
            known = new Shape(type);
        }
        return known;
    }

    Form form() {
        return form;
    }

    /** The properties of an object: a record's components in order, other fields from the highest class down. */
    List<Property> properties() {
        return properties;
    }

    @Nullable
    Property property(String name) {
        return named.get(name);
    }

    /** The full name; null for entries of maps, whose classes say which map it was. */
    @Nullable
    String className() {
        return className;
    }

    /**
     * The simple name of a class that is one of several alternatives, an error, or without properties: two such objects
     * may look the same and mean the opposite. Null for all others.
     */
    @Nullable
    String alternative() {
        return alternative;
    }

    /** Whether no value of this class may be shown. */
    boolean isSecret() {
        return isSecret;
    }

    /** Whether its objects may be loaded when they are read, through a session of the caller's: they are not opened. */
    boolean isOfSession() {
        return isOfSession;
    }

    /** The normalised names of the properties that may not be shown. */
    Set<String> secretNames() {
        return secretNames;
    }

    private static Form unseen(Class<?> type) {
        return overrides(type, "equals", Object.class) && !Members.isGenerated(type) ? Form.BY_EQUALS : Form.UNREADABLE;
    }

    static boolean overrides(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException never) {
            return false;
        }
    }

    private static boolean isAlternative(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        if (type.isSealed() || isAlternative(type.getSuperclass())) {
            return true;
        }
        for (Class<?> above : type.getInterfaces()) {
            if (isAlternative(above)) {
                return true;
            }
        }
        return false;
    }
}
