package io.identamocrm.amocrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.state.Timing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.apache.camel.component.http.HttpMethods;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beans' side of routes {@code amocrm-api} and {@code amocrm-request}: a request goes out within the rate limit, a classified response
 * comes back.
 */
public final class AmocrmClient {

    /** Exchange property: the {@link AmocrmRequest} that was sent last. */
    static final String SENT = "amocrmSent";
    /** Exchange property: the {@link TokenPair} it was sent with. */
    static final String TOKENS = "amocrmTokens";

    /** Exchange property: the {@link AmocrmRequest} that went and must not go again with new tokens. */
    private static final String SENT_ONCE = "amocrmSentOnce";

    /** Exchange property: the {@link AccountRateLimit.Turn} of the attempt. */
    private static final String TURN = "amocrmTurn";

    private static final Logger LOG = LoggerFactory.getLogger(AmocrmClient.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Camel counts attempts in these headers; without them a failed request would be tried again for ever. */
    private static final String REDELIVERY = "CamelRedeliver*";

    private final AccountTokens tokens;
    private final AccountRateLimit limit;
    private final Clock clock;
    private final Timing timing;
    private final RequestListener listener;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong waitedNanos = new AtomicLong();

    /**
     * The client of one account.
     *
     * @param tokens the account's tokens
     * @param limit  the account's rate limit
     * @param clock  used when amoCRM does not tell its time
     * @param timing tells how long requests wait
     * @param listener called with every request
     */
    public AmocrmClient(
            AccountTokens tokens, AccountRateLimit limit, Clock clock, Timing timing, RequestListener listener) {
        this.tokens = tokens;
        this.limit = limit;
        this.clock = clock;
        this.timing = timing;
        this.listener = listener;
    }

    /** Requests sent by this process so far. */
    public long requests() {
        return requests.get();
    }

    /** How long this process has waited for the account's rate limit so far. */
    public Duration waited() {
        return Duration.ofNanos(waitedNanos.get());
    }

    /**
     * Waits until the account may be asked once more.
     *
     * @param background true for long runs, which let the others go first; null counts as false
     * @throws AmocrmException.Paused if that would take too long
     */
    public void awaitRateLimit(@ExchangeProperty("background") @Nullable Boolean background, Exchange exchange)
            throws InterruptedException {
        long before = timing.nanos();
        exchange.setProperty(TURN, limit.acquire(Boolean.TRUE.equals(background)));
        long waited = timing.nanos() - before;
        waitedNanos.addAndGet(waited);
        listener.waited(Duration.ofNanos(waited));
    }

    /** True if the request must not go any more: too late, or it had its attempt. */
    public boolean isTooLate(Exchange exchange) {
        AmocrmRequest request = exchange.getMessage().getBody(AmocrmRequest.class);
        return request.notAfter() != null
                && (timing.nanos() - request.notAfter() > 0 || !request.isForTokens() && hadItsAttempt(exchange));
    }

    private static boolean hadItsAttempt(Exchange exchange) {
        // The circuit breaker drops the properties of a failed attempt, but not Camel's count of them.
        return exchange.getProperty(SENT_ONCE) == exchange.getMessage().getBody()
                || exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) > 0;
    }

    /** Body {@link AmocrmRequest} that must not go any more → body {@link Response}. */
    public Response notSent(@Body AmocrmRequest request) {
        LOG.debug("{} -> not sent", request);
        return new Response.NotSent();
    }

    /** Body {@link AmocrmRequest} → the HTTP step's headers and bytes. */
    public void prepare(Exchange exchange) throws JsonProcessingException {
        AmocrmRequest request = exchange.getMessage().getBody(AmocrmRequest.class);
        exchange.setProperty(SENT, request);
        if (request.notAfter() != null && !request.isForTokens()) {
            exchange.setProperty(SENT_ONCE, request);
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*", REDELIVERY);
        // As the component's own type: of a text it would ask every converter of Camel's, at each request.
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(request.method()));
        message.setHeader(Exchange.HTTP_PATH, request.path());
        message.setHeader("Accept", "application/json");
        if (!request.isForTokens()) {
            TokenPair pair = tokens.forRequest();
            exchange.setProperty(TOKENS, pair);
            message.setHeader("Authorization", "Bearer " + pair.access());
        }
        if (request.query() != null) {
            message.setHeader(Exchange.HTTP_QUERY, request.query());
        }
        if (request.body() == null) {
            message.setBody(null);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(JSON.writeValueAsBytes(request.body()));
        }
        requests.incrementAndGet();
    }

    /** The HTTP step's result → body {@link Response}. */
    public void classify(Exchange exchange) {
        AmocrmRequest request = exchange.getProperty(SENT, AmocrmRequest.class);
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        listener.answered(request.kind(), status);
        String requestId = message.getHeader("X-Request-Id", String.class);
        Response answer;
        // What it was spooled to, if it was very long, goes with it.
        try (InputStream body = message.getBody(InputStream.class)) {
            answer = ResponseClassifier.classify(
                    request,
                    status,
                    body,
                    message.getHeader("Retry-After", String.class),
                    requestId,
                    serverTime(message.getHeader("Date", String.class)));
        } catch (TypeConversionException | IOException e) {
            answer = ResponseClassifier.classify(request, e);
        }
        LOG.debug(
                "{} -> {} {}{}",
                request,
                status,
                answer.getClass().getSimpleName(),
                requestId == null ? "" : ", request " + requestId);
        pass(answer, exchange);
    }

    /** The HTTP step's exception → body {@link Response}. */
    public void classifyFailure(Exchange exchange) {
        AmocrmRequest request = exchange.getProperty(SENT, AmocrmRequest.class);
        Response answer =
                ResponseClassifier.classify(request, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        listener.answered(request.kind(), 0);
        LOG.debug("{} -> {}", request, answer);
        pass(answer, exchange);
    }

    private void pass(Response answer, Exchange exchange) {
        AccountRateLimit.Turn turn = exchange.getProperty(TURN, AccountRateLimit.Turn.class);
        if (turn != null) {
            limit.answered(turn);
        }
        exchange.getMessage().removeHeaders("*", REDELIVERY);
        exchange.getMessage().setBody(answer);
        if (answer instanceof Response.RateLimited over) {
            limit.pause(over.retryAfter());
        }
    }

    /**
     * Lets the responses pass that a caller can go on with.
     *
     * @throws AmocrmException for every other one
     */
    public Response.Usable requireUsable(
            @Body Response response,
            @ExchangeProperty(SENT) AmocrmRequest request,
            @ExchangeProperty(TOKENS) TokenPair used) {
        return response.match(usable -> usable, failed -> {
            throw AmocrmException.of(request, failed, refused -> tokens.refused(used, refused));
        });
    }

    private Instant serverTime(String date) {
        try {
            return date == null ? clock.instant() : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeParseException e) {
            return clock.instant();
        }
    }
}
