package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.sandbox.Faults.Fault;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Leads and contacts with their links, tasks and notes, as the API and the managers find them. Its monitor guards everything in it. */
final class AccountContent {

    private final Clock clock;
    private final ZoneId zone;
    private final FieldValues values;
    private final AccountStructure structure = new AccountStructure();
    private final EntityIndex leads = new EntityIndex();
    private final EntityIndex contacts = new EntityIndex();
    private final Feed feed = new Feed();
    private final Map<String, Long> tagIds = new TreeMap<>();
    private long nextId = 70_001;

    AccountContent(SandboxOptions options) {
        clock = options.clock();
        zone = options.zone();
        values = new FieldValues(options.longestText());
    }

    Feed feed() {
        return feed;
    }

    AccountStructure structure() {
        return structure;
    }

    Map<Long, CustomField> fields(boolean lead) {
        return structure.fields(lead);
    }

    Pipeline pipeline(long id) {
        return structure.pipeline(id);
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

    EntityIndex all(boolean lead) {
        return lead ? leads : contacts;
    }

    Entity find(boolean lead, long id) {
        return all(lead).find(id);
    }

    /** As a call finds it: where what is gone is still told, that too. */
    Entity find(boolean lead, long id, Call call) {
        Entity entity = find(lead, id);
        return entity == null && call.suffers(Fault.GONE_IS_DELETED) ? all(lead).findGone(id) : entity;
    }

    Entity required(boolean lead, long id) {
        Entity entity = find(lead, id);
        if (entity == null) {
            throw new IllegalArgumentException("There is no " + (lead ? "lead " : "contact ") + id);
        }
        return entity;
    }

    /** A tag's id, given on first use. */
    long tagId(String name) {
        return tagIds.computeIfAbsent(name, tag -> 500L + tagIds.size());
    }

    String tagName(long id) {
        return tagIds.entrySet().stream()
                .filter(tag -> tag.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    long newId() {
        return nextId++;
    }

    /** An entity that is not in the account before {@link #add}. */
    Entity newEntity(boolean lead) {
        Entity entity = new Entity(newId(), lead);
        entity.responsibleUserId = structure.firstUser();
        entity.createdAt = now();
        entity.updatedAt = entity.createdAt;
        return entity;
    }

    void add(Entity entity) {
        all(entity.lead).add(entity);
    }

    /** Changes an entity at the server's present. */
    void touch(Entity entity, Runnable change) {
        all(entity.lead).change(entity, change, now());
    }

    synchronized void change(boolean lead, long id, Consumer<Entity> change) {
        Entity entity = required(lead, id);
        touch(entity, () -> change.accept(entity));
    }

    /** Changes all that fit. */
    synchronized void changeAll(boolean lead, Predicate<Entity> which, Consumer<Entity> change) {
        all(lead).ascending().stream()
                .filter(which)
                .toList()
                .forEach(entity -> touch(entity, () -> change.accept(entity)));
    }

    synchronized void remove(boolean lead, long id) {
        Entity entity = required(lead, id);
        for (Long other : List.copyOf(entity.links)) {
            unlink(lead ? id : other, lead ? other : id);
        }
        feed.remove(entity);
        all(lead).remove(entity);
    }

    /** Links a lead to a contact; false if they were linked already. Both must exist. */
    synchronized boolean link(long leadId, long contactId, boolean main) {
        Entity lead = required(true, leadId);
        if (!lead.links.add(contactId)) {
            return false;
        }
        required(false, contactId).links.add(leadId);
        touch(lead, () -> lead.mainContact = main || lead.mainContact == null ? (Long) contactId : lead.mainContact);
        return true;
    }

    /** Separates a lead from a contact; false if they were not linked. */
    synchronized boolean unlink(long leadId, long contactId) {
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

    /** As a person types it; null empties the field. */
    void set(Entity entity, long field, String value) {
        entity.put(field, value == null ? List.of() : List.of(parsed(entity, field, value)));
    }

    /** A value as a person types it. */
    FieldValue parsed(Entity entity, long id, String value) {
        CustomField field = fields(entity.lead).get(id);
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        if (field.type() == FieldType.CHECKBOX) {
            written.put("value", Boolean.parseBoolean(value));
        } else {
            written.put("value", value);
        }
        try {
            return values.accept(field, written, new Days(zone, true));
        } catch (RefusedValue e) {
            throw new IllegalArgumentException("Field " + id + ": " + e.getMessage(), e);
        }
    }
}
