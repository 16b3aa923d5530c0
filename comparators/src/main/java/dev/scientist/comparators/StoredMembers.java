package dev.scientist.comparators;

import dev.scientist.UncomparableException;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Finds the field behind a getter, and the classes whose getters must not be called. */
final class StoredMembers {

    /** The types whose contents a mapper would take from the caller, or would write before they are there. */
    static final List<Class<?>> UNWRITABLE =
            List.of(BaseStream.class, Iterator.class, Future.class, CompletionStage.class);

    private StoredMembers() {}

    /** Finds by name and type the field that a getter of a class returns; null if there is none. */
    static @Nullable Field fieldOf(Class<?> type, Member accessor) {
        if (accessor instanceof Field field) {
            return field;
        }
        if (!(accessor instanceof Method getter)) {
            return null;
        }
        for (Class<?> next = type; next != null && next != Object.class; next = next.getSuperclass()) {
            for (String name : names(getter.getName())) {
                Field field = field(next, name);
                if (field != null && getter.getReturnType().isAssignableFrom(field.getType())) {
                    return field;
                }
            }
        }
        return null;
    }

    private static @Nullable Field field(Class<?> type, String name) {
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
                return field;
            }
        }
        return null;
    }

    private static List<String> names(String getter) {
        List<String> names = new ArrayList<>(List.of(getter));
        for (String prefix : List.of("get", "is")) {
            if (getter.startsWith(prefix) && getter.length() > prefix.length()) {
                String rest = getter.substring(prefix.length());
                names.add(Character.toLowerCase(rest.charAt(0)) + rest.substring(1));
                names.add(rest);
            }
        }
        return names;
    }

    /** Whether objects of a type, or what they hold, may load something when code of theirs is called. */
    static boolean isOfSession(Class<?> type) {
        return Laziness.of(type).isOfSession();
    }

    /** Whether an object of a type can be read only once, so that reading it takes its contents from the caller. */
    static boolean isOnce(Class<?> type) {
        return UNWRITABLE.stream().anyMatch(taken -> taken.isAssignableFrom(type))
                || (Iterable.class.isAssignableFrom(type) && AutoCloseable.class.isAssignableFrom(type));
    }

    /** Tells why the application's own code is not let to write a type. */
    static UncomparableException refusal(Class<?> type) {
        if (isOnce(type)) {
            return new UncomparableException("a side's answer has a " + type.getName()
                    + ", which can be read once, and is the caller's, or is not there yet; compare what it gives");
        }
        return new UncomparableException("a side's answer has a " + type.getName()
                + ", which a serializer, converter or accessor of the application's own would write, and that could load"
                + " what is not there yet; use snapshot: objects, or answer with a class of its own");
    }
}
