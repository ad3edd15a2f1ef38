package io.identamocrm.amocrm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Seals texts with AES-GCM, bound to the account, so that a copy of Redis holds no usable token. Without a key it lets them through. */
public final class TokenSeal {

    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final String MARK = "v1:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** The one that seals, then the one that did before; either may be null. */
    private final @Nullable SecretKeySpec key;

    private final @Nullable SecretKeySpec previous;
    private final byte[] account;
    private final SecureRandom random = new SecureRandom();

    /**
     * The seal of one account.
     *
     * @param key     {@value #KEY_BYTES} bytes, or null to leave texts open
     * @param previous the key before it, which still opens what it sealed; or null
     * @param account the account's name: a text sealed for another one does not open
     */
    public TokenSeal(byte @Nullable [] key, byte @Nullable [] previous, String account) {
        this.key = keyOf(key);
        this.previous = keyOf(previous);
        this.account = account.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable SecretKeySpec keyOf(byte @Nullable [] bytes) {
        return bytes == null ? null : new SecretKeySpec(bytes, "AES");
    }

    String seal(String text) {
        if (key == null) {
            return text;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return MARK
                    + Base64.getEncoder()
                            .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES-GCM", e);
        }
    }

    /**
     * Opens what {@link #seal} made; texts that were never sealed come through, so that a key can be set later.
     *
     * @throws GeneralSecurityException if it was sealed with neither key or for another account
     */
    String open(String text) throws GeneralSecurityException {
        if (!text.startsWith(MARK)) {
            return text;
        }
        byte[] bytes = Base64.getDecoder().decode(text.substring(MARK.length()));
        try {
            return open(bytes, key);
        } catch (GeneralSecurityException e) {
            if (previous == null) {
                throw e;
            }
            return open(bytes, previous);
        }
    }

    private String open(byte[] bytes, @Nullable SecretKeySpec with) throws GeneralSecurityException {
        if (with == null) {
            throw new GeneralSecurityException("No key");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(bytes).get(nonce);
        byte[] opened =
                cipher(Cipher.DECRYPT_MODE, with, nonce).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        return new String(opened, StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, SecretKeySpec with, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, with, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(account);
        return cipher;
    }
}
