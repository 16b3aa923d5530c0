package dev.scientist.comparators;

import java.io.IOException;
import java.lang.reflect.Type;

/**
 * A mapper, and a copy of it that loads nothing: of objects that belong to a persistence library it calls no getter, and it
 * refuses serializers of the application's own for them, which might.
 *
 * <p>Threads: any. Invariant: the mappers are fixed once made. Consequence: one instance serves all calls.
 */
interface SnapshotWriter {

    /** Writes a value as JSON. */
    byte[] write(Object value, SnapshotMarks marks) throws IOException;

    /** Reads a value of a type from JSON. */
    Object read(byte[] json, Type type) throws IOException;
}
