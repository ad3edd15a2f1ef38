package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.RefusedField;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a batch that amoCRM refused as a whole. */
public final class BatchRefusal {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRefusal.class);

    /** What of an item rests on how the account is set up. */
    private static final Pattern OF_SETUP =
            Pattern.compile("(.*\\.)?(custom_fields_values\\..*|pipeline_id|status_id|responsible_user_id)");

    private static final String USER = "responsible_user_id";
    /** By which deals and contacts are found again: without them there would be a second one soon. */
    private static final Set<MappedField> NEEDED = Set.of(DealField.RECEPTION_ID, ContactField.PATIENT_ID);

    private final AccountSetup account;
    private final Mirror mirror;
    private final Fingerprint fingerprint;
    private WeakReference<WriteBuffer> doubted = new WeakReference<>(null);

    /**
     * Refusals of one account.
     *
     * @param account knows the names of its fields, once a run is under way
     * @param mirror  knows which contacts are there
     * @param fingerprint stands for values that are refused
     */
    public BatchRefusal(AccountSetup account, Mirror mirror, Fingerprint fingerprint) {
        this.account = account;
        this.mirror = mirror;
        this.fingerprint = fingerprint;
    }

    /**
     * If amoCRM refuses what rests on how the account is set up (a field, a stage, a pipeline, a user), what is known of that is forgotten,
     * to be learned again; once for the buffer of a run, which may hold things that are refused for good.
     */
    public void doubtSetup(WriteBatch batch) {
        Map<Integer, List<RefusedItem>> named =
                named(batch.refusal(), batch.writes().size());
        boolean contradicts = named.values().stream()
                .flatMap(List::stream)
                .anyMatch(item -> OF_SETUP.matcher(item.path()).matches());
        if (contradicts && doubted.get() != batch.buffer()) {
            doubted = new WeakReference<>(batch.buffer());
            account.doubt(named.entrySet().stream()
                    .filter(item -> item.getValue().stream()
                            .anyMatch(fault -> fault.path().equals(USER)))
                    .map(item -> batch.writes().get(item.getKey()).deal)
                    .filter(Objects::nonNull)
                    .map(DealWrite::responsibleId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
        }
    }

    /**
     * If the account has turned out to be set up otherwise than was known, everything that was decided on it is decided again. Else the
     * items that amoCRM names fail, or where it names fields that can be spared, go again without them, as do the others as they are. If
     * it names none, the batch goes again in halves, and fails when it is down to one item. What the search for creations has seen is left
     * out.
     */
    public void failNamedOrHalve(WriteBatch batch) {
        Response.Refused refused = batch.refusal();
        Map<Integer, List<RefusedItem>> named = named(refused, batch.writes().size());
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
            List<RefusedItem> faults = named.getOrDefault(i, List.of());
            RefusedItem item = faults.isEmpty() ? null : faults.get(0);
            if (!absent.contains(write)) {
                continue;
            }
            if (item != null
                    && isOfContactThatIsThere(write, item)
                    && mirror.contacts(List.of(write.contactId)).isEmpty()) {
                // It is gone, as the look at it has told.
                batch.buffer().decideAgain(write);
            } else if (item != null && leaveOut(write, faults)) {
                if (write.isEmpty()) {
                    batch.buffer().close(write);
                } else {
                    rest.add(write);
                }
            } else if (item != null) {
                batch.buffer()
                        .fail(
                                write,
                                new Failure(
                                        write.failureAt(item.path()),
                                        item.code() + " at " + nameAt(write, item.path())));
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

    /** What amoCRM says of items of ours, by their place in the batch. */
    static Map<Integer, List<RefusedItem>> named(Response.Refused refused, int size) {
        Map<Integer, List<RefusedItem>> named = new HashMap<>();
        for (RefusedItem item : refused.items()) {
            if (item.requestId().matches("\\d{1,4}") && Integer.parseInt(item.requestId()) < size) {
                named.computeIfAbsent(Integer.parseInt(item.requestId()), place -> new ArrayList<>())
                        .add(item);
            }
        }
        return named;
    }

    /** Takes the fields out that amoCRM refuses; false if it refuses something that the deal or contact cannot be without. */
    private boolean leaveOut(Write write, List<RefusedItem> faults) {
        Map<MappedField, RefusedField> refused = new LinkedHashMap<>();
        for (RefusedItem fault : faults) {
            MappedField field = fieldAt(write, fault.path());
            if (field == null || NEEDED.contains(field)) {
                return false;
            }
            String value = write.valueOf(field);
            if (value == null) {
                return false;
            }
            refused.putIfAbsent(field, new RefusedField(field, fingerprint.of(value), fault.code()));
        }
        refused.values().forEach(field -> {
            LOG.warn(
                    "amoCRM refuses {}: what {} needs goes without it",
                    field.detail(),
                    write.deliveries.stream()
                            .map(delivery -> delivery.item.id())
                            .toList());
            String value = write.valueOf(field.field());
            write.leaveOut(
                    field,
                    Stream.of(value == null ? new String[0] : value.split(" "))
                            .map(fingerprint::of)
                            .collect(Collectors.toSet()));
        });
        return true;
    }

    /** amoCRM names a position in what we sent; people need the field's name. */
    private String nameAt(Write write, String path) {
        long id = fieldIdAt(write, path);
        return id == 0
                ? path.isEmpty() ? "an unnamed member" : path
                : account.tools()
                        .formats()
                        .fieldOf(id, isOfContact(write, path))
                        .map(MappedField::key)
                        .orElse("field " + id);
    }

    /** The field of ours at a position in what we sent; null if it is none. */
    private @Nullable MappedField fieldAt(Write write, String path) {
        return account.tools()
                .formats()
                .fieldOf(fieldIdAt(write, path), isOfContact(write, path))
                .orElse(null);
    }

    private long fieldIdAt(Write write, String path) {
        JsonNode at = write.body(account.tools().bodies());
        for (String step : path.split("\\.")) {
            at = step.matches("\\d{1,4}") ? at.path(Integer.parseInt(step)) : at.path(step);
            if (at.has("field_id")) {
                return at.path("field_id").asLong();
            }
        }
        return 0;
    }

    private static boolean isOfContact(Write write, String path) {
        return path.startsWith("_embedded") || write.kind.ofContact();
    }
}
