package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A task for a user (amoCRM facts, sections 8 and 12).
 *
 * @param id                amoCRM id
 * @param text              what is to be done
 * @param completeTill      deadline in Unix seconds
 * @param entityId          what it is about; null for none
 * @param entityType        {@code leads}, {@code contacts}, …; null without an entity
 * @param typeId            1 = follow-up, 2 = meeting, others are the account's own
 * @param responsibleUserId whose it is
 * @param createdAt         Unix seconds
 * @param updatedAt         Unix seconds
 * @param completed         true once it is done
 * @param result            what came of it; null for nothing
 */
public record Task(
        long id,
        String text,
        long completeTill,
        Long entityId,
        String entityType,
        long typeId,
        long responsibleUserId,
        long createdAt,
        long updatedAt,
        boolean completed,
        String result) {

    Task changed(String otherText, long otherTill, boolean done, String otherResult, long now) {
        return new Task(
                id,
                otherText,
                otherTill,
                entityId,
                entityType,
                typeId,
                responsibleUserId,
                createdAt,
                now,
                done,
                otherResult);
    }

    Task movedTo(long otherEntity) {
        return new Task(
                id,
                text,
                completeTill,
                otherEntity,
                entityType,
                typeId,
                responsibleUserId,
                createdAt,
                updatedAt,
                completed,
                result);
    }

    boolean isOf(Entity entity) {
        return entityId != null && entityId == entity.id && (entity.lead ? "leads" : "contacts").equals(entityType);
    }

    ObjectNode json(String base) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("created_by", 0)
                .put("updated_by", 0)
                .put("created_at", createdAt)
                .put("updated_at", updatedAt)
                .put("responsible_user_id", responsibleUserId)
                .put("group_id", 0)
                .put("entity_id", entityId)
                .put("entity_type", entityType)
                .put("duration", 0)
                .put("is_completed", completed)
                .put("task_type_id", typeId)
                .put("text", text)
                .put("complete_till", completeTill)
                .put("account_id", SandboxAccount.ID);
        if (result == null) {
            json.putNull("result");
        } else {
            json.putObject("result").put("text", result);
        }
        json.putObject("_links").putObject("self").put("href", base + "/api/v4/tasks/" + id);
        return json;
    }
}
