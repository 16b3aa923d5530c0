package dev.scientist.comparators;

import java.io.IOException;
import java.lang.reflect.Type;

/**
 * A mapper and a copy of it that loads nothing. The copy calls no getter of objects that belong to a persistence
 * library, and refuses the application's own serializers for them, which might call one.
 *
 * <p>Threads: any. Invariant: the mappers are fixed once made. Consequence: one instance serves all calls.
 */
interface SnapshotWriter {

    /** Writes a value as JSON. */
    byte[] write(Object value, SnapshotMarks marks) throws IOException;

    /** Reads a value of a type from JSON. */
    Object read(byte[] json, Type type) throws IOException;
}
