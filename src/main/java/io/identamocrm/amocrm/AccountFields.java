package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our fields as this account has them: the mapping of the settings joined with the definitions read from amoCRM.
 *
 * @param deals    definition per mapped deal field
 * @param contacts definition per mapped contact field
 * @param phone    the contacts' phone field: the mapped one, else amoCRM's own {@code PHONE}; empty if the account has neither
 */
public record AccountFields(
        Map<DealField, FieldDefinition> deals,
        Map<ContactField, FieldDefinition> contacts,
        Optional<FieldDefinition> phone) {

    /** The definition of one of our fields, or null if it is not mapped. */
    public @Nullable FieldDefinition of(MappedField field) {
        return field instanceof DealField deal ? deals.get(deal) : contacts.get((ContactField) field);
    }

    /**
     * The definition of one of our fields.
     *
     * @throws IllegalStateException if it is not mapped
     */
    FieldDefinition known(MappedField field) {
        FieldDefinition definition = of(field);
        if (definition == null) {
            throw new IllegalStateException(field + " is not mapped");
        }
        return definition;
    }

    /**
     * Joins the mapping with the account's own definitions; every mapped id has one.
     *
     * @param mapping  field ids of the settings
     * @param deals    {@code GET /leads/custom_fields}, all pages merged, or an empty node
     * @param contacts {@code GET /contacts/custom_fields}, likewise
     */
    public static AccountFields join(FieldMapping mapping, Iterable<JsonNode> deals, Iterable<JsonNode> contacts) {
        Map<Long, FieldDefinition> ofDeals = definitions(deals);
        Map<Long, FieldDefinition> ofContacts = definitions(contacts);
        Map<DealField, FieldDefinition> joinedDeals = new EnumMap<>(DealField.class);
        mapping.deals().forEach((field, id) -> joinedDeals.put(field, ofDeals.get(id)));
        Map<ContactField, FieldDefinition> joinedContacts = new EnumMap<>(ContactField.class);
        mapping.contacts().forEach((field, id) -> joinedContacts.put(field, ofContacts.get(id)));
        Optional<FieldDefinition> phone = Optional.ofNullable(joinedContacts.get(ContactField.PHONE))
                .or(() -> ofContacts.values().stream()
                        .filter(definition -> "PHONE".equals(definition.code()))
                        .findFirst());
        return new AccountFields(joinedDeals, joinedContacts, phone);
    }

    private static Map<Long, FieldDefinition> definitions(Iterable<JsonNode> fields) {
        Map<Long, FieldDefinition> definitions = new HashMap<>();
        for (JsonNode field : fields) {
            Map<String, Long> enums = new HashMap<>();
            field.path("enums")
                    .forEach(option -> enums.put(
                            option.path("value").asText(), option.path("id").asLong()));
            long id = field.path("id").asLong();
            definitions.put(
                    id,
                    new FieldDefinition(
                            id,
                            field.path("code").asText(null),
                            FieldType.of(field.path("type").asText("")),
                            enums));
        }
        return definitions;
    }
}
