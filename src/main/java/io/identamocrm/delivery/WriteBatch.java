package io.identamocrm.delivery;

import io.identamocrm.amocrm.Response;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.state.Intents;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one kind that go to amoCRM in one request: the body of routes {@code write-batch} and those it calls. Each step of the routes
 * makes the next one of it.
 */
public final class WriteBatch {

    private static final Intents.Open NOTHING = new Intents.Open(Map.of(), Map.of(), Map.of());

    private final WriteBuffer buffer;
    private final List<Write> writes;
    private final Intents.Open intents;
    private final long sendBefore;
    private final Response.@Nullable Usable response;
    private final @Nullable UnconfirmedCreations search;

    private WriteBatch(
            WriteBuffer buffer,
            List<Write> writes,
            Intents.Open intents,
            long sendBefore,
            Response.@Nullable Usable response,
            @Nullable UnconfirmedCreations search) {
        this.buffer = buffer;
        this.writes = List.copyOf(writes);
        this.intents = intents;
        this.sendBefore = sendBefore;
        this.response = response;
        this.search = search;
    }

    /** A batch as the buffer gives it out. */
    static WriteBatch of(WriteBuffer buffer, List<Write> writes) {
        return new WriteBatch(buffer, writes, NOTHING, 0, null, null);
    }

    /** The batch with only those writes that may still be sent. */
    WriteBatch keeping(List<Write> kept) {
        return new WriteBatch(buffer, kept, intents, sendBefore, response, search);
    }

    /** The batch whose intents are on record, with the right to be sent until then. */
    WriteBatch noted(Intents.Open noted, long until) {
        return new WriteBatch(buffer, writes, noted, until, response, search);
    }

    /** The batch with what amoCRM answered to the last request about it. */
    WriteBatch answered(Response.Usable answer) {
        return new WriteBatch(buffer, writes, intents, sendBefore, answer, search);
    }

    /** The batch whose creations are looked for. */
    WriteBatch searched(UnconfirmedCreations begun) {
        return new WriteBatch(buffer, writes, intents, sendBefore, response, begun);
    }

    /** The buffer that gave it out. */
    public WriteBuffer buffer() {
        return buffer;
    }

    /** True if anything is left to be sent. */
    public boolean hasWrites() {
        return !writes.isEmpty();
    }

    /** True if it changes or links what is there: then amoCRM is asked what it holds now before the batch is sent. */
    public boolean isChange() {
        return !isCreation();
    }

    /** True if amoCRM says that the batch was written, though it may not mention every item. */
    public boolean isConfirmed() {
        return response != null
                && response.match(
                        success -> true, none -> true, refused -> false, ambiguous -> false, notSent -> false);
    }

    /** True if amoCRM refused the batch as a whole. */
    public boolean isRefused() {
        return response != null
                && response.match(
                        success -> false, none -> false, refused -> true, ambiguous -> false, notSent -> false);
    }

    /** True if amoCRM's answer does not tell whether the batch was written. */
    public boolean isUnclear() {
        return response != null
                && response.match(
                        success -> false, none -> false, refused -> false, ambiguous -> true, notSent -> false);
    }

    /** True if the batch surely was not written, since it could not go in time. */
    public boolean isNotSent() {
        return response instanceof Response.NotSent;
    }

    /** True if it creates something, which must never be sent twice. */
    public boolean isCreation() {
        return kind().isCreation();
    }

    /** True if it creates something and holds more than one item, so that some may have been written where amoCRM says that none was. */
    public boolean isCreationOfSeveral() {
        return isCreation() && writes.size() > 1;
    }

    /**
     * The search for its creations.
     *
     * @throws IllegalStateException before it has begun
     */
    public UnconfirmedCreations search() {
        if (search == null) {
            throw new IllegalStateException("The creations of " + this + " are not looked for yet");
        }
        return search;
    }

    /** What all its writes do; only while it has some. */
    Kind kind() {
        return writes.get(0).kind;
    }

    /** In the order of the request's items. */
    List<Write> writes() {
        return writes;
    }

    /** The ids of the deals or contacts that it is about. */
    Set<Long> keys() {
        Set<Long> keys = new HashSet<>();
        writes.forEach(write -> keys.add(write.key()));
        return keys;
    }

    /** What stands on record as about to be done. */
    Intents.Open intents() {
        return intents;
    }

    /** Until when it may begin to be sent, nanoseconds of the process's clock. */
    long sendBefore() {
        return sendBefore;
    }

    /** What amoCRM last answered; null before. */
    Response.@Nullable Usable response() {
        return response;
    }

    /**
     * amoCRM's refusal of the batch as a whole.
     *
     * @throws IllegalStateException if it has answered anything else
     */
    Response.Refused refusal() {
        if (response instanceof Response.Refused refused) {
            return refused;
        }
        throw new IllegalStateException(this + " was not refused but answered with " + response);
    }

    /** Its writes that did not happen as far as we know: all but those that the search, if there was one, has seen. */
    List<Write> absent() {
        return writes.stream()
                .filter(write -> search == null || !search.hasSeen(write))
                .toList();
    }

    /** Kind and size, without what is written. */
    @Override
    public String toString() {
        return "WriteBatch[" + (hasWrites() ? kind() : "nothing") + ", " + writes.size() + "]";
    }
}
