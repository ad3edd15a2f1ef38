package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.Scripts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
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
    private final RefreshLease lease;
    private final boolean check;
    private final Clock clock;
    private volatile @Nullable HeldPair known;

    /**
     * The tokens of one account.
     *
     * @param scripts  where processes meet
     * @param keys     the account's keys
     * @param seal     seals what is stored
     * @param settings what the settings give
     * @param deadline the longest that a request takes
     * @param check    true for a process that changes nothing: it neither stores nor renews what stands in the settings only
     * @param clock    the clock of the clinic's zone; tells when tokens end
     */
    public AccountTokens(
            Scripts scripts,
            RedisKeys keys,
            TokenSeal seal,
            Integration settings,
            Duration deadline,
            boolean check,
            Clock clock) {
        this.integration = settings;
        this.store = new TokenStore(scripts, keys, seal, settings);
        this.lease = new RefreshLease(scripts, keys.of("token-pairs:lease"), deadline);
        this.check = check;
        this.clock = clock;
    }

    /**
     * The tokens for the next request.
     *
     * @throws AmocrmException.NotAuthorised without asking amoCRM, if there are none or amoCRM has refused them
     */
    TokenPair forRequest() {
        HeldPair held = current();
        if (held.pair().access() == null) {
            throw held.pair().refresh() == null
                    ? new AmocrmException.NotAuthorised(AmocrmText.NO_TOKENS, AmocrmText.NO_TOKENS_REMEDY, null)
                    : refusal(held, AmocrmText.NO_ACCESS_TOKEN, null);
        }
        requireAccepted(held);
        return held.pair();
    }

    /** True if the tokens are renewed by themselves; a long-lived token is not. */
    public boolean renewThemselves() {
        return current().pair().refresh() != null;
    }

    /** When the access token ends, or null if it does not say so. */
    public @Nullable Instant endOfAccess() {
        return current().pair().expiresAt();
    }

    /** Asks Redis each time: another process may have renewed or authorised, and Redis may have lost what this one knows. */
    private HeldPair current() {
        HeldPair held = store.load(known);
        known = held;
        return held;
    }

    private void requireAccepted(HeldPair held) {
        if (held.pair().isRefusedAt(clock.instant())) {
            throw refusal(held, AmocrmText.AS_BEFORE, null);
        }
    }

    private AmocrmException.NotAuthorised refusal(HeldPair held, Text reason, @Nullable Response answer) {
        TokenPair pair = held.pair();
        Instant end = pair.expiresAt();
        Text detail = end != null && pair.expiresBefore(clock.instant())
                ? AmocrmText.AND_ENDED.with(reason, end.toString().substring(0, 10))
                : reason;
        if (pair.refresh() == null) {
            return new AmocrmException.NotAuthorised(
                    AmocrmText.ACCESS_TOKEN_REFUSED.with(detail), AmocrmText.ACCESS_TOKEN_REFUSED_REMEDY, answer);
        }
        return isRenewable(held)
                ? new AmocrmException.NotAuthorised(
                        AmocrmText.TOKENS_REFUSED.with(detail), AmocrmText.TOKENS_REFUSED_REMEDY, answer)
                : new AmocrmException.NotAuthorised(
                        AmocrmText.SETTINGS_TOKEN_REFUSED.with(detail),
                        AmocrmText.SETTINGS_TOKEN_REFUSED_REMEDY,
                        answer);
    }

    /**
     * How the tokens in use are, whichever process got them.
     *
     * @throws AmocrmException.NotAuthorised if they are sealed with another key
     */
    public TokenState state() {
        TokenPair pair = current().pair();
        return new TokenState(
                pair.access() != null, pair.isRefusedAt(clock.instant()), pair.refresh() != null, pair.expiresAt());
    }

    /** True if the access token ends soon and can be renewed. */
    public boolean isRefreshDue() {
        return isDue(current());
    }

    private boolean isDue(HeldPair held) {
        return isRenewable(held) && held.pair().expiresBefore(clock.instant().plus(AHEAD));
    }

    private boolean isRenewable(HeldPair held) {
        return held.pair().refresh() != null && mayBeStored(held);
    }

    private boolean mayBeStored(HeldPair held) {
        return held.isStored() || !check;
    }

    /** True if amoCRM refused the access token and another one can be had. */
    public boolean mayBeOutdated(@Body Response answer) {
        return answer instanceof Response.NotAuthorised && isRenewable(current());
    }

    /**
     * Takes the account's lease, waiting for it, and looks again: another process may have renewed the tokens.
     *
     * @param used     the tokens of the request that was refused; null if there was none
     * @param exchange whose lease it is
     * @return the request for a new pair, or null if there is one already
     * @throws AmocrmException.NotAuthorised if amoCRM has refused the tokens before
     */
    public @Nullable AmocrmRequest refreshRequest(
            @ExchangeProperty(AmocrmClient.TOKENS) @Nullable TokenPair used, @Simple("${exchangeId}") String exchange)
            throws InterruptedException {
        long notAfter = lease.take(exchange);
        HeldPair held = current();
        requireAccepted(held);
        boolean renewed =
                used == null || !Objects.equals(used.access(), held.pair().access());
        if (!isRenewable(held) || renewed && !isDue(held)) {
            return null;
        }
        return AmocrmRequest.tokens(request("refresh_token")
                        .put("refresh_token", held.pair().refresh()))
                .notAfter(notAfter);
    }

    /** Takes the account's lease and makes the request for the first pair from the code that amoCRM shows to the account's owner. */
    public AmocrmRequest authorisationRequest(@Body String code, @Simple("${exchangeId}") String exchange)
            throws InterruptedException {
        long notAfter = lease.take(exchange);
        return AmocrmRequest.tokens(request("authorization_code").put("code", code))
                .notAfter(notAfter);
    }

    private ObjectNode request(String grant) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("client_id", integration.clientId())
                .put("client_secret", integration.clientSecret())
                .put("grant_type", grant)
                .put("redirect_uri", integration.redirectUri());
    }

    /**
     * Stores the new pair, before anything is asked with it.
     *
     * @throws AmocrmException.NotAuthorised if amoCRM refuses for good; then no request follows
     * @throws AmocrmException               for any other failure; the old refresh token stays
     */
    public void store(@Body Response response, @ExchangeProperty(AmocrmClient.SENT) AmocrmRequest request) {
        if (response instanceof Response.NotSent) {
            throw new AmocrmException.Transient(
                    Explanation.of(AmocrmText.NO_RATE_FOR_TOKENS, AmocrmText.TRY_AGAIN), null);
        }
        JsonNode asked = Objects.requireNonNull(request.body(), "a request for tokens has a body");
        String refresh = asked.path("refresh_token").textValue();
        response.match(usable -> usable, failed -> {
                    throw AmocrmException.of(request, failed, answer -> refused(answer, answer.detail(), refresh));
                })
                .handle(
                        success -> keep(success.body(), refresh, request),
                        noContent -> keep(noContent.body(), refresh, request),
                        refused -> {
                            throw refused(refused, refused.detail(), refresh);
                        },
                        ambiguous -> {
                            throw AmocrmException.away(request, new Response.Unavailable(ambiguous.detail()));
                        },
                        Response.NotSent::unexpected);
    }

    private void keep(JsonNode body, String refresh, AmocrmRequest request) {
        if (!body.path("access_token").isTextual()
                || !body.path("refresh_token").isTextual()) {
            throw AmocrmException.away(request, new Response.Unavailable(AmocrmText.ANSWER_WITHOUT_TOKENS));
        }
        Instant expires = clock.instant().plusSeconds(body.path("expires_in").asLong(0));
        TokenPair pair = new TokenPair(
                body.path("access_token").asText(), body.path("refresh_token").asText(), refresh, expires, null);
        if (refresh == null) {
            known = store.authorised(pair);
        } else {
            HeldPair held = current();
            if (!isPairOf(refresh, held) && !held.pair().isRefusedAt(clock.instant())) {
                LOG.warn("While this process waited for new tokens of amoCRM, another one got some; those are used");
                return;
            }
            known = store.save(held, pair);
        }
        LOG.info("New tokens of amoCRM, good until {}", ClinicTime.of(expires, clock.getZone()));
    }

    private static boolean isPairOf(String refresh, HeldPair held) {
        return refresh.equals(held.pair().refresh());
    }

    private AmocrmException refused(Response answer, String detail, String refresh) {
        if (refresh == null) {
            return new AmocrmException.NotAuthorised(
                    AmocrmText.CODE_REFUSED.with(detail), AmocrmText.CODE_REFUSED_REMEDY, answer);
        }
        HeldPair held = current();
        if (!isPairOf(refresh, held)) {
            return new AmocrmException.Transient(
                    Explanation.of(AmocrmText.REFRESH_UNKNOWN.with(detail), AmocrmText.REFRESH_UNKNOWN_REMEDY), answer);
        }
        if (held.pair().previousRefresh() != null) {
            known = store.save(held, held.pair().withPreviousRefresh());
            return new AmocrmException.Transient(
                    Explanation.of(AmocrmText.NEWEST_UNKNOWN.with(detail), AmocrmText.NEWEST_UNKNOWN_REMEDY), answer);
        }
        known = store.save(held, held.pair().refusedUntil(FOR_GOOD));
        return refusal(held, Text.of(detail), answer);
    }

    /** amoCRM refused the access token, and a new one too, if there could be one: no request for some time. */
    AmocrmException.NotAuthorised refused(TokenPair used, Response.NotAuthorised answer) {
        HeldPair held = current();
        if (Objects.equals(used.access(), held.pair().access()) && mayBeStored(held)) {
            known = store.save(held, held.pair().refusedUntil(clock.instant().plus(REFUSAL_KEPT)));
        }
        return refusal(held, Text.of(answer.detail()), answer);
    }

    /** Gives the lease back, however the renewal ended. */
    public void release(@Simple("${exchangeId}") String exchange) {
        lease.giveBack(exchange);
    }
}
