package dev.scientist.comparators;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides how much of a value may leave the process: all of it, a keyed hash by which equal values can be told from
 * different ones, or its type alone.
 *
 * <p>A policy for a place holds for everything below it. If several policies are given for a value, by its place, its
 * type or an annotation, the most careful one holds: hidden before hashed before shown. A value without a policy is
 * treated as the redactor began, {@link #hidingAll} or {@link #showingAll}.
 *
 * <pre>{@code
 * Redactor.hidingAll().showing("/total", "/status").hashing("/customer/iban")
 * }</pre>
 *
 * <p>A hidden value is shown as {@code <text>}, {@code <number>}, {@code <boolean>}, {@code <object>}, {@code <array>}
 * or {@code <null>}: its length or size is not shown. A hashed value is shown as {@code <text 5f2b0c9a41d7e833>}, with
 * the first 64 bits of an HMAC-SHA-256.
 *
 * <p>Threads: any. Invariant: immutable; each step gives a new redactor. Consequence: one instance may serve all
 * reports.
 *
 * @since 0.1.0
 */
public final class Redactor {

    private final Policy otherwise;
    private final List<Said> said;
    private final Set<String> secretNames;
    private final KeyedHash hash;

    private Redactor(Policy otherwise, List<Said> said, Set<String> secretNames, KeyedHash hash) {
        this.otherwise = otherwise;
        this.said = List.copyOf(said);
        this.secretNames = Set.copyOf(secretNames);
        this.hash = hash;
    }

    /** Shows nothing but types. This is the default everywhere. */
    public static Redactor hidingAll() {
        return new Redactor(Policy.HIDE, List.of(), Set.of(), KeyedHash.ofProcess());
    }

    /** Shows everything: for tests, and for data without secrets. */
    public static Redactor showingAll() {
        return new Redactor(Policy.SHOW, List.of(), Set.of(), KeyedHash.ofProcess());
    }

    /**
     * Shows places and everything below them.
     *
     * @param paths as of {@link Rule#at}
     */
    public Redactor showing(String... paths) {
        return and(Policy.SHOW, "showing", paths);
    }

    /** Shows values of these types, of subtypes too; plain numbers are {@link Number}, plain text {@link String}. */
    public Redactor showing(Class<?>... types) {
        return and(Policy.SHOW, types);
    }

    /**
     * Shows hashes of places, and of everything below them.
     *
     * @param paths as of {@link Rule#at}
     */
    public Redactor hashing(String... paths) {
        return and(Policy.HASH, "hashing", paths);
    }

    /** Shows hashes of values of these types, of subtypes too. */
    public Redactor hashing(Class<?>... types) {
        return and(Policy.HASH, types);
    }

    /**
     * Hides places and everything below them.
     *
     * @param paths as of {@link Rule#at}
     */
    public Redactor hiding(String... paths) {
        return and(Policy.HIDE, "hiding", paths);
    }

    /** Hides values of these types, of subtypes too. */
    public Redactor hiding(Class<?>... types) {
        return and(Policy.HIDE, types);
    }

    /**
     * Hides, in answers of this type, the components and fields that are annotated as {@link Secret}, in the type
     * itself and in the types of its fields. A place is meant when any key on its path has the name of an annotated
     * component or field, however its words are put together: {@code cardNumber}, {@code card_number} and {@code
     * card-number} are one. A key that a mapper names otherwise is to be hidden by its path.
     */
    public Redactor hidingSecretsOf(Class<?> answer) {
        if (Secrets.isSecret(requireNonNull(answer, "answer"))) {
            return hiding("/**");
        }
        Set<String> names = new HashSet<>(secretNames);
        names.addAll(Secrets.namesIn(answer));
        return new Redactor(otherwise, said, names, hash);
    }

    /**
     * Hashes with this key. Default: a random one, made when the process started; hashes of two processes then have
     * nothing in common.
     *
     * @param key 16 bytes or more, a secret itself
     * @throws IllegalArgumentException if it is shorter
     */
    public Redactor key(byte[] key) {
        return new Redactor(otherwise, said, secretNames, KeyedHash.of(key));
    }

    /**
     * Gives the part of a value that may leave the process.
     *
     * @param path where it is, as a JSON Pointer
     * @param value of a document, or of an object graph
     * @return {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null
     */
    public @Nullable Object redact(String path, @Nullable Object value) {
        List<String> place = new ArrayList<>();
        if (!path.isEmpty()) {
            for (String segment : path.substring(1).split("/", -1)) {
                place.add(segment.replace("~1", "/").replace("~0", "~"));
            }
        }
        return new Redaction(this::policy, hash).redacted(place, value);
    }

    /** The policy for a value at a place. */
    private Policy policy(List<String> place, @Nullable Object value) {
        if (place.stream().map(Secrets::normalised).anyMatch(secretNames::contains) || Secrets.isSecret(value)) {
            return Policy.HIDE;
        }
        return said.stream()
                .filter(one -> one.isAbout(place, value))
                .map(Said::policy)
                .min(Policy::compareTo) // the most careful comes first
                .orElse(otherwise);
    }

    private Redactor and(Policy policy, String step, String... paths) {
        return and(Arrays.stream(paths), path -> {
            String text = step + "(" + RuleText.quoted(requireNonNull(path, "path")) + ")";
            return new Said.OfPlace(policy, RuleText.valid(text, () -> PathPattern.parse(path)));
        });
    }

    private Redactor and(Policy policy, Class<?>... types) {
        return and(Arrays.stream(types), type -> new Said.OfType(policy, requireNonNull(type, "type")));
    }

    private <T> Redactor and(Stream<T> what, Function<T, Said> saying) {
        List<Said> all = new ArrayList<>(said);
        what.map(saying).forEach(all::add);
        return new Redactor(otherwise, all, secretNames, hash);
    }

    /** The ways to treat a value, the most careful first. */
    enum Policy {
        HIDE,
        HASH,
        SHOW
    }

    /** A policy for some values. */
    private sealed interface Said {

        Policy policy();

        boolean isAbout(List<String> place, @Nullable Object value);

        /** A policy for a place and everything below it. */
        record OfPlace(Policy policy, PathPattern path) implements Said {
            @Override
            public boolean isAbout(List<String> place, @Nullable Object value) {
                return path.covers(place);
            }
        }

        /** A policy for all values of a type. */
        record OfType(Policy policy, Class<?> type) implements Said {
            @Override
            public boolean isAbout(List<String> place, @Nullable Object value) {
                return type.isInstance(value);
            }
        }
    }
}
