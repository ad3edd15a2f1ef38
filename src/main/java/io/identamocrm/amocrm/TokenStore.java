package io.identamocrm.amocrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.redisson.api.RBucket;

/** The account's tokens in Redis, for all its processes: the settings' until amoCRM has given others, and again when these change. */
final class TokenStore {

    /** How long an unused refresh token lives (amoCRM facts, section 1.2). */
    private static final Duration KEPT = Duration.ofDays(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int JWT_PARTS = 3;

    private final RBucket<String> bucket;
    private final TokenSeal seal;
    private final TokenPair ofSettings;
    private final String origin;

    TokenStore(RBucket<String> bucket, TokenSeal seal, Integration settings) {
        this.bucket = bucket;
        this.seal = seal;
        this.ofSettings = new TokenPair(settings.accessToken(), settings.refreshToken(), null, expiryOf(settings.accessToken()), null);
        this.origin = print(settings.clientId() + " " + settings.accessToken() + " " + settings.refreshToken());
    }

    /**
     * The tokens to use.
     *
     * @throws AmocrmException.NotAuthorised if they are sealed with another key
     */
    TokenPair load() {
        String text = bucket.get();
        if (text == null) {
            return ofSettings;
        }
        try {
            JsonNode stored = JSON.readTree(seal.open(text));
            if (!origin.equals(stored.path("origin").asText())) {
                return ofSettings;
            }
            return new TokenPair(stored.path("access").textValue(), stored.path("refresh").textValue(),
                    stored.path("previous_refresh").textValue(), moment(stored.path("expires_at")), moment(stored.path("refused_until")));
        } catch (GeneralSecurityException | IllegalArgumentException | JsonProcessingException e) {
            throw new AmocrmException.NotAuthorised("The tokens in Redis cannot be opened with this TOKEN_ENCRYPTION_KEY",
                    "set the key that they were sealed with, or authorise anew: ident-amocrm authorize CODE", null);
        }
    }

    void save(TokenPair pair) {
        var stored = JSON.createObjectNode().put("access", pair.access()).put("refresh", pair.refresh())
                .put("previous_refresh", pair.previousRefresh()).put("origin", origin);
        if (pair.expiresAt() != null) {
            stored.put("expires_at", pair.expiresAt().getEpochSecond());
        }
        if (pair.refusedUntil() != null) {
            stored.put("refused_until", pair.refusedUntil().getEpochSecond());
        }
        bucket.set(seal.seal(stored.toString()), KEPT);
    }

    private static Instant moment(JsonNode seconds) {
        return seconds.isNumber() ? Instant.ofEpochSecond(seconds.asLong()) : null;
    }

    /** The end of a token that came without its life: amoCRM's tokens are JWTs; their claim is taken as a hint only. */
    private static Instant expiryOf(String token) {
        String[] parts = token == null ? new String[0] : token.split("\\.");
        if (parts.length != JWT_PARTS) {
            return null;
        }
        try {
            return moment(JSON.readTree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)).path("exp"));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return null;
        }
    }

    private static String print(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
