package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What an object shares with the caller who was handed it, so that to read it on another thread may change what the caller
 * sees. It is told by classes and names, and never by calling anything of the object.
 *
 * <p>An answer that shares anything is not compared without an {@link ExperimentOptions.Builder#snapshot}, and no rule,
 * cleaner, translation, comparator or publisher sees it. With an argument that shares {@link #SESSION} or {@link #POSITION},
 * and without an {@link ExperimentOptions.Builder#argumentCopier} for it, no candidate is started. A comparator that opens
 * objects by itself asks for each of them, and throws {@link #refusal} where one shares anything.
 *
 * <p>What is not seen: what is behind a reversed view; a view of a lazy collection of a library that is not known here; what is held by a field whose type is
 * an interface or class of the application that does not tell; and what a lambda has captured.
 *
 * @since 0.1.0
 */
public enum Sharing {

    /** Nothing that is known: it may be read anywhere. */
    NOTHING("", ""),
    /**
     * What is loaded when it is read, as by the caller's own persistence context: entities, embeddables, proxies and lazy
     * collections of JPA, Hibernate, EclipseLink, Ebean, OpenJPA, DataNucleus, Spring Data and MyBatis, lazy collections of Guava and
     * others, and what has such a class among its fields, however deep, or as an argument of its type.
     */
    SESSION(
            "which may be loaded when it is read, through what belongs to the caller, such as its persistence context",
            "answer with a DTO, or take a snapshot"),
    /**
     * A lock that is taken when it is read, which keeps the caller waiting: a class with a {@code synchronized} method,
     * {@code Hashtable}, {@code Vector}, {@code StringBuffer}, {@code Collections.synchronizedList} and its like, and what
     * has a field of such a class.
     */
    LOCK(
            "which takes a lock when it is read, and the caller would wait for it",
            "answer with a copy, or take a snapshot"),
    /**
     * A position: it can be read once, and that is for the caller. Iterators, streams, readers, channels, result sets,
     * publishers, whatever is Iterable and AutoCloseable, and what has a field of such a class.
     */
    POSITION("which can be read only once, by the caller", "answer with what it yields, or take a snapshot of that");

    private final String reason;
    private final String remedy;

    Sharing(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    /**
     * What objects of a type share, as far as the type tells.
     *
     * @param type a class, which takes one lookup once it is known; or a type with arguments, such as a method declares
     */
    public static Sharing of(Type type) {
        return requireNonNull(type, "type") instanceof Class<?> known
                ? SharedClasses.of(known)
                : SharedClasses.ofDeclared(type);
    }

    /**
     * What a value shares: its class, and the classes of what it holds, if it is an array, an {@code Optional} or a plain
     * collection or map of the JDK, or a view of one, or has it in a field of an open type such as {@code Object}, {@code T} or {@code List}.
     * Looks at 10 000 values at most.
     */
    public static Sharing in(@Nullable Object value) {
        Class<?> found = SharedValues.typeInAnswer(value);
        return found == null ? NOTHING : SharedClasses.of(found);
    }

    /** Whether it is anything at all. */
    public boolean isAnything() {
        return this != NOTHING;
    }

    /**
     * What a comparator throws where it meets such an object: the call is {@link Verdict#UNCOMPARED}, with the reason {@link
     * Verdict.Reason#SESSION} for what shares a session, and {@link Verdict.Reason#COMPARATOR_FAILED} otherwise.
     *
     * @param place where the object was met, such as {@code the primary's answer at /lines}; no part of an answer
     * @param type its class
     */
    public UncomparableException refusal(String place, Class<?> type) {
        return new SharedStateException(place + " " + sentence(type) + "; " + remedy, this);
    }

    /** What is in the way of an object of a class; to be read after its place. */
    String sentence(Class<?> type) {
        String cause = SharedClasses.cause(type);
        String name = ClassNames.shown(type);
        String part = cause.isEmpty() || cause.equals(name) ? "" : " with a " + cause;
        return "has a " + name + part + ", " + reason;
    }
}
