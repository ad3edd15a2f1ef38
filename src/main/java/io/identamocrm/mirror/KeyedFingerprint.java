package io.identamocrm.mirror;

import io.identamocrm.model.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 cut to 96 bits. Keyed, because there are few enough phone numbers to try them all against a plain hash; the key is made
 * from a secret of the settings and is never stored beside the fingerprints.
 */
public final class KeyedFingerprint implements Fingerprint {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 12;
    /** A value is made when it is looked up, compared, sent and confirmed; only short ones are worth the memory. */
    private static final int REMEMBERED = 4096;

    private static final int LONGEST_REMEMBERED = 100;

    private final Mac mac;
    private final Map<String, String> latest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Prints of one account.
     *
     * @param secret  a secret of the settings
     * @param account the account, so that two accounts have different fingerprints
     */
    public KeyedFingerprint(String secret, String account) {
        byte[] key = mac(secret.getBytes(StandardCharsets.UTF_8))
                .doFinal(("fingerprint:" + account).getBytes(StandardCharsets.UTF_8));
        mac = mac(key);
    }

    @Override
    public synchronized String of(String canonical) {
        return canonical.length() > LONGEST_REMEMBERED
                ? compute(canonical)
                : latest.computeIfAbsent(canonical, this::compute);
    }

    private String compute(String canonical) {
        byte[] hash = mac.doFinal(canonical.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }
}
