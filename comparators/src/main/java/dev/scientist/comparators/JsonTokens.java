package dev.scientist.comparators;

import java.io.IOException;

/**
 * The tokens of one JSON document, one after the other, whichever Jackson reads them. Its methods of a {@link Lexeme}
 * are about the current {@link Kind#TEXT} or {@link Kind#NUMBER}. Confined to one thread.
 */
interface JsonTokens extends Lexeme, AutoCloseable {

    /** The kinds of tokens. */
    enum Kind {
        OBJECT,
        OBJECT_END,
        ARRAY,
        ARRAY_END,
        NAME,
        TEXT,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** The input has ended. */
        END;

        boolean isContainer() {
            return this == OBJECT || this == ARRAY;
        }

        boolean isTruth() {
            return this == TRUE || this == FALSE;
        }
    }

    /** Moves to the next token. */
    Kind next() throws IOException;

    /** The current {@link Kind#NAME}; mostly the same object wherever the same name comes again. */
    String name() throws IOException;

    /** Moves to the end of the current {@link Kind#OBJECT} or {@link Kind#ARRAY}; does nothing on any other token. */
    void skipChildren() throws IOException;

    @Override
    void close() throws IOException;
}
