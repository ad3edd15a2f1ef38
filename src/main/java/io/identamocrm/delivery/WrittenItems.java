package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.Response;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items that the answer to a batch names. */
final class WrittenItems {

    private final JsonNode list;
    private final long seconds;
    private final Map<Integer, JsonNode> byRequest = new HashMap<>();
    private final Map<Long, JsonNode> byId = new HashMap<>();

    WrittenItems(Response.Success done) {
        JsonNode embedded = done.body().path("_embedded");
        list = done.body().isArray()
                ? done.body()
                : embedded.elements().hasNext() ? embedded.elements().next() : embedded;
        seconds = done.serverTime().getEpochSecond();
        for (JsonNode item : list) {
            JsonNode requestId =
                    item.path("request_id").isArray() ? item.path("request_id").path(0) : item.path("request_id");
            byRequest.put(requestId.asInt(-1), item);
            byId.put(item.path("id").asLong(), item);
        }
    }

    /** The item of a write, or null if there is none; amoCRM answers links without telling them apart. */
    @Nullable
    JsonNode item(Write write, int index) {
        return write.kind.isCreation() ? byRequest.get(index) : write.kind.isChange() ? byId.get(write.key()) : list;
    }

    /** How many of a batch's writes it names. */
    static int count(Response.Usable answer, WriteBatch batch) {
        int named = 0;
        if (answer instanceof Response.Success done) {
            WrittenItems items = new WrittenItems(done);
            for (int i = 0; i < batch.writes().size(); i++) {
                JsonNode item = items.item(batch.writes().get(i), i);
                named += item == null || item.isEmpty() ? 0 : 1;
            }
        }
        return named;
    }

    /** amoCRM's clock, seconds since 1970. */
    long seconds() {
        return seconds;
    }
}
