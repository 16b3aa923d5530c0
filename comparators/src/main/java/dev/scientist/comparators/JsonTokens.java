package dev.scientist.comparators;

import java.io.IOException;
import java.math.BigDecimal;

/**
 * The tokens of one JSON document, one after the other, whichever Jackson reads them. Confined to one thread.
 */
interface JsonTokens extends AutoCloseable {

    /** What a token is. */
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
        END
    }

    /** Moves to the next token. */
    Kind next() throws IOException;

    /** The current {@link Kind#NAME} or {@link Kind#TEXT}. */
    String text() throws IOException;

    /** The current {@link Kind#NUMBER}, with every digit of the document. */
    BigDecimal number() throws IOException;

    /** Moves to the end of the current {@link Kind#OBJECT} or {@link Kind#ARRAY}; does nothing on any other token. */
    void skipChildren() throws IOException;

    @Override
    void close() throws IOException;
}
