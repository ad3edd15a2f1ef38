package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks one item of a writing request without changing anything (amoCRM facts, sections 3 to 6). */
final class ItemChecks {

    private static final Set<String> TAG_MEMBERS = Set.of("id", "name", "color");
    private static final Set<String> ENTITY_TYPES = Set.of("leads", "contacts", "companies", "customers");
    private static final Set<String> NOTE_TYPES = Set.of("common", "service_message", "extended_service_message");

    private final AccountContent account;
    private final String requestId;
    private final List<Refusal> refusals = new ArrayList<>();

    ItemChecks(AccountContent account, String requestId) {
        this.account = account;
        this.requestId = requestId;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    /** {@code prefix} leads to the item within the request's item, such as {@code _embedded.contacts.0.} */
    void look(boolean lead, JsonNode item, String prefix, Days days) {
        if (!item.isObject()) {
            refuse("InvalidType", prefix + "0", "This value should be of type object.");
            return;
        }
        lookAtType(item, "name", item.path("name").isTextual(), "string", prefix);
        lookAtUser(item, prefix);
        if (lead) {
            lookAtType(item, "price", item.path("price").isIntegralNumber(), "int", prefix);
            lookAtPlace(item, prefix);
        }
        lookAtTags(item.path("_embedded").path("tags"), prefix + "_embedded.tags.");
        lookAtTags(item.path("tags_to_add"), prefix + "tags_to_add.");
        lookAtTags(item.path("tags_to_delete"), prefix + "tags_to_delete.");
        int position = 0;
        for (JsonNode written : item.path("custom_fields_values")) {
            lookAtField(lead, written, prefix + "custom_fields_values." + position++, days);
        }
    }

    /** An item of a batch of changes must say what it changes. */
    void lookAtId(JsonNode item) {
        if (!item.path("id").isIntegralNumber()) {
            refuse("FieldMissing", "id", "This field is missing.");
        }
    }

    /** A contact that a new lead is to be linked to must exist. */
    void lookAtLink(JsonNode contact, int position) {
        if (contact.has("id") && account.find(false, contact.path("id").asLong()) == null) {
            refuseChoice("_embedded.contacts." + position + ".id");
        }
    }

    void lookAtUser(JsonNode item, String prefix) {
        if (item.has("responsible_user_id")
                && !account.structure()
                        .isActive(item.path("responsible_user_id").asLong())) {
            refuseChoice(prefix + "responsible_user_id");
        }
    }

    /** A text that must be there. */
    void lookAtText(JsonNode item, String member) {
        lookAtMember(item, member, item.path(member).isTextual(), "string", true);
    }

    void lookAtNumber(JsonNode item, String member, boolean required) {
        lookAtMember(item, member, item.path(member).isIntegralNumber(), "int", required);
    }

    private void lookAtMember(JsonNode item, String member, boolean right, String type, boolean required) {
        if (!item.hasNonNull(member)) {
            if (required) {
                refuse("FieldMissing", member, "This field is missing.");
            }
        } else {
            lookAtType(item, member, right, type, "");
        }
    }

    /** What a task or note is about must exist; companies and customers are not looked for. */
    void lookAtEntity(JsonNode item, String type) {
        if (!ENTITY_TYPES.contains(type)) {
            refuseChoice("entity_type");
            return;
        }
        lookAtNumber(item, "entity_id", true);
        boolean known = "leads".equals(type) || "contacts".equals(type);
        if (known
                && item.hasNonNull("entity_id")
                && account.find("leads".equals(type), item.path("entity_id").asLong()) == null) {
            refuseChoice("entity_id");
        }
    }

    /** A note's text stands in {@code params}, nowhere else. */
    void lookAtNote(JsonNode item) {
        lookAtText(item, "note_type");
        if (item.hasNonNull("note_type")
                && !NOTE_TYPES.contains(item.path("note_type").asText())) {
            refuseChoice("note_type");
        } else if (!item.path("params").path("text").isTextual()) {
            refuse("FieldMissing", "params.text", "This field is missing.");
        }
    }

    private void lookAtType(JsonNode item, String member, boolean right, String type, String prefix) {
        if (item.hasNonNull(member) && !right) {
            refuse("InvalidType", prefix + member, "This value should be of type " + type + ".");
        }
    }

    private void lookAtPlace(JsonNode item, String prefix) {
        Pipeline named = account.pipeline(item.path("pipeline_id").asLong());
        if (item.has("pipeline_id") && named == null) {
            refuseChoice(prefix + "pipeline_id");
        } else if (item.has("status_id")) {
            long stage = item.path("status_id").asLong();
            boolean settable = named != null
                    ? named.canTake(stage)
                    : account.structure().pipelines().stream().anyMatch(any -> any.canTake(stage));
            if (!settable) {
                refuseChoice(prefix + "status_id");
            }
        }
    }

    private void lookAtField(boolean lead, JsonNode written, String path, Days days) {
        if (!written.has("field_id") && !written.has("field_code")) {
            // Seen with a UUID in place of a code; nobody knows what it tells.
            refuse("7e1d3f2a-55c8-4f0b-9a4e-0c6b1f7d2e90", path, "This value is not valid.");
            return;
        }
        CustomField field = ItemWriter.field(account, lead, written);
        if (field == null) {
            refuseChoice(path + (written.has("field_code") ? ".field_code" : ".field_id"));
            return;
        }
        if (!written.path("values").isNull() && !written.path("values").isArray()) {
            refuse("InvalidType", path + ".values", "This value should be of type array.");
        }
        int position = 0;
        for (JsonNode value : written.path("values")) {
            String valuePath = path + ".values." + position++ + ".";
            lookForStrangers(value, FieldValues.members(field), valuePath);
            if (account.structure().refuses(field.id(), value.path("value").asText())) {
                refuseChoice(valuePath + "value");
            }
            try {
                account.values().accept(field, value, days);
            } catch (RefusedValue e) {
                refuse(e.code(), valuePath + e.member(), e.getMessage());
            }
        }
    }

    private void lookAtTags(JsonNode tags, String path) {
        int position = 0;
        for (JsonNode tag : tags) {
            lookForStrangers(tag, TAG_MEMBERS, path + position++ + ".");
        }
    }

    private void lookForStrangers(JsonNode item, Set<String> expected, String path) {
        item.fieldNames().forEachRemaining(member -> {
            if (!expected.contains(member)) {
                refuse("FieldNotExpected", path + member, "This field was not expected.");
            }
        });
    }

    private void refuseChoice(String path) {
        refuse("NotSupportedChoice", path, "The value you selected is not a valid choice.");
    }

    private void refuse(String code, String path, String detail) {
        refusals.add(new Refusal(requestId, code, path, detail));
    }
}
