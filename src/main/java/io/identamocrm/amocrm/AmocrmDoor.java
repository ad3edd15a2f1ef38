package io.identamocrm.amocrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two sides of the HTTP step of route {@code amocrm-api}: request in, classified answer out. */
public final class AmocrmDoor {

    private static final Logger LOG = LoggerFactory.getLogger(AmocrmDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REQUEST = "amocrmRequest";
    /** Camel counts attempts in these headers; without them a failed request would be tried again for ever. */
    private static final String REDELIVERY = "CamelRedeliver*";

    private final AccessToken token;
    private final Clock clock;
    private final AtomicLong requests = new AtomicLong();

    /**
     * The door of one account.
     *
     * @param token gives the bearer token for each request
     * @param clock used when amoCRM does not tell its time
     */
    public AmocrmDoor(AccessToken token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    /** Requests sent by this process so far. */
    public long requests() {
        return requests.get();
    }

    /** Body {@link AmocrmRequest} → the HTTP step's headers and bytes. */
    public void prepare(Exchange exchange) throws JsonProcessingException {
        AmocrmRequest request = exchange.getMessage().getBody(AmocrmRequest.class);
        exchange.setProperty(REQUEST, request);
        Message message = exchange.getMessage();
        message.removeHeaders("*", REDELIVERY);
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setHeader(Exchange.HTTP_PATH, request.path());
        message.setHeader("Authorization", "Bearer " + token.bearer());
        message.setHeader("Accept", "application/json");
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

    /**
     * The HTTP step's result → body {@link Answer}, if it is one to go on with.
     *
     * @throws AmocrmException for every other answer
     */
    public void classify(Exchange exchange) {
        AmocrmRequest request = exchange.getProperty(REQUEST, AmocrmRequest.class);
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String requestId = message.getHeader("X-Request-Id", String.class);
        Answer answer;
        try {
            answer = AnswerClassifier.classify(request, status, message.getBody(String.class),
                    message.getHeader("Retry-After", String.class), serverTime(message.getHeader("Date", String.class)));
        } catch (TypeConversionException e) {
            answer = AnswerClassifier.classify(request, e);
        }
        LOG.debug("{} -> {} {}{}", request, status, answer.getClass().getSimpleName(), requestId == null ? "" : ", id " + requestId);
        settle(exchange, request, answer);
    }

    /** The HTTP step's exception → the {@link AmocrmException} of its meaning. */
    public void classifyFailure(Exchange exchange) {
        AmocrmRequest request = exchange.getProperty(REQUEST, AmocrmRequest.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Answer answer = AnswerClassifier.classify(request, failure);
        LOG.debug("{} -> {}", request, answer);
        settle(exchange, request, answer);
    }

    private static void settle(Exchange exchange, AmocrmRequest request, Answer answer) {
        exchange.getMessage().removeHeaders("*", REDELIVERY);
        exchange.getMessage().setBody(answer);
        if (answer instanceof Answer.OverRate over) {
            throw new AmocrmException.Transient("amoCRM says there are too many requests" + (over.retryAfter() == null ? ""
                    : " and asks for a pause of " + over.retryAfter().toSeconds() + " s"), over);
        }
        if (answer instanceof Answer.Unavailable away) {
            throw new AmocrmException.Transient(request + ": " + away.detail(), away);
        }
        if (answer instanceof Answer.Blocked blocked) {
            throw new AmocrmException.Blocked("amoCRM has blocked the account or our address, or it is not paid for (" + blocked.detail()
                    + "); look into amoCRM's settings or ask its support", blocked);
        }
        if (answer instanceof Answer.NotAuthorised refused) {
            throw new AmocrmException.NotAuthorised("amoCRM does not accept the access token (" + refused.detail()
                    + "); issue a new one in the integration's settings and set AMOCRM_ACCESS_TOKEN", refused);
        }
    }

    private Instant serverTime(String date) {
        try {
            return date == null ? clock.instant() : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeParseException e) {
            return clock.instant();
        }
    }
}
