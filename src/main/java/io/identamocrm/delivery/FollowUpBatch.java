package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.FollowUp.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks, or notes, that go to amoCRM in one request: the body of route {@code follow-up-batch}. */
public final class FollowUpBatch {

    private final FollowUpRound round;
    private final List<FollowUpItem> items;
    private final long sendBefore;
    private final Response.@Nullable Usable response;

    private FollowUpBatch(
            FollowUpRound round, List<FollowUpItem> items, long sendBefore, Response.@Nullable Usable response) {
        this.round = round;
        this.items = List.copyOf(items);
        this.sendBefore = sendBefore;
        this.response = response;
    }

    static FollowUpBatch of(FollowUpRound round, List<FollowUpItem> items) {
        return new FollowUpBatch(round, items, 0, null);
    }

    FollowUpBatch noted(long until) {
        return new FollowUpBatch(round, items, until, response);
    }

    FollowUpBatch answered(Response.Usable answer) {
        return new FollowUpBatch(round, items, sendBefore, answer);
    }

    FollowUpRound round() {
        return round;
    }

    List<FollowUpItem> items() {
        return items;
    }

    Kind kind() {
        return items.get(0).what().kind();
    }

    long sendBefore() {
        return sendBefore;
    }

    /** What amoCRM answered; null before. */
    Response.@Nullable Usable response() {
        return response;
    }

    /** True if amoCRM says that it has made all of them. */
    public boolean isConfirmed() {
        return response != null
                && response.match(
                        success -> made(success.body()) == items.size(),
                        none -> false,
                        refused -> false,
                        ambiguous -> false,
                        notSent -> false);
    }

    private static int made(JsonNode body) {
        JsonNode embedded = body.path("_embedded");
        return embedded.elements().hasNext() ? embedded.elements().next().size() : 0;
    }

    /** True if amoCRM refused the batch as a whole. */
    public boolean isRefused() {
        return response instanceof Response.Refused;
    }

    /** True if it surely was not sent, since it could not go in time. */
    public boolean isNotSent() {
        return response instanceof Response.NotSent;
    }

    /** True if the answer does not tell whether all of them were made. */
    public boolean isUnclear() {
        return response != null && !isConfirmed() && !isRefused() && !isNotSent();
    }

    /** Kind and size. */
    @Override
    public String toString() {
        return "FollowUpBatch[" + kind() + ", " + items.size() + "]";
    }
}
