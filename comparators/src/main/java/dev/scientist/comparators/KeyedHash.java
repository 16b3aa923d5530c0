package dev.scientist.comparators;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes text with a secret key: nobody without the key can guess the text or recognise it elsewhere.
 *
 * <p>Threads: any. Invariant: immutable. Consequence: equal texts have equal hashes.
 */
final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256"; // every JDK has this algorithm
    private static final int SHORTEST_KEY = 16; // bytes; chosen: 128 bits cannot be tried out
    private static final int SHOWN = 8; // bytes; chosen: two of a billion texts still differ

    private final SecretKeySpec key;

    private KeyedHash(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static KeyedHash of(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "key must have at least " + SHORTEST_KEY + " bytes but has " + key.length);
        }
        return new KeyedHash(key);
    }

    /** Gives the hash with the key of this process. */
    static KeyedHash ofProcess() {
        return OfProcess.HASH;
    }

    String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_16BE)); // UTF-16 keeps lone surrogates apart
            return HexFormat.of().formatHex(hash, 0, SHOWN);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a JDK without " + ALGORITHM, impossible);
        }
    }

    /** Holds the hash that is made when first asked for: random bytes may take a while. */
    private static final class OfProcess {

        static final KeyedHash HASH = new KeyedHash(random());

        private static byte[] random() {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            return key;
        }
    }
}
