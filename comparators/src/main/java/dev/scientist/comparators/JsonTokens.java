package dev.scientist.comparators;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

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

        /** The id of a number with a fraction or an exponent, among those of {@link #ofToken}. */
        static final int FLOATING_TOKEN = 8;

        private static final @Nullable Kind[] OF_TOKENS = {
            null, OBJECT, OBJECT_END, ARRAY, ARRAY_END, NAME, TEXT, NUMBER, NUMBER, TRUE, FALSE, NULL
        };

        /**
         * Gives the kind of a token by its id, which is the same in both Jacksons: the constants of JsonTokenId. Null
         * for what is no JSON, such as an embedded object.
         */
        static @Nullable Kind ofToken(int id) {
            return id >= 0 && id < OF_TOKENS.length ? OF_TOKENS[id] : null;
        }

        /** Gives the kind of a token that has been read. */
        static Kind read(int id) {
            Kind kind = ofToken(id);
            if (kind == null) {
                throw new IllegalStateException(
                        "the reader of JSON must give a token of JSON but gave one of id " + id);
            }
            return kind;
        }

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
