package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Writes checked items into the account (amoCRM facts, sections 4.4, 4.5 and 5). */
final class ItemWriter {

    private final AccountContent account;

    ItemWriter(AccountContent account) {
        this.account = account;
    }

    /** The field that a member of {@code custom_fields_values} names by id or code, or null. */
    static CustomField field(AccountContent account, boolean lead, JsonNode written) {
        if (written.has("field_id")) {
            return account.fields(lead).get(written.path("field_id").asLong());
        }
        String code = written.path("field_code").asText();
        return account.fields(lead).values().stream()
                .filter(field -> code.equals(field.code()))
                .findFirst()
                .orElse(null);
    }

    /** A new entity; links to contacts that have an id are made too. */
    Entity create(boolean lead, JsonNode item, Days days) {
        Entity entity = account.newEntity(lead);
        entity.createdAt = item.path("created_at").asLong(entity.createdAt);
        entity.createdBy = item.path("created_by").asLong(0);
        if (lead) {
            Pipeline pipeline = account.pipeline(item.path("pipeline_id").asLong(SandboxAccount.PRIMARY));
            entity.moveTo(pipeline.id(), pipeline.firstOrdinary().id(), account.now());
        }
        write(entity, item, days);
        account.add(entity);
        if (lead) {
            item.path("_embedded").path("contacts").forEach(contact -> {
                if (contact.has("id")) {
                    account.link(
                            entity.id,
                            contact.path("id").asLong(),
                            contact.path("is_main").asBoolean());
                }
            });
        }
        return entity;
    }

    /** The changed entity, or null if there is none with this id. */
    Entity change(boolean lead, long id, JsonNode item, Days days) {
        Entity entity = account.find(lead, id);
        if (entity != null) {
            account.touch(entity, () -> write(entity, item, days));
        }
        return entity;
    }

    private void write(Entity entity, JsonNode item, Days days) {
        boolean inParts = item.hasNonNull("first_name") || item.hasNonNull("last_name");
        entity.firstName = item.path("first_name").asText(entity.firstName);
        entity.lastName = item.path("last_name").asText(entity.lastName);
        String joined = (entity.firstName + " " + entity.lastName).strip();
        if (item.hasNonNull("name")) {
            entity.name = item.path("name").asText();
        } else if (inParts && !joined.isEmpty()) {
            entity.name = joined;
        }
        entity.price = item.path("price").asLong(entity.price);
        entity.responsibleUserId = item.path("responsible_user_id").asLong(entity.responsibleUserId);
        // An older time is ignored; the newer API's answer to it is not known.
        entity.updatedAt = Math.max(entity.updatedAt, item.path("updated_at").asLong(0));
        if (entity.lead) {
            writePlace(entity, item);
        }
        for (JsonNode written : item.path("custom_fields_values")) {
            writeField(entity, written, days);
        }
        writeTags(entity, item);
    }

    private void writePlace(Entity entity, JsonNode item) {
        long pipeline = item.path("pipeline_id").asLong(entity.pipelineId);
        long stage = item.path("status_id").asLong(entity.stageId);
        if (!item.has("status_id")) {
            boolean unsorted = !account.pipeline(entity.pipelineId).canTake(entity.stageId);
            stage = pipeline != entity.pipelineId || unsorted
                    ? account.pipeline(pipeline).firstOrdinary().id()
                    : stage;
        } else if (!account.pipeline(pipeline).canTake(stage)) {
            // A stage alone moves the deal into the stage's pipeline; with a pipeline the pair was checked before.
            long home = stage;
            pipeline = account.structure().pipelines().stream()
                    .filter(any -> any.canTake(home))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }
        entity.moveTo(pipeline, stage, account.now());
    }

    private void writeField(Entity entity, JsonNode written, Days days) {
        CustomField field = field(account, entity.lead, written);
        List<FieldValue> values = new ArrayList<>();
        for (JsonNode value : written.path("values")) {
            try {
                values.add(account.values().accept(field, value, days));
            } catch (RefusedValue e) {
                throw new IllegalStateException("An item was written without having been checked", e);
            }
        }
        entity.put(field.id(), values);
    }

    private void writeTags(Entity entity, JsonNode item) {
        JsonNode all = item.path("_embedded").path("tags");
        if (!all.isMissingNode()) {
            entity.tags.clear();
            entity.tags.addAll(names(all));
            return;
        }
        entity.tags.addAll(names(item.path("tags_to_add")));
        names(item.path("tags_to_delete")).forEach(entity.tags::remove);
    }

    private List<String> names(JsonNode tags) {
        List<String> names = new ArrayList<>();
        for (JsonNode tag : tags) {
            String name = tag.has("name")
                    ? tag.path("name").asText()
                    : account.tagName(tag.path("id").asLong());
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }
}
