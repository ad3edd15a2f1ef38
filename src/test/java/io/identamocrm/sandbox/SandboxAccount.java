package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The content of the emulated account: what the API reads and writes, and what managers do by hand. Ids of the default account are
 * constants, so that tests and settings can name them. Its monitor guards everything in it.
 */
public final class SandboxAccount {

    /** The account's id. */
    public static final long ID = 31_000_001;
    /** The account's subdomain. */
    public static final String SUBDOMAIN = "sandbox";
    /** «Первичные приёмы». */
    public static final long PRIMARY = 4401;
    /** «Повторные приёмы». */
    public static final long SECONDARY = 4402;
    /** «Продажи»: a pipeline that is none of the product's business. */
    public static final long FOREIGN = 4403;
    /** Number of a pipeline's ordinary stages: {@code stage(PRIMARY, 1)} is the first, {@code stage(PRIMARY, 4)} the last. */
    public static final int ORDINARY_STAGES = 4;
    /** The account's users; the last one is inactive. */
    public static final List<Long> USERS = List.of(9001L, 9002L, 9003L);
    /** A user who may not be named in writes any more. */
    public static final long INACTIVE_USER = 9003;
    /** A lead field that the product does not know. */
    public static final long MANAGERS_LEAD_FIELD = 101;
    /** A contact field that the product does not know. */
    public static final long MANAGERS_CONTACT_FIELD = 102;

    private final Clock clock;
    private final ZoneId zone;
    private final FieldValues values;
    private final Map<Long, Pipeline> pipelines = new LinkedHashMap<>();
    private final Map<Long, CustomField> leadFields = new TreeMap<>();
    private final Map<Long, CustomField> contactFields = new TreeMap<>();
    private final EntityIndex leads = new EntityIndex();
    private final EntityIndex contacts = new EntityIndex();
    private final Map<String, Long> tagIds = new TreeMap<>();
    private long nextId = 70_001;
    private final Set<Long> archived = new HashSet<>();
    private boolean administrator = true;
    private String right = "A";
    private long refusedField;
    private String refusedValue;

    SandboxAccount(SandboxOptions options) {
        clock = options.clock();
        zone = options.zone();
        values = new FieldValues(options.longestText());
        addPipeline(PRIMARY, "Первичные приёмы");
        addPipeline(SECONDARY, "Повторные приёмы");
        addPipeline(FOREIGN, "Продажи");
        StandardFields.ofContacts().forEach(field -> contactFields.put(field.id(), field));
        StandardFields.ofLeads().forEach(field -> leadFields.put(field.id(), field));
    }

    private void addPipeline(long id, String name) {
        pipelines.put(id, new Pipeline(id, name, List.of(new Pipeline.Stage(stage(id, 0), "Неразобранное", 1),
                new Pipeline.Stage(stage(id, 1), "Новая запись", 0), new Pipeline.Stage(stage(id, 2), "Подтверждён", 0),
                new Pipeline.Stage(stage(id, 3), "Пришёл", 0), new Pipeline.Stage(stage(id, 4), "Приём завершён", 0),
                new Pipeline.Stage(Pipeline.WON, "Успешно завершена", 0), new Pipeline.Stage(Pipeline.LOST, "Не реализована", 0))));
    }

    /** The id of a stage by its place in the pipeline: 0 = unsorted, 1 = the first ordinary one. */
    public static long stage(long pipeline, int place) {
        return pipeline * 100 + place;
    }

    // ---- for tests and pages: what there is

    /** All leads, by id. */
    public synchronized List<EntityView> leads() {
        return leads.ascending().stream().map(EntityView::of).toList();
    }

    /** All contacts, by id. */
    public synchronized List<EntityView> contacts() {
        return contacts.ascending().stream().map(EntityView::of).toList();
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

    /**
     * Everything that managers would see, as sorted lines without ids of leads and contacts and without times of change: equal for two
     * accounts that came to the same end by different ways.
     */
    public synchronized String finalState() {
        return new FinalState(leads(), contacts()).withoutIds();
    }

    /** The same with ids, for two looks at one account. */
    public synchronized String finalStateWithIds() {
        return new FinalState(leads(), contacts()).withIds();
    }

    // ---- for tests: what managers do

    /** A manager opens a deal in a pipeline's stage, with field values by id and linked contacts. */
    public synchronized long addLead(String name, long pipeline, long stage, Map<Long, String> fields, Long... linked) {
        Entity lead = newEntity(true);
        lead.name = name;
        lead.moveTo(pipeline, stage, now());
        fields.forEach((field, value) -> set(lead, field, value));
        add(lead);
        for (Long contact : linked) {
            link(lead.id, contact, false);
        }
        return lead.id;
    }

    /** A manager or the website adds a contact. */
    public synchronized long addContact(String name, Map<Long, String> fields) {
        Entity contact = newEntity(false);
        contact.name = name;
        fields.forEach((field, value) -> set(contact, field, value));
        add(contact);
        return contact.id;
    }

    /** A manager changes a lead. */
    public synchronized void changeLead(long id, Consumer<ByHand> change) {
        Entity lead = required(true, id);
        touch(lead, () -> change.accept(new ByHand(lead)));
    }

    /** A manager changes a contact. */
    public synchronized void changeContact(long id, Consumer<ByHand> change) {
        Entity contact = required(false, id);
        touch(contact, () -> change.accept(new ByHand(contact)));
    }

    /** A manager deletes a lead. */
    public synchronized void deleteLead(long id) {
        remove(required(true, id));
    }

    /** A manager deletes a contact. */
    public synchronized void deleteContact(long id) {
        remove(required(false, id));
    }

    /**
     * A manager merges two contacts: the leads of the second go to the first, phones and addresses are joined, other fields are taken
     * where the first has none, and the second vanishes.
     */
    public synchronized void mergeContacts(long kept, long merged) {
        Entity one = required(false, kept);
        Entity other = required(false, merged);
        touch(one, () -> other.fields.forEach((id, held) -> {
            List<FieldValue> joined = new ArrayList<>(one.fields.getOrDefault(id, List.of()));
            if (joined.isEmpty()) {
                joined.addAll(held);
            } else if (contactFields.get(id).type() == FieldType.MULTITEXT) {
                held.stream().filter(value -> joined.stream().noneMatch(old -> old.text().equals(value.text()))).forEach(joined::add);
            }
            one.put(id, joined);
        }));
        List.copyOf(other.links).forEach(lead -> link(lead, kept, false));
        remove(other);
    }

    /** An administrator makes a text field for deals; returns its id. */
    public synchronized long addLeadField(String name) {
        long id = newFieldId(true);
        leadFields.put(id, CustomField.of(id, name, FieldType.TEXT));
        return id;
    }

    /** An administrator makes a field, or makes one anew with another type. */
    public synchronized void putField(boolean ofLeads, long id, String name, FieldType type) {
        fields(ofLeads).put(id, CustomField.of(id, name, type));
    }

    /** An administrator deletes a field. */
    public synchronized void deleteField(boolean ofLeads, long id) {
        fields(ofLeads).remove(id);
    }

    /** The custom fields by their ids. */
    public synchronized Map<Long, CustomField> fieldsOf(boolean ofLeads) {
        return Map.copyOf(fields(ofLeads));
    }

    /** An administrator archives a pipeline. */
    public synchronized void archive(long pipeline) {
        archived.add(pipeline);
    }

    /** The token's user is no administrator any more. */
    public synchronized void takeAdministratorsRight() {
        administrator = false;
    }

    /** What users may view and edit: {@code A} = all, {@code M} = their own only. */
    public synchronized void giveRight(String other) {
        right = other;
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
            entity.moveTo(pipeline, stage, now());
            return this;
        }

        /** Closes a lead as won, in its pipeline. */
        public ByHand won() {
            return stage(entity.pipelineId, Pipeline.WON);
        }

        /** Closes a lead as lost, in its pipeline. */
        public ByHand lost() {
            return stage(entity.pipelineId, Pipeline.LOST);
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

        /** Sets all values of a field, such as several phones. */
        public ByHand field(long id, List<String> all) {
            entity.put(id, all.stream().map(value -> parsed(entity, id, value)).toList());
            return this;
        }

        /** Puts tags on it. */
        public ByHand tags(String... names) {
            entity.tags.addAll(Arrays.asList(names));
            return this;
        }
    }

    private void set(Entity entity, long id, String value) {
        entity.put(id, value == null ? List.of() : List.of(parsed(entity, id, value)));
    }

    private FieldValue parsed(Entity entity, long id, String value) {
        CustomField field = fields(entity.lead).get(id);
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        if (field.type() == FieldType.CHECKBOX) {
            written.put("value", Boolean.parseBoolean(value));
        } else {
            written.put("value", value);
        }
        try {
            return values.accept(field, written, zone);
        } catch (RefusedValue e) {
            throw new IllegalArgumentException("Field " + id + ": " + e.getMessage(), e);
        }
    }

    // ---- for the API

    Map<Long, CustomField> fields(boolean lead) {
        return lead ? leadFields : contactFields;
    }

    /** Apart from the numbers of the product's mapping, which tests and settings name. */
    long newFieldId(boolean lead) {
        return Math.max(200, fields(lead).keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1);
    }

    boolean isArchived(long pipeline) {
        return archived.contains(pipeline);
    }

    boolean isTokenOfAdministrator() {
        return administrator;
    }

    String right() {
        return right;
    }

    Pipeline pipeline(long id) {
        return pipelines.get(id);
    }

    FieldValues values() {
        return values;
    }

    ZoneId zone() {
        return zone;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    boolean refuses(long field, String value) {
        return refusedValue != null && field == refusedField && refusedValue.equals(value);
    }

    EntityIndex all(boolean lead) {
        return lead ? leads : contacts;
    }

    Entity find(boolean lead, long id) {
        return all(lead).find(id);
    }

    synchronized int count(boolean lead) {
        return all(lead).size();
    }

    /** A tag's id, given on first use. */
    long tagId(String name) {
        return tagIds.computeIfAbsent(name, tag -> 500L + tagIds.size());
    }

    String tagName(long id) {
        return tagIds.entrySet().stream().filter(tag -> tag.getValue() == id).map(Map.Entry::getKey).findFirst().orElse(null);
    }

    /** An entity that is not in the account before {@link #add}. */
    Entity newEntity(boolean lead) {
        Entity entity = new Entity(nextId++, lead);
        entity.createdAt = now();
        entity.updatedAt = entity.createdAt;
        return entity;
    }

    void add(Entity entity) {
        all(entity.lead).add(entity);
    }

    private void remove(Entity entity) {
        for (Long other : List.copyOf(entity.links)) {
            unlink(entity.lead ? entity.id : other, entity.lead ? other : entity.id);
        }
        all(entity.lead).remove(entity);
    }

    /** Links a lead to a contact; false if they were linked already. Both must exist. */
    boolean link(long leadId, long contactId, boolean main) {
        Entity lead = required(true, leadId);
        if (!lead.links.add(contactId)) {
            return false;
        }
        required(false, contactId).links.add(leadId);
        touch(lead, () -> lead.mainContact = main || lead.mainContact == null ? (Long) contactId : lead.mainContact);
        return true;
    }

    /** Separates a lead from a contact; false if they were not linked. */
    boolean unlink(long leadId, long contactId) {
        Entity lead = find(true, leadId);
        if (lead == null || !lead.links.remove(contactId)) {
            return false;
        }
        required(false, contactId).links.remove(leadId);
        if (lead.mainContact == contactId) {
            lead.mainContact = lead.links.stream().findFirst().orElse(null);
        }
        return true;
    }

    /** Changes an entity at the server's present. */
    void touch(Entity entity, Runnable change) {
        all(entity.lead).change(entity, change, now());
    }

    private Entity required(boolean lead, long id) {
        Entity entity = find(lead, id);
        if (entity == null) {
            throw new IllegalArgumentException("There is no " + (lead ? "lead " : "contact ") + id);
        }
        return entity;
    }
}
