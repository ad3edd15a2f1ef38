package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.sandbox.Faults.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Issues and checks tokens (amoCRM facts, section 1): codes of 20 minutes, access tokens of 24 hours, refresh tokens of 90 days. A used
 * refresh token stays good until the new pair is first used, so that an answer lost on the way does no harm.
 */
public final class TokenDesk {

    /** The OAuth integration's id. */
    public static final String CLIENT_ID = "5a7d0c1e-0000-4000-8000-0000000000aa";
    /** The OAuth integration's secret. */
    public static final String CLIENT_SECRET = "sandbox-client-secret";
    /** Where the integration's owner would be sent back to. */
    public static final String REDIRECT_URI = "https://clinic.example/amocrm";
    /** An authorisation code, good for the first 20 minutes of the sandbox. */
    public static final String CODE = "sandbox-authorisation-code";

    private static final Duration CODE_LIFE = Duration.ofMinutes(20);
    private static final Duration ACCESS_LIFE = Duration.ofHours(24);
    private static final Duration REFRESH_LIFE = Duration.ofDays(90);
    private static final String LONG_LIVED = "long-lived";
    private static final String OAUTH = "oauth";

    private static final class Pair {
        private final String access;
        private final String refresh;
        private final Instant issued;
        private final Pair previous;
        private boolean accessRefused;
        private boolean refreshRevoked;

        private Pair(String access, String refresh, Instant issued, Pair previous) {
            this.access = access;
            this.refresh = refresh;
            this.issued = issued;
            this.previous = previous;
        }
    }

    private final Clock clock;
    private final Map<String, Instant> codes = new HashMap<>();
    private final Set<String> usedCodes = new HashSet<>();
    private final Map<String, Pair> byAccess = new HashMap<>();
    private final Map<String, Pair> byRefresh = new HashMap<>();
    private final Map<String, Instant> longLived = new HashMap<>();
    private boolean longLivedRefused;
    private int issued;

    TokenDesk(Clock clock) {
        this.clock = clock;
        codes.put(CODE, clock.instant());
    }

    /** The account's owner agrees once more: another code, good for 20 minutes. */
    public synchronized String newCode() {
        String code = CODE + "-" + codes.size();
        codes.put(code, clock.instant());
        return code;
    }

    /** The owner issues a long-lived token that tells its end. */
    public synchronized String longLived(Duration life) {
        Instant end = clock.instant().plus(life);
        String token = jwt(clock.instant(), end, "https://clinic.example");
        longLived.put(token, end);
        return token;
    }

    /** The owner switches the integrations off: every token is dead, the long-lived one too. */
    public synchronized void revokeEverything() {
        longLivedRefused = true;
        byAccess.values().forEach(pair -> {
            pair.accessRefused = true;
            pair.refreshRevoked = true;
        });
    }

    /** How many pairs of tokens were issued. */
    public synchronized int issuedPairs() {
        return issued;
    }

    /** Whose token this is, {@code nobody} for none; says nothing about whether it is still good. */
    synchronized String integration(String authorization) {
        String token = token(authorization);
        return AmoSandbox.TOKEN.equals(token) ? LONG_LIVED : byAccess.containsKey(token) ? OAUTH : "nobody";
    }

    /** True if the token is good; its first use ends the grace of the refresh token it was made with. */
    synchronized boolean accepts(String authorization) {
        String token = token(authorization);
        if (AmoSandbox.TOKEN.equals(token)) {
            return !longLivedRefused;
        }
        if (longLived.containsKey(token)) {
            return !longLivedRefused && clock.instant().isBefore(longLived.get(token));
        }
        Pair pair = byAccess.get(token);
        if (pair == null || pair.accessRefused || !clock.instant().isBefore(pair.issued.plus(ACCESS_LIFE))) {
            return false;
        }
        endGraceBefore(pair);
        return true;
    }

    /** Refuses this access token from now on. */
    synchronized void expire(String authorization) {
        Pair pair = byAccess.get(token(authorization));
        if (pair != null) {
            pair.accessRefused = true;
        } else {
            longLivedRefused |= AmoSandbox.TOKEN.equals(token(authorization));
        }
    }

    private static String token(String authorization) {
        return authorization != null && authorization.startsWith("Bearer ")
                ? authorization.substring("Bearer ".length())
                : "";
    }

    /** {@code POST /oauth2/access_token}. */
    synchronized Reply answer(Call call) {
        JsonNode asked = call.body();
        if (!asked.isObject()) {
            return refusal(400, "Request body is not valid JSON");
        }
        if (!CLIENT_ID.equals(asked.path("client_id").asText())
                || !CLIENT_SECRET.equals(asked.path("client_secret").asText())) {
            return refusal(401, "Client authentication failed");
        }
        if (!REDIRECT_URI.equals(asked.path("redirect_uri").asText())) {
            return refusal(400, "Check the `redirect_uri` parameter");
        }
        return switch (asked.path("grant_type").asText()) {
            case "authorization_code" -> forCode(asked.path("code").asText(), call);
            case "refresh_token" -> forRefresh(asked.path("refresh_token").asText(), call);
            default -> refusal(400, "Check the `grant_type` parameter");
        };
    }

    private Reply forCode(String code, Call call) {
        Instant given = codes.get(code);
        if (given == null) {
            return refusal(400, "Cannot decrypt the authorization code");
        }
        if (!clock.instant().isBefore(given.plus(CODE_LIFE))) {
            return refusal(400, "Authorization code has expired");
        }
        return usedCodes.add(code) ? issue(null, call) : refusal(400, "Authorization code has been revoked");
    }

    private Reply forRefresh(String refresh, Call call) {
        Pair pair = byRefresh.get(refresh);
        if (pair == null) {
            return refusal(400, "Invalid refresh token");
        }
        if (pair.refreshRevoked || !clock.instant().isBefore(pair.issued.plus(REFRESH_LIFE))) {
            return refusal(401, "Token has been revoked");
        }
        pair.refreshRevoked = call.suffers(Fault.STRICT_REFRESH);
        endGraceBefore(pair);
        return issue(pair, call);
    }

    private static void endGraceBefore(Pair used) {
        if (used.previous != null) {
            used.previous.refreshRevoked = true;
        }
    }

    private Reply issue(Pair previous, Call call) {
        issued++;
        Instant now = clock.instant();
        Pair pair = new Pair(jwt(now, now.plus(ACCESS_LIFE), call.base()), "refresh-" + issued, now, previous);
        byAccess.put(pair.access, pair);
        byRefresh.put(pair.refresh, pair);
        return new Reply(
                200,
                "application/json",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("token_type", "Bearer")
                        .put("expires_in", ACCESS_LIFE.toSeconds())
                        .put("server_time", now.getEpochSecond())
                        .put("access_token", pair.access)
                        .put("refresh_token", pair.refresh)
                        .toString(),
                null);
    }

    /** A JWT in form, so that clients that read its claims can; nobody signed it. */
    private String jwt(Instant now, Instant end, String base) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("aud", CLIENT_ID)
                .put("jti", Integer.toString(issued))
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", end.getEpochSecond())
                .put("sub", SandboxAccount.USERS.get(0).toString())
                .put("account_id", SandboxAccount.ID)
                .put("base_domain", base);
        claims.putArray("scopes").add("crm");
        return encoded("{\"typ\":\"JWT\",\"alg\":\"none\"}") + "." + encoded(claims.toString()) + ".sandbox";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply refusal(int status, String hint) {
        return Reply.problem(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("hint", hint)
                        .put("title", "Некорректный запрос")
                        .put("type", "https://developers.amocrm.ru/v3/errors/OAuthProblemJson")
                        .put("detail", "Запрос не может быть выполнен"));
    }
}
