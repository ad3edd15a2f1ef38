package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The content of the emulated account: what the API reads and writes, and what managers do by hand. Ids of the default account are
 * constants, so that tests and settings can name them.
 */
public final class SandboxAccount {

    /** «Первичные приёмы». */
    public static final long PRIMARY = 4401;
    /** «Повторные приёмы». */
    public static final long SECONDARY = 4402;
    /** «Продажи»: a pipeline that is none of the product's business. */
    public static final long FOREIGN = 4403;
    /** Number of a pipeline's stages, beginning with the unsorted one: {@code stage(PRIMARY, 1)} is the first ordinary stage. */
    public static final int ORDINARY_STAGES = 4;
    /** The account's users; the last one is inactive. */
    public static final List<Long> USERS = List.of(9001L, 9002L, 9003L);
    /** A user who may not be named in writes any more. */
    public static final long INACTIVE_USER = 9003;
    /** A lead field that the product does not know. */
    public static final long MANAGERS_LEAD_FIELD = 101;
    /** A contact field that the product does not know. */
    public static final long MANAGERS_CONTACT_FIELD = 102;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Comparator<Entity> BY_CHANGE =
            Comparator.<Entity>comparingLong(entity -> entity.updatedAt).thenComparingLong(entity -> entity.id);

    private final Clock clock;
    private final ZoneId zone;
    private final Map<Long, Pipeline> pipelines = new LinkedHashMap<>();
    private final Map<Long, CustomField> leadFields = new TreeMap<>();
    private final Map<Long, CustomField> contactFields = new TreeMap<>();
    private final Map<Boolean, TreeMap<Long, Entity>> entities = Map.of(true, new TreeMap<>(), false, new TreeMap<>());
    private final Map<Boolean, TreeSet<Entity>> byChange = Map.of(true, new TreeSet<>(BY_CHANGE), false, new TreeSet<>(BY_CHANGE));
    private long nextId = 70_001;
    private long refusedField;
    private String refusedValue;

    SandboxAccount(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
        addPipeline(PRIMARY, "Первичные приёмы");
        addPipeline(SECONDARY, "Повторные приёмы");
        addPipeline(FOREIGN, "Продажи");
        contactField(1, "ФИО", FieldType.TEXT);
        contactFields.put(2L, new CustomField(2, "Телефон", "PHONE", FieldType.MULTITEXT, Map.of()));
        contactField(3, "Возраст", FieldType.NUMERIC);
        contactFields.put(4L, new CustomField(4, "Пол", null, FieldType.SELECT, Map.of(401L, "Мужской", 402L, "Женский")));
        contactField(5, "Записей", FieldType.NUMERIC);
        contactField(6, "Всего визитов", FieldType.NUMERIC);
        contactField(7, "Номер карты", FieldType.TEXT);
        contactField(8, "Дата рождения", FieldType.BIRTHDAY);
        contactField(9, "Комментарий", FieldType.TEXTAREA);
        contactField(10, "Скидка", FieldType.NUMERIC);
        contactField(11, "Отказ от SMS", FieldType.CHECKBOX);
        contactField(12, "Причина архивации", FieldType.TEXT);
        contactField(13, "Статус пациента", FieldType.TEXT);
        contactField(14, "СНИЛС", FieldType.TEXT);
        contactField(15, "ИНН", FieldType.TEXT);
        contactField(16, "Филиал", FieldType.TEXT);
        contactField(17, "Номер пациента", FieldType.TEXT);
        contactField(18, "Аванс", FieldType.NUMERIC);
        contactField(19, "Долг", FieldType.NUMERIC);
        contactFields.put(20L, new CustomField(20, "E-mail", "EMAIL", FieldType.MULTITEXT, Map.of()));
        contactField(21, "Завершённых приёмов", FieldType.NUMERIC);
        contactField(22, "Первый визит", FieldType.DATE);
        contactField(23, "Последний визит", FieldType.DATE);
        contactField(24, "Город", FieldType.TEXT);
        contactField(25, "Код пациента", FieldType.TEXT);
        contactField(MANAGERS_CONTACT_FIELD, "Откуда узнал", FieldType.TEXT);
        leadField(17, "Номер пациента", FieldType.TEXT);
        leadField(26, "Номер приёма", FieldType.TEXT);
        leadField(27, "Дата приёма", FieldType.DATE_TIME);
        leadField(28, "Врач", FieldType.TEXT);
        leadField(29, "Услуги", FieldType.TEXT);
        leadField(30, "Стоимость", FieldType.MONETARY);
        leadField(MANAGERS_LEAD_FIELD, "Заметка менеджера", FieldType.TEXT);
    }

    /** The id of a stage by its place in the pipeline: 0 = unsorted, 1 = the first ordinary one. */
    public static long stage(long pipeline, int place) {
        return pipeline * 100 + place;
    }

    private void addPipeline(long id, String name) {
        pipelines.put(id, new Pipeline(id, name, List.of(new Pipeline.Stage(stage(id, 0), "Неразобранное", 1),
                new Pipeline.Stage(stage(id, 1), "Новая запись", 0), new Pipeline.Stage(stage(id, 2), "Подтверждён", 0),
                new Pipeline.Stage(stage(id, 3), "Пришёл", 0), new Pipeline.Stage(stage(id, 4), "Приём завершён", 0),
                new Pipeline.Stage(Pipeline.WON, "Успешно завершена", 0), new Pipeline.Stage(Pipeline.LOST, "Не реализована", 0))));
    }

    private void contactField(long id, String name, FieldType type) {
        contactFields.put(id, CustomField.of(id, name, type));
    }

    private void leadField(long id, String name, FieldType type) {
        leadFields.put(id, CustomField.of(id, name, type));
    }

    // ---- for tests and pages: snapshots

    /** All leads, by id. */
    public synchronized List<EntityView> leads() {
        return entities.get(true).values().stream().map(EntityView::of).toList();
    }

    /** All contacts, by id. */
    public synchronized List<EntityView> contacts() {
        return entities.get(false).values().stream().map(EntityView::of).toList();
    }

    /** A lead; throws if there is none. */
    public synchronized EntityView lead(long id) {
        return EntityView.of(required(true, id));
    }

    /** A contact; throws if there is none. */
    public synchronized EntityView contact(long id) {
        return EntityView.of(required(false, id));
    }

    /** The pipelines, in order. */
    public Collection<Pipeline> pipelines() {
        return pipelines.values();
    }

    // ---- for tests: what managers do

    /** A manager opens a deal in a pipeline's stage, with field values by id and linked contacts. */
    public synchronized long addLead(String name, long pipeline, long stage, Map<Long, String> fields, Long... contacts) {
        Entity lead = new Entity(nextId++, true);
        lead.name = name;
        lead.pipelineId = pipeline;
        lead.stageId = stage;
        return add(lead, fields, contacts);
    }

    /** A manager or the website adds a contact. */
    public synchronized long addContact(String name, Map<Long, String> fields) {
        Entity contact = new Entity(nextId++, false);
        contact.name = name;
        return add(contact, fields);
    }

    private long add(Entity entity, Map<Long, String> fields, Long... links) {
        entity.responsibleUserId = USERS.get(0);
        entity.createdAt = now();
        entity.updatedAt = entity.createdAt;
        fields.forEach((field, value) -> set(entity, field, value));
        entities.get(entity.lead).put(entity.id, entity);
        byChange.get(entity.lead).add(entity);
        for (Long link : links) {
            link(entity.id, link);
        }
        return entity.id;
    }

    /** A manager changes a lead. */
    public synchronized void changeLead(long id, Consumer<ByHand> change) {
        change(required(true, id), change);
    }

    /** A manager changes a contact. */
    public synchronized void changeContact(long id, Consumer<ByHand> change) {
        change(required(false, id), change);
    }

    private void change(Entity entity, Consumer<ByHand> change) {
        touch(entity, () -> change.accept(new ByHand(entity)));
    }

    /** A manager deletes a lead. */
    public synchronized void deleteLead(long id) {
        remove(required(true, id));
    }

    /** A manager deletes a contact. */
    public synchronized void deleteContact(long id) {
        remove(required(false, id));
    }

    /** A manager merges two contacts: the leads of the second go to the first, the second vanishes. */
    public synchronized void mergeContacts(long kept, long merged) {
        for (Long lead : List.copyOf(required(false, merged).links)) {
            link(lead, kept);
        }
        remove(required(false, merged));
    }

    private void remove(Entity entity) {
        byChange.get(entity.lead).remove(entity);
        entities.get(entity.lead).remove(entity.id);
        entity.links.forEach(link -> entities.get(!entity.lead).get(link).links.remove(entity.id));
    }

    /** An administrator makes a text field for deals; returns its id. */
    public synchronized long addLeadField(String name) {
        long id = 200 + leadFields.size();
        leadField(id, name, FieldType.TEXT);
        return id;
    }

    /** Refuses items that set a field to this value, as amoCRM refuses what its administrators have restricted; null refuses nothing. */
    public synchronized void refuse(long field, String value) {
        refusedField = field;
        refusedValue = value;
    }

    /** What a manager can change in amoCRM's pages. */
    public final class ByHand {
        private final Entity entity;

        private ByHand(Entity entity) {
            this.entity = entity;
        }

        /** Renames. */
        public ByHand name(String name) {
            entity.name = name;
            return this;
        }

        /** Sets a lead's budget. */
        public ByHand price(long price) {
            entity.price = price;
            return this;
        }

        /** Moves a lead. */
        public ByHand stage(long pipeline, long stage) {
            entity.pipelineId = pipeline;
            entity.stageId = stage;
            return this;
        }

        /** Hands it to another user. */
        public ByHand responsible(long user) {
            entity.responsibleUserId = user;
            return this;
        }

        /** Sets a field; null empties it. */
        public ByHand field(long id, String value) {
            set(entity, id, value);
            return this;
        }
    }

    private void set(Entity entity, long id, String value) {
        CustomField field = fields(entity.lead).get(id);
        if (value == null) {
            entity.fields.remove(id);
            return;
        }
        ObjectNode written = JSON.objectNode();
        switch (field.type()) {
            case CHECKBOX -> written.put("value", Boolean.parseBoolean(value));
            case DATE, BIRTHDAY, DATE_TIME -> written.put("value", Long.parseLong(value));
            default -> written.put("value", value);
        }
        entity.fields.put(id, List.of(FieldValues.accept(field, written, zone)));
    }

    // ---- for the API

    Map<Long, CustomField> fields(boolean lead) {
        return lead ? leadFields : contactFields;
    }

    ZoneId zone() {
        return zone;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    synchronized Entity find(boolean lead, long id) {
        return entities.get(lead).get(id);
    }

    synchronized int count(boolean lead) {
        return entities.get(lead).size();
    }

    /** A page of entities that fit, in an order such as {@code updated_at desc}; one more than {@code limit} if there are more. */
    synchronized List<JsonNode> page(boolean lead, String order, boolean descending, Predicate<Entity> fits, int skip, int limit,
                                     boolean withLinks) {
        Collection<Entity> sorted;
        if ("updated_at".equals(order)) {
            sorted = descending ? byChange.get(lead).descendingSet() : byChange.get(lead);
        } else {
            sorted = descending ? entities.get(lead).descendingMap().values() : entities.get(lead).values();
        }
        return sorted.stream().filter(fits).skip(skip).limit(limit + 1L).map(entity -> (JsonNode) json(entity, withLinks)).toList();
    }

    synchronized ObjectNode json(Entity entity, boolean withLinks) {
        ObjectNode json = JSON.objectNode().put("id", entity.id).put("name", entity.name);
        if (entity.lead) {
            json.put("price", entity.price);
        }
        json.put("responsible_user_id", entity.responsibleUserId).put("group_id", 0);
        if (entity.lead) {
            json.put("status_id", entity.stageId).put("pipeline_id", entity.pipelineId).putNull("loss_reason_id");
            json.put("closed_at", entity.closedAt);
        }
        json.put("created_at", entity.createdAt).put("updated_at", entity.updatedAt).put("is_deleted", false);
        if (entity.fields.isEmpty()) {
            json.putNull("custom_fields_values");
        } else {
            ArrayNode fields = json.putArray("custom_fields_values");
            entity.fields.forEach((id, values) -> {
                CustomField field = fields(entity.lead).get(id);
                ObjectNode item = fields.addObject().put("field_id", id).put("field_name", field.name()).put("field_code", field.code())
                        .put("field_type", field.type().apiName());
                values.forEach(item.withArray("values")::add);
            });
        }
        ObjectNode embedded = json.putObject("_embedded");
        embedded.putArray("tags");
        if (withLinks) {
            ArrayNode links = embedded.putArray(entity.lead ? "contacts" : "leads");
            boolean main = true;
            for (Long link : entity.links) {
                ObjectNode item = links.addObject().put("id", link);
                if (entity.lead) {
                    item.put("is_main", main);
                    main = false;
                }
            }
        }
        return json;
    }

    /** Checks an item without changing anything. */
    synchronized void check(boolean lead, boolean creation, JsonNode item, String requestId, String prefix, List<Refusal> refusals) {
        if (!creation && find(lead, item.path("id").asLong()) == null && !item.path("id").isIntegralNumber()) {
            refusals.add(new Refusal(requestId, "FieldMissing", prefix + "id", "This field is missing."));
        }
        if (item.has("responsible_user_id") && (!USERS.contains(item.path("responsible_user_id").asLong())
                || item.path("responsible_user_id").asLong() == INACTIVE_USER)) {
            refusals.add(notSupported(requestId, prefix + "responsible_user_id"));
        }
        if (lead) {
            checkPlace(item, requestId, prefix, refusals);
        }
        int position = 0;
        for (JsonNode written : item.path("custom_fields_values")) {
            checkField(lead, written, requestId, prefix + "custom_fields_values." + position++, refusals);
        }
    }

    private void checkPlace(JsonNode item, String requestId, String prefix, List<Refusal> refusals) {
        Pipeline pipeline = pipelines.get(item.path("pipeline_id").asLong());
        if (item.has("pipeline_id") && pipeline == null) {
            refusals.add(notSupported(requestId, prefix + "pipeline_id"));
        } else if (item.has("status_id")) {
            long stage = item.path("status_id").asLong();
            boolean known = pipeline != null ? pipeline.has(stage) : pipelines.values().stream().anyMatch(any -> any.has(stage));
            boolean unsorted = pipelines.values().stream().flatMap(any -> any.stages().stream())
                    .anyMatch(any -> any.id() == stage && any.type() == 1);
            if (!known || unsorted) {
                refusals.add(notSupported(requestId, prefix + "status_id"));
            }
        }
    }

    private void checkField(boolean lead, JsonNode written, String requestId, String path, List<Refusal> refusals) {
        CustomField field = field(lead, written);
        if (field == null) {
            refusals.add(notSupported(requestId, path + ".field_id"));
            return;
        }
        int position = 0;
        for (JsonNode value : written.path("values")) {
            if (refusedValue != null && field.id() == refusedField && refusedValue.equals(value.path("value").asText())) {
                refusals.add(notSupported(requestId, path + ".values." + position + ".value"));
            }
            try {
                FieldValues.accept(field, value, zone);
            } catch (FieldValues.RefusedValue e) {
                refusals.add(new Refusal(requestId, e.code(), path + ".values." + position + ".value", e.getMessage()));
            }
            position++;
        }
    }

    private static Refusal notSupported(String requestId, String path) {
        return new Refusal(requestId, "NotSupportedChoice", path, "The value you selected is not a valid choice.");
    }

    private CustomField field(boolean lead, JsonNode written) {
        if (written.has("field_id")) {
            return fields(lead).get(written.path("field_id").asLong());
        }
        return fields(lead).values().stream().filter(field -> field.code() != null && field.code().equals(written.path("field_code").asText()))
                .findFirst().orElse(null);
    }

    /** Creates from a checked item. */
    synchronized Entity create(boolean lead, JsonNode item) {
        Entity entity = new Entity(nextId++, lead);
        entity.createdAt = now();
        entity.updatedAt = entity.createdAt;
        entity.responsibleUserId = USERS.get(0);
        if (lead) {
            Pipeline pipeline = pipelines.get(item.path("pipeline_id").asLong(PRIMARY));
            entity.pipelineId = pipeline.id();
            entity.stageId = pipeline.firstOrdinary().id();
        }
        write(entity, item);
        entities.get(lead).put(entity.id, entity);
        byChange.get(lead).add(entity);
        item.path("_embedded").path("contacts").forEach(contact -> {
            if (lead && contact.has("id")) {
                link(entity.id, contact.path("id").asLong());
            }
        });
        return entity;
    }

    /** Changes by a checked item; null if there is no such entity. */
    synchronized Entity update(boolean lead, long id, JsonNode item) {
        Entity entity = find(lead, id);
        if (entity != null) {
            touch(entity, () -> write(entity, item));
        }
        return entity;
    }

    private void write(Entity entity, JsonNode item) {
        entity.name = item.path("name").asText(entity.name);
        entity.price = item.path("price").asLong(entity.price);
        entity.responsibleUserId = item.path("responsible_user_id").asLong(entity.responsibleUserId);
        if (entity.lead) {
            place(entity, item);
        }
        for (JsonNode written : item.path("custom_fields_values")) {
            CustomField field = field(entity.lead, written);
            List<ObjectNode> values = new ArrayList<>();
            written.path("values").forEach(value -> values.add(FieldValues.accept(field, value, zone)));
            if (values.isEmpty()) {
                entity.fields.remove(field.id());
            } else {
                entity.fields.put(field.id(), values);
            }
        }
    }

    private void place(Entity entity, JsonNode item) {
        if (item.has("pipeline_id") && !item.has("status_id") && item.path("pipeline_id").asLong() != entity.pipelineId) {
            entity.pipelineId = item.path("pipeline_id").asLong();
            entity.stageId = pipelines.get(entity.pipelineId).firstOrdinary().id();
        } else if (item.has("status_id")) {
            long stage = item.path("status_id").asLong();
            long home = pipelines.values().stream().filter(pipeline -> pipeline.has(stage)).findFirst().orElseThrow().id();
            boolean everywhere = stage == Pipeline.WON || stage == Pipeline.LOST;
            entity.pipelineId = item.path("pipeline_id").asLong(everywhere ? entity.pipelineId : home);
            entity.stageId = stage;
        }
        boolean closed = entity.stageId == Pipeline.WON || entity.stageId == Pipeline.LOST;
        entity.closedAt = closed ? entity.closedAt == null ? (Long) now() : entity.closedAt : null;
    }

    /** Links a lead to a contact; false if they were linked or one of them does not exist. */
    synchronized boolean link(long leadId, long contactId) {
        Entity lead = find(true, leadId);
        Entity contact = find(false, contactId);
        if (lead == null || contact == null || !lead.links.add(contactId)) {
            return false;
        }
        contact.links.add(leadId);
        touch(lead, () -> { });
        return true;
    }

    synchronized boolean unlink(long leadId, long contactId) {
        Entity lead = find(true, leadId);
        Entity contact = find(false, contactId);
        return lead != null && contact != null && lead.links.remove(contactId) && contact.links.remove(leadId);
    }

    private void touch(Entity entity, Runnable change) {
        boolean listed = byChange.get(entity.lead).remove(entity);
        change.run();
        entity.updatedAt = now();
        if (listed) {
            byChange.get(entity.lead).add(entity);
        }
    }

    private Entity required(boolean lead, long id) {
        Entity entity = find(lead, id);
        if (entity == null) {
            throw new IllegalArgumentException("There is no " + (lead ? "lead " : "contact ") + id);
        }
        return entity;
    }

    /** Ids of leads, by which pages can show some of many. */
    synchronized Set<Long> leadIds() {
        return new LinkedHashSet<>(entities.get(true).keySet());
    }
}
