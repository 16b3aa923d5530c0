/**
 * Compares messages of Protocol Buffers.
 *
 * <p>{@link dev.scientist.comparators.protobuf.ProtobufComparator} is the way in; {@code MessageTree} makes plain trees
 * of messages, and {@link dev.scientist.comparators.Comparators#tree(java.util.function.Function)} compares these under
 * rules.
 */
@NullMarked
package dev.scientist.comparators.protobuf;

import org.jspecify.annotations.NullMarked;
