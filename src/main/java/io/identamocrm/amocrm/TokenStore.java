package io.identamocrm.amocrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.Scripts;
import io.identamocrm.state.Scripts.Script;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The account's tokens in Redis, for all its processes, by origin: what an authorisation brought has one place, and what came of each set
 * of tokens in settings has its own, so that no process overwrites a pair that it does not use.
 */
final class TokenStore {

    private static final String AUTHORISED = "authorised";
    /** How long an unused refresh token lives (amoCRM facts, section 1.2). */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int JWT_PARTS = 3;

    /** A value is its serial, a space, and what is sealed. */
    private static final String SERIAL = """
            local function serial(value) return tonumber(string.match(value or '', '^%d+') or 0) end
            """;

    /** Puts back what the process knows to be newer, takes over what an earlier version kept, and answers everything. */
    private static final Script LOAD = Script.withClock(SERIAL + """
            if ARGV[3] ~= '' and serial(redis.call('HGET', KEYS[1], ARGV[3])) < serial(ARGV[4]) then
              redis.call('HSET', KEYS[1], ARGV[3], ARGV[4])
              redis.call('PEXPIRE', KEYS[1], ARGV[5])
            end
            local earlier = redis.call('GET', KEYS[2])
            if earlier then
              if redis.call('HSETNX', KEYS[1], 'authorised', '1 ' .. earlier) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[5]) end
              redis.call('DEL', KEYS[2])
            end
            return redis.call('HGETALL', KEYS[1])
            """);

    /** Answers the new serial; 0 if the place holds another pair than expected. */
    private static final Script SAVE = Script.withClock(SERIAL + """
            local stored = serial(redis.call('HGET', KEYS[1], ARGV[3]))
            if ARGV[4] ~= '' and tonumber(ARGV[4]) ~= stored then return {0} end
            local new = string.format('%d', math.max(now, stored + 1))
            redis.call('HSET', KEYS[1], ARGV[3], new .. ' ' .. ARGV[5])
            redis.call('PEXPIRE', KEYS[1], ARGV[6])
            return {new}
            """);

    private final Scripts scripts;
    private final List<String> keys;
    private final TokenSeal seal;
    private final HeldPair ofSettings;

    TokenStore(Scripts scripts, RedisKeys keys, TokenSeal seal, Integration settings) {
        this.scripts = scripts;
        this.keys = List.of(keys.of("token-pairs"), keys.of("tokens"));
        this.seal = seal;
        String origin = print(settings.clientId() + " " + settings.accessToken() + " " + settings.refreshToken());
        this.ofSettings = new HeldPair(
                origin,
                origin,
                settings.clientId(),
                0,
                null,
                new TokenPair(
                        settings.accessToken(), settings.refreshToken(), null, expiryOf(settings.accessToken()), null));
    }

    /**
     * The tokens to use: the authorisation's, if the settings hold no tokens or those that they held at that time; else what came of those
     * in the settings, or these themselves. Where there is neither, what came of tokens that once stood in the settings.
     *
     * @param known what the process has used so far, which Redis may have lost; or null
     * @throws AmocrmException.NotAuthorised if they are sealed with another key
     */
    HeldPair load(@Nullable HeldPair known) {
        HeldPair stored = known != null && known.isStored() ? known : null;
        List<String> answer = scripts.run(
                LOAD,
                keys,
                List.of(stored == null ? "" : stored.place(), stored == null ? "" : stored.stored(), kept()));
        Map<String, String> places = new TreeMap<>();
        for (int i = 0; i < answer.size(); i += 2) {
            places.put(answer.get(i), answer.get(i + 1));
        }
        boolean bare = ofSettings.pair().access() == null && ofSettings.pair().refresh() == null;
        if (places.containsKey(AUTHORISED)) {
            HeldPair authorised = open(AUTHORISED, places.get(AUTHORISED));
            if (bare ? isOurs(authorised) : authorised.settings().equals(ofSettings.settings())) {
                return authorised;
            }
        }
        if (!bare) {
            return places.containsKey(ofSettings.place())
                    ? open(ofSettings.place(), places.get(ofSettings.place()))
                    : ofSettings;
        }
        places.remove(AUTHORISED);
        List<HeldPair> others = new ArrayList<>();
        places.forEach((place, value) -> others.add(open(place, value)));
        return others.stream()
                .filter(other -> isOurs(other) && other.pair().refresh() != null)
                .max(Comparator.comparingLong(HeldPair::serial))
                .orElse(ofSettings);
    }

    /** What was kept before settings were told apart does not name its integration. */
    private boolean isOurs(HeldPair held) {
        return held.client() == null || held.client().equals(ofSettings.client());
    }

    /** Stores the pair of a new authorisation, whatever there was. */
    HeldPair authorised(TokenPair pair) {
        return Objects.requireNonNull(save(AUTHORISED, ofSettings.settings(), ofSettings.client(), pair, ""));
    }

    /** Stores what came of a pair, in its place; if another process was faster, the tokens to use are now others, which are returned. */
    HeldPair save(HeldPair from, TokenPair pair) {
        HeldPair saved = save(from.place(), from.settings(), from.client(), pair, Long.toString(from.serial()));
        return saved == null ? load(null) : saved;
    }

    private @Nullable HeldPair save(
            String place, String settings, @Nullable String client, TokenPair pair, String expected) {
        var json = JSON.createObjectNode()
                .put("access", pair.access())
                .put("refresh", pair.refresh())
                .put("previous_refresh", pair.previousRefresh())
                .put("origin", settings)
                .put("client", client);
        if (pair.expiresAt() != null) {
            json.put("expires_at", pair.expiresAt().getEpochSecond());
        }
        if (pair.refusedUntil() != null) {
            json.put("refused_until", pair.refusedUntil().getEpochSecond());
        }
        String sealed = seal.seal(json.toString());
        String serial = scripts.run(SAVE, keys, List.of(place, expected, sealed, kept()))
                .get(0);
        return "0".equals(serial)
                ? null
                : new HeldPair(place, settings, client, Long.parseLong(serial), serial + " " + sealed, pair);
    }

    private static String kept() {
        return Long.toString(KEPT.toMillis());
    }

    private HeldPair open(String place, String value) {
        int space = value.indexOf(' ');
        try {
            JsonNode json = JSON.readTree(seal.open(value.substring(space + 1)));
            return new HeldPair(
                    place,
                    json.path("origin").asText(),
                    json.path("client").textValue(),
                    Long.parseLong(value.substring(0, space)),
                    value,
                    new TokenPair(
                            json.path("access").textValue(),
                            json.path("refresh").textValue(),
                            json.path("previous_refresh").textValue(),
                            moment(json.path("expires_at")),
                            moment(json.path("refused_until"))));
        } catch (GeneralSecurityException | IllegalArgumentException | JsonProcessingException e) {
            throw new AmocrmException.NotAuthorised(AmocrmText.SEALED, AmocrmText.SEALED_REMEDY, null);
        }
    }

    private static @Nullable Instant moment(JsonNode seconds) {
        return seconds.isNumber() ? Instant.ofEpochSecond(seconds.asLong()) : null;
    }

    /** The end of a token that came without its life: amoCRM's tokens are JWTs; their claim is taken as a hint only. */
    private static @Nullable Instant expiryOf(@Nullable String token) {
        String[] parts = token == null ? new String[0] : token.split("\\.");
        if (parts.length != JWT_PARTS) {
            return null;
        }
        try {
            return moment(JSON.readTree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    .path("exp"));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return null;
        }
    }

    private static String print(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
