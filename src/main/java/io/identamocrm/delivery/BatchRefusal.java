package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.account.AccountSetup.Tools;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.MappedField;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of a batch that amoCRM refused as a whole. */
public final class BatchRefusal {

    /** What of an item rests on how the account is set up. */
    private static final Pattern OF_SETUP = Pattern.compile("(.*\\.)?(custom_fields_values\\..*|pipeline_id|status_id|responsible_user_id)");
    private static final String USER = "responsible_user_id";

    private final AccountSetup account;
    private final Mirror mirror;
    private WeakReference<WriteBuffer> doubted = new WeakReference<>(null);

    /**
     * Refusals of one account.
     *
     * @param account knows the names of its fields, once a run is under way
     * @param mirror  knows which contacts are there
     */
    public BatchRefusal(AccountSetup account, Mirror mirror) {
        this.account = account;
        this.mirror = mirror;
    }

    /**
     * If amoCRM refuses what rests on how the account is set up (a field, a stage, a pipeline, a user), what is known of that is forgotten,
     * to be learned again; once for the buffer of a run, which may hold things that are refused for good.
     */
    public void doubtSetup(WriteBatch batch) {
        Map<Integer, RefusedItem> named = named((Response.Refused) batch.response(), batch.writes().size());
        boolean contradicts = named.values().stream().anyMatch(item -> OF_SETUP.matcher(item.path()).matches());
        if (contradicts && doubted.get() != batch.buffer()) {
            doubted = new WeakReference<>(batch.buffer());
            account.doubt(named.entrySet().stream().filter(item -> item.getValue().path().equals(USER))
                    .map(item -> batch.writes().get(item.getKey()).deal.responsibleId()).filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
        }
    }

    /**
     * If the account has turned out to be set up otherwise than was known, everything that was decided on it is decided again. Else a
     * field that amoCRM names is left out, unless the deal or contact could not be found again without it; other items that it names
     * fail, and the rest goes again. If it names none, the batch goes again in halves, and fails when it is
     * down to one item. What the search for creations has seen is left out.
     */
    public void failNamedOrHalve(WriteBatch batch) {
        Response.Refused refused = (Response.Refused) batch.response();
        Map<Integer, RefusedItem> named = named(refused, batch.writes().size());
        List<Write> absent = batch.absent();
        if (account.takeChange()) {
            absent.forEach(batch.buffer()::notDone);
            batch.buffer().flush();
            while (batch.buffer().hasBatch()) {
                batch.buffer().takeBatch().writes().forEach(batch.buffer()::notDone);
            }
            return;
        }
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
            if (item != null && isOfContactThatIsThere(write, item) && mirror.contacts(List.of(write.contactId)).isEmpty()) {
                // It is gone, as the look at it has told.
                batch.buffer().decideAgain(write);
            } else if (item != null) {
                RefusedField field = fieldAt(write, item.path());
                if (field.field() == null || !write.leaveOut(field.field(), new Failure(FailureCode.FIELD_REFUSED, item.code() + " at "
                        + field.name()))) {
                    batch.buffer().fail(write, new Failure(write.failureAt(item.path()), item.code() + " at " + field.name()));
                } else if (write.isEmpty()) {
                    batch.buffer().close(write);
                } else {
                    rest.add(write);
                }
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

    /** True if the item was refused for a contact that it refers to. */
    static boolean isOfContactThatIsThere(Write write, RefusedItem item) {
        return write.kind == Kind.LINK && item.path().startsWith("to_entity")
                || write.kind == Kind.CREATE_DEAL && item.path().startsWith("_embedded.contacts");
    }

    /** What amoCRM says of items of ours, by their place in the batch; the first word on each counts. */
    static Map<Integer, RefusedItem> named(Response.Refused refused, int size) {
        Map<Integer, RefusedItem> named = new HashMap<>();
        for (RefusedItem item : refused.items()) {
            if (item.requestId().matches("\\d{1,4}") && Integer.parseInt(item.requestId()) < size) {
                named.putIfAbsent(Integer.parseInt(item.requestId()), item);
            }
        }
        return named;
    }

    /**
     * What amoCRM refused of an item.
     *
     * @param field ours; null if it is none, or no field
     * @param name  for people
     */
    private record RefusedField(MappedField field, String name) {
    }

    /** amoCRM names a position in what we sent; people need the field's name. */
    private RefusedField fieldAt(Write write, String path) {
        Tools tools = account.tools();
        JsonNode at = write.body(tools.bodies());
        for (String step : path.split("\\.")) {
            at = step.matches("\\d{1,4}") ? at.path(Integer.parseInt(step)) : at.path(step);
            if (at.has("field_id")) {
                long id = at.path("field_id").asLong();
                MappedField field = tools.formats().fieldOf(id, path.startsWith("_embedded") || write.kind.ofContact()).orElse(null);
                return new RefusedField(field, field == null ? "field " + id : field.key());
            }
        }
        return new RefusedField(null, path.isEmpty() ? "an unnamed member" : path);
    }
}
