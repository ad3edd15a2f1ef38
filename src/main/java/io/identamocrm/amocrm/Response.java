package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a response of amoCRM, or its absence, means (amoCRM facts, section 3). Classified once, by {@link ResponseClassifier}; everybody
 * else works with these. Whoever decides by the kind does so with {@code match} or {@code handle}, which name all kinds: a new one breaks
 * the compile everywhere a decision is needed.
 */
public sealed interface Response {

    /** Goes on with the response, or ends the request. */
    <T> T match(Function<Usable, T> usable, Function<Failed, T> failed);

    /** One that a caller can go on with: the only ones that a {@link RequestSequence} gets. */
    sealed interface Usable extends Response {

        /** The value for the kind that this one is of. */
        <T> T match(
                Function<Success, T> success,
                Function<NoContent, T> noContent,
                Function<Refused, T> refused,
                Function<Ambiguous, T> ambiguous,
                Function<NotSent, T> notSent);

        /** Does what is to be done about the kind that this one is of. */
        default void handle(
                Consumer<Success> success,
                Consumer<NoContent> noContent,
                Consumer<Refused> refused,
                Consumer<Ambiguous> ambiguous,
                Consumer<NotSent> notSent) {
            match(
                    asFunction(success),
                    asFunction(noContent),
                    asFunction(refused),
                    asFunction(ambiguous),
                    asFunction(notSent));
        }

        /** What amoCRM has sent of what was asked for; a missing node if that is nothing. */
        JsonNode body();

        @Override
        default <T> T match(Function<Usable, T> usable, Function<Failed, T> failed) {
            return usable.apply(this);
        }

        private static <R> Function<R, Void> asFunction(Consumer<R> consumer) {
            return response -> {
                consumer.accept(response);
                return null;
            };
        }
    }

    /** One that ends the request; the client makes an {@link AmocrmException} of it. */
    sealed interface Failed extends Response {

        /** The value for the kind that this one is of. */
        <T> T match(
                Function<NotAuthorised, T> notAuthorised,
                Function<Blocked, T> blocked,
                Function<RateLimited, T> rateLimited,
                Function<Unavailable, T> unavailable);

        @Override
        default <T> T match(Function<Usable, T> usable, Function<Failed, T> failed) {
            return failed.apply(this);
        }
    }

    /**
     * Success with a body.
     *
     * @param body       the JSON
     * @param serverTime amoCRM's clock
     */
    record Success(JsonNode body, Instant serverTime) implements Usable {

        @Override
        public <T> T match(
                Function<Success, T> success,
                Function<NoContent, T> noContent,
                Function<Refused, T> refused,
                Function<Ambiguous, T> ambiguous,
                Function<NotSent, T> notSent) {
            return success.apply(this);
        }

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
    record NoContent(Instant serverTime) implements Usable {

        @Override
        public <T> T match(
                Function<Success, T> success,
                Function<NoContent, T> noContent,
                Function<Refused, T> refused,
                Function<Ambiguous, T> ambiguous,
                Function<NotSent, T> notSent) {
            return noContent.apply(this);
        }

        @Override
        public JsonNode body() {
            return MissingNode.getInstance();
        }
    }

    /**
     * The whole request was refused; nothing was written, if amoCRM keeps to its word.
     *
     * @param items  what amoCRM says of single items; empty if it names none
     * @param detail amoCRM's own words for the whole, at most a line
     */
    record Refused(List<RefusedItem> items, String detail) implements Usable {

        @Override
        public <T> T match(
                Function<Success, T> success,
                Function<NoContent, T> noContent,
                Function<Refused, T> refused,
                Function<Ambiguous, T> ambiguous,
                Function<NotSent, T> notSent) {
            return refused.apply(this);
        }

        @Override
        public JsonNode body() {
            return MissingNode.getInstance();
        }
    }

    /** No usable answer to a write that may have happened. */
    record Ambiguous(String detail) implements Usable {

        @Override
        public <T> T match(
                Function<Success, T> success,
                Function<NoContent, T> noContent,
                Function<Refused, T> refused,
                Function<Ambiguous, T> ambiguous,
                Function<NotSent, T> notSent) {
            return ambiguous.apply(this);
        }

        @Override
        public JsonNode body() {
            return MissingNode.getInstance();
        }
    }

    /** Surely not done: it could not go before {@link AmocrmRequest#notAfter}, or would have gone twice. To be looked at and made anew. */
    record NotSent() implements Usable {

        @Override
        public <T> T match(
                Function<Success, T> success,
                Function<NoContent, T> noContent,
                Function<Refused, T> refused,
                Function<Ambiguous, T> ambiguous,
                Function<NotSent, T> notSent) {
            return notSent.apply(this);
        }

        @Override
        public JsonNode body() {
            return MissingNode.getInstance();
        }

        /**
         * For those whose requests may go at any time.
         *
         * @throws IllegalStateException always
         */
        // It never returns, so it fits wherever an answer is made something of.
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> T unexpected() {
            throw new IllegalStateException("Not sent, though it may go at any time");
        }
    }

    /** The token is not accepted. */
    record NotAuthorised(String detail) implements Failed {

        @Override
        public <T> T match(
                Function<NotAuthorised, T> notAuthorised,
                Function<Blocked, T> blocked,
                Function<RateLimited, T> rateLimited,
                Function<Unavailable, T> unavailable) {
            return notAuthorised.apply(this);
        }
    }

    /**
     * The account or our address is blocked, has no rights, or is not paid for.
     *
     * @param unpaid true if amoCRM says that it is not paid for
     * @param onTheWay what is wrong and what to do, if somebody on the way and not amoCRM refuses us; else null
     */
    record Blocked(boolean unpaid, String detail, @Nullable Explanation onTheWay) implements Failed {

        /** By amoCRM. */
        public Blocked(boolean unpaid, String detail) {
            this(unpaid, detail, null);
        }

        /** By somebody on the way. */
        Blocked(Explanation onTheWay) {
            this(false, onTheWay.fault(), onTheWay);
        }

        @Override
        public <T> T match(
                Function<NotAuthorised, T> notAuthorised,
                Function<Blocked, T> blocked,
                Function<RateLimited, T> rateLimited,
                Function<Unavailable, T> unavailable) {
            return blocked.apply(this);
        }
    }

    /**
     * Too many requests; surely not done.
     *
     * @param retryAfter the pause amoCRM asks for, or null
     */
    record RateLimited(@Nullable Duration retryAfter) implements Failed {

        @Override
        public <T> T match(
                Function<NotAuthorised, T> notAuthorised,
                Function<Blocked, T> blocked,
                Function<RateLimited, T> rateLimited,
                Function<Unavailable, T> unavailable) {
            return rateLimited.apply(this);
        }
    }

    /**
     * amoCRM or the way to it is down; a write was surely not done.
     *
     * @param what   what shows it
     * @param advice what to do about it
     */
    record Unavailable(Text what, @Nullable Text advice) implements Failed {

        /** One that passes by itself, as a rule. */
        public Unavailable(Text what) {
            this(what, AmocrmText.ASK_SUPPORT);
        }

        /** The same, shown by an answer as it came. */
        public Unavailable(String what) {
            this(Text.of(what));
        }

        @Override
        public <T> T match(
                Function<NotAuthorised, T> notAuthorised,
                Function<Blocked, T> blocked,
                Function<RateLimited, T> rateLimited,
                Function<Unavailable, T> unavailable) {
            return unavailable.apply(this);
        }
    }

    /**
     * What is wrong with an item of a batch; there may be several of one item.
     *
     * @param requestId the item's {@code request_id}
     * @param code      amoCRM's code, such as {@code NotSupportedChoice}
     * @param path      the member refused, such as {@code custom_fields_values.1.values.0.value}
     */
    record RefusedItem(String requestId, String code, String path) {}
}
