package dev.scientist;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Names what an object shares with the caller that got it, so that reading it on another thread may change what the
 * caller sees. This is determined by classes and names, and never by calling methods of the object.
 *
 * <p>Without an {@link ExperimentOptions.Builder#snapshot}, an answer that shares anything is not compared, and no
 * rule, cleaner, translation, comparator or publisher sees it. If an argument shares a {@link #SESSION} or a
 * {@link #POSITION} and has no {@link ExperimentOptions.Builder#argumentCopier}, no candidate is started. A comparator
 * that looks into objects itself must ask for each of them, and throw {@link #refusal} if one shares anything.
 *
 * <p>Some sharing is not detected: that of a collection behind a reversed view, of a view of a lazy collection of an
 * unknown library, of an object in a field whose declared type is an interface or class of the application that does
 * not show it, and of variables captured by a lambda.
 *
 * @since 0.1.0
 */
public enum Sharing {

    /** The object shares nothing, as far as is known. It may be read on any thread. */
    NOTHING("", ""),
    /**
     * The object may be loaded when it is read, for example by the caller's persistence context. These are entities,
     * embeddables, proxies and lazy collections of JPA, Hibernate, EclipseLink, Ebean, OpenJPA, DataNucleus, Spring
     * Data and MyBatis, lazy collections of Guava and others, and every class that has such a class in its fields, at
     * any depth, or as a type argument.
     */
    SESSION(
            "which may be loaded when it is read, through what belongs to the caller, such as its persistence context",
            "answer with a DTO, or take a snapshot"),
    /**
     * Reading the object takes a lock, for which the caller would wait. These are classes with a {@code synchronized}
     * method, {@code Hashtable}, {@code Vector}, {@code StringBuffer}, {@code Collections.synchronizedList} and the
     * like, and every class that has a field of such a class.
     */
    LOCK(
            "which takes a lock when it is read, and the caller would wait for it",
            "answer with a copy, or take a snapshot"),
    /**
     * The object has a position, so it can be read only once, by the caller. These are iterators, streams, readers,
     * channels, result sets, publishers, classes that are Iterable and AutoCloseable, and every class that has a field
     * of such a class.
     */
    POSITION("which can be read only once, by the caller", "answer with what it yields, or take a snapshot of that");

    private final String reason;
    private final String remedy;

    Sharing(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    /**
     * Returns what objects of a type share, as far as the type shows it.
     *
     * @param type a class, for which only the first call searches; or a parameterized type, for example a method's
     *     return type
     */
    public static Sharing of(Type type) {
        return requireNonNull(type, "type") instanceof Class<?> known
                ? SharedClasses.of(known)
                : SharedClasses.ofDeclared(type);
    }

    /**
     * Returns what a value shares, by its class and by the classes of the objects that it holds. These are looked for
     * in an array, an {@code Optional}, a plain collection or map of the JDK or a view of one, and in fields of an open
     * type such as {@code Object}, {@code T} or {@code List}. At most 10 000 values are searched.
     */
    public static Sharing in(@Nullable Object value) {
        Class<?> found = SharedValues.typeInAnswer(value);
        return found == null ? NOTHING : SharedClasses.of(found);
    }

    /** Returns whether anything is shared. */
    public boolean isAnything() {
        return this != NOTHING;
    }

    /**
     * Returns the exception that a comparator throws when it meets such an object. The call is then
     * {@link Verdict#UNCOMPARED}, with the reason {@link Verdict.Reason#SESSION} for a session and
     * {@link Verdict.Reason#COMPARATOR_FAILED} otherwise.
     *
     * @param place where the object was met, such as {@code the primary's answer at /lines}; no part of an answer
     * @param type the class of the object
     */
    public UncomparableException refusal(String place, Class<?> type) {
        return new SharedStateException(place + " " + sentence(type) + "; " + remedy, this);
    }

    /** Returns why an object of a class cannot be read, as a sentence without its subject. */
    String sentence(Class<?> type) {
        String cause = SharedClasses.cause(type);
        String name = ClassNames.shown(type);
        String part = cause.isEmpty() || cause.equals(name) ? "" : " with a " + cause;
        return "has a " + name + part + ", " + reason;
    }
}
