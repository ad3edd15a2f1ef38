package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an answer of amoCRM, or its absence, means (amoCRM facts, section 3). Classified once, by {@link ResponseClassifier}; everybody else
 * works with these.
 */
public sealed interface Response {

    /**
     * Success with a body.
     *
     * @param body       the JSON
     * @param serverTime amoCRM's clock
     */
    record Success(JsonNode body, Instant serverTime) implements Response {
        @Override
        public String toString() {
            return "Success";
        }
    }

    /**
     * Success without a body: an empty list, or no such entity.
     *
     * @param serverTime amoCRM's clock
     */
    record NoContent(Instant serverTime) implements Response {
    }

    /**
     * The whole request was refused; nothing was written, if amoCRM keeps to its word.
     *
     * @param items  what amoCRM says of single items; empty if it names none
     * @param detail amoCRM's own words for the whole, at most a line
     */
    record Refused(List<RefusedItem> items, String detail) implements Response {
    }

    /** The token is not accepted. */
    record NotAuthorised(String detail) implements Response {
    }

    /**
     * The account or our address is blocked, has no rights, or is not paid for.
     *
     * @param unpaid true if amoCRM says that it is not paid for
     */
    record Blocked(boolean unpaid, String detail) implements Response {
    }

    /**
     * Too many requests; surely not done.
     *
     * @param retryAfter the pause amoCRM asks for, or null
     */
    record RateLimited(Duration retryAfter) implements Response {
    }

    /**
     * amoCRM or the way to it is down; a write was surely not done.
     *
     * @param detail what shows it
     * @param remedy what to do about it
     */
    record Unavailable(String detail, String remedy) implements Response {

        /** One that passes by itself, as a rule. */
        public Unavailable(String detail) {
            this(detail, "wait and try again, and ask amoCRM's support if it lasts");
        }
    }

    /** No usable answer to a write that may have happened. */
    record Ambiguous(String detail) implements Response {
    }

    /**
     * One refused item of a batch.
     *
     * @param requestId the item's {@code request_id}
     * @param code      amoCRM's code, such as {@code NotSupportedChoice}
     * @param path      the member refused, such as {@code custom_fields_values.1.values.0.value}
     */
    record RefusedItem(String requestId, String code, String path) {
    }
}
