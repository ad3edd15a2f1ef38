package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Explanation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account's tokens at work (amoCRM facts, section 1.4): a new pair ahead of expiry and when amoCRM refuses the old one, one refresh at
 * a time over all processes, the pair stored before its first use, and no further request once amoCRM has refused for good.
 */
public final class AccountTokens {

    private static final Logger LOG = LoggerFactory.getLogger(AccountTokens.class);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    /** A refused access token may be a fault of amoCRM's: it is tried again now and then. A refused refresh token never is. */
    private static final Duration REFUSAL_KEPT = Duration.ofMinutes(15);
    private static final Instant FOR_GOOD = Instant.ofEpochSecond(253_402_300_799L);

    private final Integration integration;
    private final TokenStore store;
    private final RLock lock;
    private final Clock clock;
    private volatile TokenPair known;

    /**
     * The tokens of one account.
     *
     * @param redis   where processes meet
     * @param key     the account's key of the tokens; the lock's is made from it
     * @param seal    seals what is stored
     * @param settings what the settings give
     * @param clock   tells when tokens end
     */
    public AccountTokens(RedissonClient redis, String key, TokenSeal seal, Integration settings, Clock clock) {
        this.integration = settings;
        this.store = new TokenStore(redis.getBucket(key, StringCodec.INSTANCE), seal, settings);
        this.lock = redis.getLock(key + ":lock");
        this.clock = clock;
    }

    /**
     * The tokens for the next request.
     *
     * @throws AmocrmException.NotAuthorised without asking amoCRM, if there are none or amoCRM has refused them
     */
    TokenPair forRequest() {
        TokenPair pair = known();
        if (pair.access() == null) {
            throw new AmocrmException.NotAuthorised("There are no tokens yet",
                    "get a code from the integration's page in amoCRM and run ident-amocrm authorize CODE", null);
        }
        requireAccepted(pair);
        return pair;
    }

    /** True if the tokens are renewed by themselves; a long-lived token is not. */
    public boolean renewThemselves() {
        return known().refresh() != null;
    }

    /** When the access token ends, or null if it does not say so. */
    public Instant endOfAccess() {
        return known().expiresAt();
    }

    private TokenPair known() {
        TokenPair pair = known;
        if (pair == null || pair.access() == null || pair.refusedUntil() != null) {
            // Another process may have authorised meanwhile.
            pair = store.load();
            known = pair;
        }
        return pair;
    }

    private void requireAccepted(TokenPair pair) {
        if (pair.isRefusedAt(clock.instant())) {
            throw refusal("as it said before", null);
        }
    }

    private AmocrmException.NotAuthorised refusal(String reason, Response answer) {
        boolean ended = known.expiresBefore(clock.instant()) && known.expiresAt() != null;
        String detail = reason + (ended ? ", and it ended on " + known.expiresAt().toString().substring(0, 10) : "");
        return known.refresh() == null
                ? new AmocrmException.NotAuthorised("amoCRM does not accept the access token (" + detail + ")",
                        "issue a new one in the integration's settings and set AMOCRM_ACCESS_TOKEN", answer)
                : new AmocrmException.NotAuthorised("amoCRM does not accept our tokens any more (" + detail + ")",
                        "allow the integration once more in amoCRM's settings and run ident-amocrm authorize CODE with the code it shows",
                        answer);
    }

    /**
     * How the tokens in use are, whichever process got them.
     *
     * @throws AmocrmException.NotAuthorised if they are sealed with another key
     */
    public TokenState state() {
        TokenPair pair = store.load();
        return new TokenState(pair.access() != null, pair.isRefusedAt(clock.instant()), pair.refresh() != null, pair.expiresAt());
    }

    /** True if the access token ends soon and can be renewed. */
    public boolean isRefreshDue() {
        return isDue(known());
    }

    private boolean isDue(TokenPair pair) {
        return pair.refresh() != null && pair.expiresBefore(clock.instant().plus(AHEAD));
    }

    /** True if amoCRM refused the access token and another one can be had. */
    public boolean mayBeOutdated(@Body Response answer) {
        return answer instanceof Response.NotAuthorised && store.load().refresh() != null;
    }

    /**
     * Takes the account's lock, waiting for it, and looks again: another process may have renewed the tokens.
     *
     * @param used the tokens of the request that was refused; null if there was none
     * @return the request for a new pair, or null if there is one already
     * @throws AmocrmException.NotAuthorised if amoCRM has refused the tokens before
     */
    public AmocrmRequest refreshRequest(@ExchangeProperty(AmocrmClient.TOKENS) TokenPair used) {
        lock.lock();
        TokenPair pair = store.load();
        known = pair;
        requireAccepted(pair);
        boolean renewed = used == null || !used.access().equals(pair.access());
        if (renewed && !isDue(pair)) {
            return null;
        }
        return AmocrmRequest.tokens(request("refresh_token").put("refresh_token", pair.refresh()));
    }

    /** Takes the account's lock and makes the request for the first pair from the code that amoCRM shows to the account's owner. */
    public AmocrmRequest authorisationRequest(@Body String code) {
        lock.lock();
        return AmocrmRequest.tokens(request("authorization_code").put("code", code));
    }

    private ObjectNode request(String grant) {
        return JsonNodeFactory.instance.objectNode().put("client_id", integration.clientId())
                .put("client_secret", integration.clientSecret()).put("grant_type", grant)
                .put("redirect_uri", integration.redirectUri());
    }

    /**
     * Stores the new pair, before anything is asked with it.
     *
     * @throws AmocrmException.NotAuthorised if amoCRM refuses for good; then no request follows
     * @throws AmocrmException               for any other failure; the old refresh token stays
     */
    public void store(@Body Response response, @ExchangeProperty(AmocrmClient.SENT) AmocrmRequest request) {
        String refresh = request.body().path("refresh_token").textValue();
        response.match(usable -> usable, failed -> {
            throw AmocrmException.of(request, failed, answer -> refused(answer, answer.detail(), refresh));
        }).handle(success -> keep(success.body(), refresh, request), noContent -> keep(noContent.body(), refresh, request), refused -> {
            throw refused(refused, refused.detail(), refresh);
        }, ambiguous -> {
            throw AmocrmException.away(request, new Response.Unavailable(ambiguous.detail()));
        }, Response.NotSent::unexpected);
    }

    private void keep(JsonNode body, String refresh, AmocrmRequest request) {
        if (!body.path("access_token").isTextual() || !body.path("refresh_token").isTextual()) {
            throw AmocrmException.away(request, new Response.Unavailable("an answer without tokens"));
        }
        Instant expires = clock.instant().plusSeconds(body.path("expires_in").asLong(0));
        known = new TokenPair(body.path("access_token").asText(), body.path("refresh_token").asText(), refresh, expires, null);
        store.save(known);
        LOG.info("New tokens of amoCRM, good until {}", expires);
    }

    private AmocrmException refused(Response answer, String detail, String refresh) {
        if (refresh == null) {
            return new AmocrmException.NotAuthorised("amoCRM does not accept the code (" + detail + ")",
                    "a code is good once and for 20 minutes: get a new one, and compare AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and "
                            + "AMOCRM_REDIRECT_URI with the integration", answer);
        }
        TokenPair pair = known;
        if (pair.previousRefresh() != null) {
            known = pair.withPreviousRefresh();
            store.save(known);
            return new AmocrmException.Transient(Explanation.of("amoCRM does not know its newest refresh token (" + detail + ")",
                    "trying the one before"), answer);
        }
        known = pair.refusedUntil(FOR_GOOD);
        store.save(known);
        return refusal(detail, answer);
    }

    /** amoCRM refused the access token, and a new one too, if there could be one: no request for some time. */
    AmocrmException.NotAuthorised refused(TokenPair used, Response.NotAuthorised answer) {
        lock.lock();
        try {
            known = store.load();
            if (used.access().equals(known.access())) {
                known = known.refusedUntil(clock.instant().plus(REFUSAL_KEPT));
                store.save(known);
            }
            return refusal(answer.detail(), answer);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the lock back, however the renewal ended. */
    public void release() {
        if (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }
}
