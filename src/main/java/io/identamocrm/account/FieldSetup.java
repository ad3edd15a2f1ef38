package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.FieldKind;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our fields in the account, and those that are missing made. A field that is there already is recognised by {@link FieldMatching}, so that
 * none is made twice; when the answer to a creation is lost, the account's list tells what was made. What amoCRM refuses of a field's code
 * costs the code only; another refused field does not keep the rest from being made.
 */
public final class FieldSetup implements RequestSequence {

    private static final int MOST_ATTEMPTS = 3;

    private final FieldMapping mapping;
    private final Duration pause;
    private final Set<MappedField> wanted;
    private final Deque<Entity> open = new ArrayDeque<>(List.of(Entity.LEADS, Entity.CONTACTS));
    private final Map<String, Text> refusals = new TreeMap<>();
    private final Set<MappedField> made = new LinkedHashSet<>();
    private final Set<MappedField> withoutCode = new HashSet<>();
    private FieldMatching matching;
    private @Nullable List<JsonNode> relisted;
    private int page;
    private int attempts;

    /**
     * The fields of one account.
     *
     * @param mapping what the settings give
     * @param account just read
     * @param wanted  fields to be made where they are missing
     * @param pause   before the account's list is read again after a lost answer
     */
    public FieldSetup(FieldMapping mapping, AccountReading account, Collection<MappedField> wanted, Duration pause) {
        this.mapping = mapping;
        this.pause = pause;
        this.wanted = new LinkedHashSet<>(wanted);
        matching = new FieldMatching(mapping, account.dealFields(), account.contactFields());
    }

    /** Every field that can be made: all but those that amoCRM has from the start. */
    public static List<MappedField> makeable() {
        return MappedField.all().stream()
                .filter(field -> FieldKind.of(field).made() != null)
                .toList();
    }

    /** What would be made, in the order of the settings. */
    public List<MappedField> missing() {
        return makeable().stream()
                .filter(field -> wanted.contains(field) && !matching.found().containsKey(field))
                .toList();
    }

    private List<MappedField> missing(Entity entity) {
        return missing().stream()
                .filter(field -> field instanceof DealField == (entity == Entity.LEADS))
                .toList();
    }

    @Override
    public boolean hasNext() {
        while (!open.isEmpty() && relisted == null && (missing(open.peek()).isEmpty() || attempts == MOST_ATTEMPTS)) {
            if (!missing(open.peek()).isEmpty()) {
                refusals.put(open.peek().embedded(), AccountText.FIELDS_UNCERTAIN);
            }
            next(open);
        }
        return !open.isEmpty();
    }

    private void next(Deque<Entity> entities) {
        entities.remove();
        attempts = 0;
    }

    @Override
    public AmocrmRequest next() {
        if (relisted != null) {
            return AmocrmRequest.customFields(open.peek(), page);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        missing(open.peek()).forEach(field -> items.add(item(field)));
        return AmocrmRequest.createFields(open.peek(), items);
    }

    @Override
    public long pause() {
        return relisted != null && page == 1 ? pause.toMillis() : 0;
    }

    @Override
    public void aggregate(Response.Usable answer) {
        Entity entity = open.peek();
        if (relisted != null) {
            listed(entity, answer.body(), relisted);
            return;
        }
        answer.handle(
                success -> made(entity, success.body()),
                noContent -> made(entity, noContent.body()),
                refused -> refused(entity, refused),
                ambiguous -> made(entity, ambiguous.body()),
                Response.NotSent::unexpected);
    }

    /** Fields were made, or may have been: an answer that does not name all of them leaves the rest to the account's list. */
    private void made(Entity entity, JsonNode answer) {
        List<MappedField> asked = missing(entity);
        made.addAll(asked);
        attempts++;
        JsonNode named = answer.path("_embedded").path("custom_fields");
        if (named.size() == asked.size()) {
            List<JsonNode> all = new ArrayList<>(matching.definitions(entity == Entity.LEADS));
            named.forEach(all::add);
            know(entity, all);
            next(open);
        } else {
            relisted = new ArrayList<>();
            page = 1;
        }
    }

    /** Nothing was made. Without what was refused, the rest is asked for again. */
    private void refused(Entity entity, Response.Refused refused) {
        Set<String> named =
                refused.items().stream().map(Response.RefusedItem::requestId).collect(Collectors.toSet());
        List<MappedField> fields = missing(entity).stream()
                .filter(field -> named.contains(field.name()))
                .toList();
        if (fields.isEmpty()) {
            refusals.put(entity.embedded(), Text.of(refused.detail()));
            next(open);
        }
        for (MappedField field : fields) {
            List<Response.RefusedItem> complaints = refused.items().stream()
                    .filter(item -> item.requestId().equals(field.name()))
                    .toList();
            boolean onlyCode = complaints.stream().allMatch(item -> item.path().matches("(.*\\.)?code"));
            if (!onlyCode || !withoutCode.add(field)) {
                wanted.remove(field);
                refusals.put(
                        AccountComparison.settingOf(field),
                        Text.of(complaints.stream()
                                .map(item -> (item.code() + " " + item.path()).strip())
                                .distinct()
                                .collect(Collectors.joining(", "))));
            }
        }
    }

    private void listed(Entity entity, JsonNode answer, List<JsonNode> all) {
        page++;
        answer.path("_embedded").path("custom_fields").forEach(all::add);
        if (!answer.path("_links").has("next")) {
            know(entity, all);
            relisted = null;
        }
    }

    private void know(Entity entity, List<JsonNode> all) {
        boolean deals = entity == Entity.LEADS;
        matching = new FieldMatching(
                mapping, deals ? all : matching.definitions(true), deals ? matching.definitions(false) : all);
    }

    private ObjectNode item(MappedField field) {
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("name", nameOf(field))
                .put("type", FieldKind.of(field).made())
                .put("request_id", field.name());
        if (!withoutCode.contains(field)) {
            item.put("code", FieldMatching.codeOf(field));
        }
        if (isKey(field) || field == DealField.SYNC_STATE) {
            // Only programs may change what deals and contacts are found by, and what we note for ourselves.
            item.put("is_api_only", true);
        }
        return item;
    }

    /** True for the two fields without which the product does not start. */
    public static boolean isKey(MappedField field) {
        return field == DealField.RECEPTION_ID || field == ContactField.PATIENT_ID;
    }

    /** Our fields and those of the account, as of the last answer. */
    public FieldMatching matching() {
        return matching;
    }

    /** What was made, or was surely asked for. */
    public Set<MappedField> made() {
        return made;
    }

    /**
     * Why fields could not be made, in amoCRM's words: by the setting of a field, or for all of deals ({@code leads}) or of contacts.
     */
    public Map<String, Text> refusals() {
        return refusals;
    }

    /** The name that a field of ours is made with, for the people of a Russian clinic. */
    public static String nameOf(MappedField field) {
        return FieldTitles.of(field);
    }

    /** amoCRM's type of it. */
    public static @Nullable String typeOf(MappedField field) {
        return FieldKind.of(field).made();
    }
}
