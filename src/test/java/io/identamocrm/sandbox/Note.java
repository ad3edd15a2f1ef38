package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A note in a lead's or contact's feed (amoCRM facts, section 8).
 *
 * @param id         amoCRM id
 * @param entityId   the lead or contact
 * @param entityType {@code leads} or {@code contacts}
 * @param type       {@code common} for text that somebody wrote
 * @param text       the text
 * @param createdAt  Unix seconds
 * @param updatedAt  Unix seconds
 */
public record Note(
        long id, long entityId, String entityType, String type, String text, long createdAt, long updatedAt) {

    Note changed(String otherText, long now) {
        return new Note(id, entityId, entityType, type, otherText, createdAt, now);
    }

    Note movedTo(long otherEntity) {
        return new Note(id, otherEntity, entityType, type, text, createdAt, updatedAt);
    }

    boolean isOf(Entity entity) {
        return entityId == entity.id && (entity.lead ? "leads" : "contacts").equals(entityType);
    }

    ObjectNode json(String base) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("entity_id", entityId)
                .put("created_by", 0)
                .put("updated_by", 0)
                .put("created_at", createdAt)
                .put("updated_at", updatedAt)
                .put("responsible_user_id", SandboxAccount.USERS.get(0))
                .put("group_id", 0)
                .put("note_type", type)
                .put("account_id", SandboxAccount.ID);
        json.putObject("params").put("text", text);
        json.putObject("_links").putObject("self").put("href", base + "/api/v4/" + entityType + "/notes/" + id);
        return json;
    }
}
