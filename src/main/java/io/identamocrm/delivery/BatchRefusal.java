package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.account.AccountSetup.Tools;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.model.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What becomes of a batch that amoCRM refused as a whole. */
public final class BatchRefusal {

    private final AccountSetup account;

    /**
     * Refusals of one account.
     *
     * @param account knows the names of its fields, once a run is under way
     */
    public BatchRefusal(AccountSetup account) {
        this.account = account;
    }

    /**
     * The items that amoCRM names fail, and the rest goes again. If it names none, the batch goes again in halves, and fails when it is
     * down to one item. What the search for creations has seen is left out.
     */
    public void failNamedOrHalve(WriteBatch batch) {
        Response.Refused refused = (Response.Refused) batch.response();
        Map<Integer, RefusedItem> named = named(refused, batch.writes().size());
        List<Write> absent = batch.absent();
        if (named.isEmpty() && batch.writes().size() > 1) {
            List<Write> first = absent.subList(0, absent.size() / 2);
            List<Write> second = absent.subList(absent.size() / 2, absent.size());
            Stream.of(second, first).filter(half -> !half.isEmpty()).forEach(batch.buffer()::sendNext);
            return;
        }
        List<Write> rest = new ArrayList<>();
        for (int i = 0; i < batch.writes().size(); i++) {
            Write write = batch.writes().get(i);
            RefusedItem item = named.get(i);
            if (!absent.contains(write)) {
                continue;
            }
            if (item != null) {
                batch.buffer().fail(write, new Failure(write.failureAt(item.path()), item.code() + " at " + fieldAt(write, item.path())));
            } else if (named.isEmpty()) {
                batch.buffer().fail(write, new Failure(write.failureAt(""), refused.detail()));
            } else {
                rest.add(write);
            }
        }
        if (!rest.isEmpty()) {
            batch.buffer().sendNext(rest);
        }
    }

    /** What amoCRM says of items of ours, by their place in the batch; the first word on each counts. */
    private static Map<Integer, RefusedItem> named(Response.Refused refused, int size) {
        Map<Integer, RefusedItem> named = new HashMap<>();
        for (RefusedItem item : refused.items()) {
            if (item.requestId().matches("\\d{1,4}") && Integer.parseInt(item.requestId()) < size) {
                named.putIfAbsent(Integer.parseInt(item.requestId()), item);
            }
        }
        return named;
    }

    /** amoCRM names a position in what we sent; people need the field's name. */
    private String fieldAt(Write write, String path) {
        Tools tools = account.tools();
        JsonNode at = write.body(tools.bodies());
        for (String step : path.split("\\.")) {
            at = step.matches("\\d{1,4}") ? at.path(Integer.parseInt(step)) : at.path(step);
            if (at.has("field_id")) {
                boolean ofContact = path.startsWith("_embedded") || write.kind.ofContact();
                return tools.formats().nameOf(at.path("field_id").asLong(), ofContact);
            }
        }
        return path.isEmpty() ? "an unnamed member" : path;
    }
}
