package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Leads and contacts as they are read (amoCRM facts, sections 4.3 and 5). */
final class EntityJson {

    private final AccountContent account;

    EntityJson(AccountContent account) {
        this.account = account;
    }

    ObjectNode of(Entity entity, boolean withLinks, String base) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", entity.id).put("name", entity.name);
        if (entity.lead) {
            json.put("price", entity.price);
        } else {
            json.put("first_name", entity.firstName)
                    .put("last_name", entity.lastName)
                    .put("is_unsorted", false);
        }
        json.put("responsible_user_id", entity.responsibleUserId).put("group_id", 0);
        if (entity.lead) {
            json.put("status_id", entity.stageId)
                    .put("pipeline_id", entity.pipelineId)
                    .putNull("loss_reason_id");
            json.put("closed_at", entity.closedAt)
                    .putNull("score")
                    .putNull("labor_cost")
                    .put("is_price_computed", false);
        }
        json.put("created_by", entity.createdBy)
                .put("updated_by", 0)
                .put("created_at", entity.createdAt)
                .put("updated_at", entity.updatedAt)
                .putNull("closest_task_at")
                .put("is_deleted", entity.deleted)
                .put("account_id", SandboxAccount.ID);
        putFields(json, entity);
        json.putObject("_links")
                .putObject("self")
                .put("href", base + "/api/v4/" + (entity.lead ? "leads/" : "contacts/") + entity.id);
        ObjectNode embedded = json.putObject("_embedded");
        ArrayNode tags = embedded.putArray("tags");
        entity.tags.forEach(tag ->
                tags.addObject().put("id", account.tagId(tag)).put("name", tag).putNull("color"));
        embedded.putArray("companies");
        if (withLinks) {
            ArrayNode links = embedded.putArray(entity.lead ? "contacts" : "leads");
            for (Long link : entity.links) {
                ObjectNode item = links.addObject().put("id", link);
                if (entity.lead) {
                    item.put("is_main", link.equals(entity.mainContact));
                }
            }
        }
        return json;
    }

    private void putFields(ObjectNode json, Entity entity) {
        if (entity.fields.isEmpty()) {
            json.putNull("custom_fields_values");
            return;
        }
        ArrayNode fields = json.putArray("custom_fields_values");
        entity.fields.forEach((id, values) -> {
            CustomField field = account.fields(entity.lead).get(id);
            ArrayNode array = fields.addObject()
                    .put("field_id", id)
                    .put("field_name", field.name())
                    .put("field_code", field.code())
                    .put("field_type", field.type().apiName())
                    .put("is_computed", false)
                    .putArray("values");
            values.forEach(value -> value.writeTo(array.addObject()));
        });
    }
}
