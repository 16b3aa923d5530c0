package dev.scientist.comparators;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scientist.OverBudgetException;
import dev.scientist.Side;
import dev.scientist.UncomparableException;
import dev.scientist.comparators.Comparators.HttpAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of one response, and what its headers say about it. Confined to one thread, for one comparison. */
final class HttpBody {

    private static final int MOST_SHOWN = 16; // bytes; chosen: a difference between bytes is rarely read
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    /** The ways in which bodies are compared. */
    enum Kind {
        JSON,
        XML,
        TEXT,
        BYTES
    }

    private final Kind kind;
    private final @Nullable String charset;
    private final byte @Nullable [] bytes; // as received; null if the library has decoded them
    private final @Nullable String decoded;

    private HttpBody(Kind kind, @Nullable String charset, byte @Nullable [] bytes, @Nullable String decoded) {
        this.kind = kind;
        this.charset = charset;
        this.bytes = bytes;
        this.decoded = decoded;
    }

    /**
     * Takes the body out of a response.
     *
     * @param contentTypes the values of the header; of several, the first one holds
     * @param isEncoded whether the bytes are compressed or the like
     * @param most bytes or characters
     */
    static HttpBody of(Side side, HttpAnswer answer, List<String> contentTypes, boolean isEncoded, int most) {
        String contentType = contentTypes.isEmpty() ? "" : contentTypes.get(0);
        Matcher parameter = CHARSET.matcher(contentType);
        String charset = parameter.find() ? parameter.group(1) : null;
        Kind kind = isEncoded ? Kind.BYTES : kind(contentType);
        Object body = answer.body();
        if (body == null) {
            return new HttpBody(kind, charset, new byte[0], null);
        }
        if (body instanceof byte[] bytes) {
            requireSize(side, bytes.length, most);
            return new HttpBody(kind, charset, bytes, null);
        }
        if (body instanceof CharSequence text) {
            requireSize(side, text.length(), most);
            return new HttpBody(kind, charset, null, text.toString());
        }
        throw new UncomparableException("the " + side + "'s body must be a byte[] or a text but was a "
                + body.getClass().getName() + "; have the client read it, or give http(view) a view that does");
    }

    private static void requireSize(Side side, int size, int most) {
        if (size > most) {
            throw new OverBudgetException("the " + side + "'s body is larger than " + most + " bytes");
        }
    }

    private static Kind kind(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.equals("text/json") || type.endsWith("+json")) {
            return Kind.JSON;
        }
        if (type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml")) {
            return Kind.XML;
        }
        return type.startsWith("text/") ? Kind.TEXT : Kind.BYTES;
    }

    Kind kind() {
        return kind;
    }

    boolean isEmpty() {
        return decoded == null ? bytes().length == 0 : decoded.isEmpty();
    }

    boolean isSame(HttpBody other) {
        return (decoded != null && other.decoded != null)
                ? decoded.equals(other.decoded)
                : Arrays.equals(bytes(), other.bytes()) && isReadAs(other);
    }

    /** Whether the same bytes mean the same text in both bodies. */
    private boolean isReadAs(HttpBody other) {
        return kind == Kind.BYTES
                || other.kind == Kind.BYTES
                || Objects.equals(charset, other.charset)
                || Objects.equals(text(), other.text());
    }

    /** The index of the first byte that differs; 0 if only their charsets do. */
    int mismatch(HttpBody other) {
        return Math.max(0, Arrays.mismatch(bytes(), other.bytes()));
    }

    /**
     * The bytes, if the response names no charset and a reader has to find it out; otherwise the text, or null if the
     * body is no text in its charset.
     */
    @Nullable
    Object readable() {
        return charset == null && bytes != null ? bytes : text();
    }

    /** The text; null if the body is not in its charset, or the charset is unknown. */
    @Nullable
    String text() {
        if (decoded != null) {
            return decoded;
        }
        try {
            Charset known = charset == null ? UTF_8 : Charset.forName(charset);
            // a new decoder reports what it cannot decode
            String text = known.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException | IllegalArgumentException undecodable) {
            return null;
        }
    }

    /** The size of the body, and some bytes from this index on, for the report. */
    String shown(int from) {
        byte[] all = bytes();
        int end = Math.min(all.length, from + MOST_SHOWN);
        String hex = from >= end ? "" : HexFormat.of().formatHex(all, from, end);
        return all.length + " bytes, at " + from + ": " + hex + (end < all.length ? "..." : "");
    }

    private byte[] bytes() {
        if (bytes != null) {
            return bytes;
        }
        return decoded == null ? new byte[0] : decoded.getBytes(UTF_8);
    }
}
