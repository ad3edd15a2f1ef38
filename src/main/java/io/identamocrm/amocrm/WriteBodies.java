package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.MappedField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the items of writing requests. Only members of ours are ever sent (amoCRM facts, section 4). */
public final class WriteBodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FieldFormats formats;

    /** Bodies in the formats of one account. */
    public WriteBodies(FieldFormats formats) {
        this.formats = formats;
    }

    /** A new deal linked to a contact that is there. */
    public ObjectNode newDeal(DealWrite write, long contactId) {
        ObjectNode item = newDeal(write);
        item.putObject("_embedded")
                .putArray("contacts")
                .addObject()
                .put("id", contactId)
                .put("is_main", true);
        return item;
    }

    /** A new deal together with its new contact, for {@code /leads/complex}. */
    public ObjectNode newDealWithContact(DealWrite write, ContactWrite contact) {
        ObjectNode item = newDeal(write);
        item.putObject("_embedded").putArray("contacts").add(newContact(contact));
        return item;
    }

    /** A new contact. */
    public ObjectNode newContact(ContactWrite write) {
        ObjectNode item = JSON.objectNode().put("name", write.name());
        return contactFields(item, write, Map.of());
    }

    /** The changed members of a deal. */
    public ObjectNode changedDeal(DealWrite write) {
        ObjectNode item = JSON.objectNode().put("id", write.id());
        place(item, write);
        return fields(item, write.values());
    }

    /**
     * The changed members of a contact.
     *
     * @param lists what fields that hold several values are to hold, by {@link MultiValues}
     */
    public ObjectNode changedContact(ContactWrite write, Map<ContactField, List<JsonNode>> lists) {
        ObjectNode item = JSON.objectNode().put("id", write.id());
        if (write.name() != null) {
            item.put("name", write.name());
        }
        return contactFields(item, write, lists);
    }

    /** A link of a deal to a contact, for {@code /leads/link}. */
    public ObjectNode link(long dealId, long contactId, boolean main) {
        ObjectNode item = unlink(dealId, contactId);
        item.putObject("metadata").put("is_main", main);
        return item;
    }

    /** The end of a link, for {@code /leads/unlink}. */
    public ObjectNode unlink(long dealId, long contactId) {
        return JSON.objectNode()
                .put("entity_id", dealId)
                .put("to_entity_id", contactId)
                .put("to_entity_type", "contacts");
    }

    private ObjectNode newDeal(DealWrite write) {
        ObjectNode item = JSON.objectNode().put("name", write.name());
        place(item, write);
        if (write.responsibleId() != null) {
            item.put("responsible_user_id", write.responsibleId());
        }
        return fields(item, write.values());
    }

    private static void place(ObjectNode item, DealWrite write) {
        if (write.pipelineId() != null) {
            item.put("pipeline_id", write.pipelineId());
        }
        if (write.stageId() != null) {
            item.put("status_id", write.stageId());
        }
    }

    private ObjectNode contactFields(ObjectNode item, ContactWrite write, Map<ContactField, List<JsonNode>> lists) {
        Map<ContactField, String> single = new HashMap<>(write.values());
        single.keySet().removeAll(lists.keySet());
        fields(item, single);
        lists.forEach((field, values) -> {
            if (field != ContactField.PHONE) {
                item.withArray("custom_fields_values").add(formats.write(field, values));
            }
        });
        formats.fields()
                .phone()
                .filter(phone -> !write.phones().isEmpty())
                .ifPresent(phone -> item.withArray("custom_fields_values")
                        .add(formats.writePhones(lists.getOrDefault(
                                ContactField.PHONE,
                                write.phones().stream()
                                        .<JsonNode>map(number -> FieldFormats.newValue(phone, number))
                                        .toList()))));
        return item;
    }

    private <F extends MappedField> ObjectNode fields(ObjectNode item, Map<F, String> values) {
        values.forEach((field, value) -> {
            if (field != ContactField.PHONE) {
                item.withArray("custom_fields_values").add(formats.write(field, value));
            }
        });
        return item;
    }
}
