package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.FieldKind;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.FieldType;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Our fields in the account, and those that are missing made. A field that was made before is found again by the code it was given, else by
 * its name, so that none is made twice; when the answer to a creation is lost, the account's list tells what was made.
 */
public final class FieldSetup implements RequestSequence {

    private static final String CODE = "IDENT_";
    private static final int MOST_ATTEMPTS = 3;

    private final FieldMapping mapping;
    private final Duration pause;
    private final Map<Entity, List<JsonNode>> known = new EnumMap<>(Entity.class);
    private final Deque<Entity> open = new ArrayDeque<>(List.of(Entity.LEADS, Entity.CONTACTS));
    private final Map<Entity, String> refusals = new EnumMap<>(Entity.class);
    private final Set<MappedField> made = new LinkedHashSet<>();
    private List<JsonNode> relisted;
    private int page;
    private int attempts;

    /**
     * The fields of one account.
     *
     * @param mapping what the settings give
     * @param account just read
     * @param pause   before the account's list is read again after a lost answer
     */
    public FieldSetup(FieldMapping mapping, AccountReading account, Duration pause) {
        this.mapping = mapping;
        this.pause = pause;
        known.put(Entity.LEADS, account.dealFields());
        known.put(Entity.CONTACTS, account.contactFields());
    }

    @Override
    public boolean hasNext() {
        while (!open.isEmpty() && relisted == null && (missing(open.peek()).isEmpty() || attempts == MOST_ATTEMPTS)) {
            if (!missing(open.peek()).isEmpty()) {
                refusals.put(open.peek(), "amoCRM did not say whether it made the fields");
            }
            open.remove();
            attempts = 0;
        }
        return !open.isEmpty();
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
            listed(entity, answer.body());
            return;
        }
        answer.handle(success -> made(entity, success.body()), noContent -> made(entity, noContent.body()), refused -> {
            refusals.put(entity, refused.detail());
            open.remove();
        }, ambiguous -> made(entity, ambiguous.body()), Response.NotSent::unexpected);
    }

    /** Fields were made, or may have been: an answer that does not name all of them leaves the rest to the account's list. */
    private void made(Entity entity, JsonNode answer) {
        made.addAll(missing(entity));
        attempts++;
        JsonNode named = answer.path("_embedded").path("custom_fields");
        if (named.size() == missing(entity).size()) {
            List<JsonNode> all = new ArrayList<>(known.get(entity));
            named.forEach(all::add);
            known.put(entity, all);
            open.remove();
            attempts = 0;
        } else {
            relisted = new ArrayList<>();
            page = 1;
        }
    }

    private void listed(Entity entity, JsonNode answer) {
        page++;
        answer.path("_embedded").path("custom_fields").forEach(relisted::add);
        if (!answer.path("_links").has("next")) {
            known.put(entity, relisted);
            relisted = null;
        }
    }

    private List<MappedField> missing(Entity entity) {
        List<MappedField> missing = new ArrayList<>();
        for (MappedField field : entity == Entity.LEADS ? DealField.values() : ContactField.values()) {
            if (FieldKind.of(field).made() != null && find(field) == null) {
                missing.add(field);
            }
        }
        return missing;
    }

    private static ObjectNode item(MappedField field) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("name", nameOf(field)).put("type", FieldKind.of(field).made())
                .put("code", CODE + field.name()).put("request_id", field.name());
        if (isKey(field)) {
            // Only programs may change what deals and contacts are found by.
            item.put("is_api_only", true);
        }
        return item;
    }

    /** True for the two fields without which the product does not start. */
    public static boolean isKey(MappedField field) {
        return field == DealField.RECEPTION_ID || field == ContactField.PATIENT_ID;
    }

    private JsonNode find(MappedField field) {
        List<JsonNode> fields = known.get(field instanceof DealField ? Entity.LEADS : Entity.CONTACTS);
        Map<? extends MappedField, Long> ids = field instanceof DealField ? mapping.deals() : mapping.contacts();
        Long id = ids.get(field);
        JsonNode byName = null;
        JsonNode byCode = null;
        for (JsonNode candidate : fields) {
            String code = candidate.path("code").asText("");
            if (id != null && candidate.path("id").asLong() == id) {
                return candidate;
            }
            FieldType type = FieldType.of(candidate.path("type").asText(""));
            boolean taken = ids.containsValue(candidate.path("id").asLong());
            if (code.equals(CODE + field.name()) || FieldKind.of(field) == FieldKind.STANDARD && code.equals(field.name())) {
                byCode = candidate;
            } else if (!taken && nameOf(field).equals(candidate.path("name").asText())
                    && (FieldKind.of(field).fits(type) || FieldKind.of(field).fitsPartly(type))) {
                byName = candidate;
            }
        }
        return byCode != null ? byCode : byName;
    }

    /** Our fields with the account's definition of each that is there, in the order of the settings. */
    public Map<MappedField, JsonNode> found() {
        Map<MappedField, JsonNode> found = new LinkedHashMap<>();
        for (MappedField[] fields : List.of((MappedField[]) DealField.values(), ContactField.values())) {
            for (MappedField field : fields) {
                if (find(field) != null) {
                    found.put(field, find(field));
                }
            }
        }
        return found;
    }

    /** Definitions of the account that are none of our fields. */
    public List<JsonNode> others(boolean deals) {
        List<Long> ours = found().entrySet().stream().filter(entry -> entry.getKey() instanceof DealField == deals)
                .map(entry -> entry.getValue().path("id").asLong()).toList();
        return known.get(deals ? Entity.LEADS : Entity.CONTACTS).stream()
                .filter(field -> !ours.contains(field.path("id").asLong())).toList();
    }

    /** What was made, or was surely asked for. */
    public Set<MappedField> made() {
        return made;
    }

    /** Why fields of deals ({@code leads}) or of contacts could not be made, in amoCRM's words. */
    public Map<String, String> refusals() {
        Map<String, String> refused = new TreeMap<>();
        refusals.forEach((entity, why) -> refused.put(entity.embedded(), why));
        return refused;
    }

    /** The name that a field of ours is made with, for the people of a Russian clinic. */
    public static String nameOf(MappedField field) {
        if (field instanceof DealField deal) {
            return switch (deal) {
                case RECEPTION_ID -> "Код приёма IDENT";
                case RECEPTION_DATE -> "Дата и время приёма";
                case DOCTOR_NAME -> "Врач";
                case SERVICE_NAME -> "Услуги";
                case RECEPTION_COST -> "Стоимость приёма";
                case PATIENT_NUMBER -> "Номер пациента";
                case SYNC_STATE -> "Состояние обмена с IDENT";
            };
        }
        return switch ((ContactField) field) {
            case NAME -> "ФИО";
            case PHONE -> "Телефон";
            case AGE -> "Возраст";
            case GENDER -> "Пол";
            case APPOINTMENTS -> "Записей на приём";
            case TOTAL_VISITS -> "Всего приёмов";
            case CARD_NUMBER -> "Номер карты";
            case BIRTHDATE -> "Дата рождения";
            case COMMENT -> "Комментарий из IDENT";
            case DISCOUNT -> "Скидка";
            case SMS_OPT_OUT -> "Отказ от SMS";
            case ARCHIVE_REASON -> "Причина архивации";
            case STATUS -> "Статус пациента";
            case SNILS -> "СНИЛС";
            case INN -> "ИНН";
            case BRANCH -> "Филиал";
            case PATIENT_NUMBER -> "Номер пациента";
            case ADVANCE -> "Аванс";
            case DEBT -> "Долг";
            case EMAIL -> "E-mail";
            case COMPLETED_RECEPTIONS_COUNT -> "Завершённых приёмов";
            case FIRST_VISIT -> "Первый визит";
            case LAST_VISIT -> "Последний визит";
            case CITY -> "Город";
            case PATIENT_ID -> "Код пациента IDENT";
        };
    }
}
