package dev.scientist.comparators.protobuf;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Message;
import dev.scientist.Difference;
import dev.scientist.Difference.Kind;
import dev.scientist.comparators.Comparators;
import dev.scientist.comparators.Rule;
import dev.scientist.comparators.RuleSet;
import dev.scientist.comparators.RuledComparator;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Compares two messages of Protocol Buffers field by field, through their descriptors, and says where they differ. It
 * needs {@code com.google.protobuf:protobuf-java} on the class path, and neither generated code nor Jackson.
 *
 * <p><b>Equality.</b> A field that tells whether it is set is missing where it is not set, whatever its default: every
 * field of proto2, and in proto3 a field that is {@code optional}, a message, or in a {@code oneof}. Any other field is
 * compared by its value, set or not. The order of a map does not matter, that of a repeated field does. NaN equals NaN.
 * A {@code Timestamp} is compared as a moment, in ISO-8601 text; one outside the limits is compared by its fields.
 * {@code Any} and the wrappers are messages like others, and the contents of an {@code Any} are bytes. Messages of
 * different types are one difference; a generated message and a {@code DynamicMessage} of one type do not differ
 * by that.
 *
 * <p><b>Differences.</b> Paths are JSON Pointers of the field names in the descriptor, the keys of maps, and indices:
 * {@code /order_lines/2/price}. An unknown field is called by its number and wire type, {@code /#17/varint/0}, and an
 * extension by its full name in brackets. Values are plain: {@code Map}, {@code List}, {@code String}, {@code
 * BigDecimal}, {@code Boolean}. Unsigned numbers stay unsigned, bytes are Base64, an enum is its name, or its number if
 * the descriptor has no name for it, and NaN and the infinities are texts. {@linkplain Rule Rules} see the same paths
 * and values.
 *
 * <p>Over 250 levels or 1 000 000 values, an answer is over budget.
 *
 * <p>Threads: any. Invariant: immutable, but for the counters of the rules; each step gives a new comparator.
 * Consequence: one instance may serve all experiments.
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // this type is of an optional library, which every caller has
public final class ProtobufComparator implements RuledComparator<Message> {

    private final Comparators.Tree<Message> tree;

    private ProtobufComparator(Comparators.Tree<Message> tree) {
        this.tree = tree;
    }

    /** Compares all of two messages, exactly. */
    public static ProtobufComparator protobuf() {
        Function<Message, Object> view = message -> new MessageTree().plain(message);
        return new ProtobufComparator(Comparators.tree(view));
    }

    /**
     * Compares under rules that say what does not matter, or weighs differently, and where.
     *
     * @param more after those given already; the first rule that accepts a difference is the one that counts it
     * @throws IllegalArgumentException if two rules were given the same name
     */
    @Override
    public ProtobufComparator rules(Rule... more) {
        return new ProtobufComparator(tree.rules(more));
    }

    /**
     * Compares under a set of rules, which counts what they hide.
     *
     * @throws IllegalArgumentException if rules were given before
     */
    public ProtobufComparator rules(RuleSet set) {
        return new ProtobufComparator(tree.rules(set));
    }

    @Override
    public RuleSet rules() {
        return tree.rules();
    }

    /**
     * Leaves places out, with everything below them.
     *
     * @param paths written as for {@link dev.scientist.comparators.JsonComparator#ignoring}
     * @throws IllegalArgumentException if a path is not such a path, or names the whole message
     */
    public ProtobufComparator ignoring(String... paths) {
        return rules(Arrays.stream(requireNonNull(paths, "paths"))
                .map(path -> Rule.at(path).ignored())
                .toArray(Rule[]::new));
    }

    /**
     * Ends the report after so many differences. Default: 100.
     *
     * @param most 1 or more
     * @throws IllegalArgumentException if it is less
     */
    @Override
    public ProtobufComparator maxDifferences(int most) {
        return new ProtobufComparator(tree.maxDifferences(most));
    }

    /**
     * Compares two messages.
     *
     * @return the differences, at most {@link #maxDifferences}; empty when the two are equal
     * @throws dev.scientist.UncomparableException if the two cannot be compared; the message says why, and holds no
     *     value
     */
    @Override
    public List<Difference> compare(Message primary, Message candidate) {
        String type = primary.getDescriptorForType().getFullName();
        String other = candidate.getDescriptorForType().getFullName();
        return type.equals(other)
                ? tree.compare(primary, candidate)
                : List.of(Difference.of("", Kind.TYPE_CHANGED, type, other));
    }

    @Override
    public String description() {
        return "protobuf as " + tree.description();
    }

    /** Describes for people how messages are compared. */
    @Override
    public String toString() {
        return tree.toString().replaceFirst("^tree", "protobuf");
    }
}
