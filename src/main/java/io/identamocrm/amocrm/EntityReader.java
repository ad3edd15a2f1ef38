package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.MappedField;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads leads and contacts of the API into mirror rows: ids stay, every value becomes a fingerprint (amoCRM facts, sections 4.3 and 5). */
public final class EntityReader {

    private final FieldFormats formats;
    private final Fingerprint fingerprint;
    private final Function<String, List<String>> phones;

    /**
     * A reader for one account.
     *
     * @param formats formats of its fields
     * @param fingerprint   how canonical values become fingerprints
     * @param phones  finds the E.164 numbers in a phone text
     */
    public EntityReader(FieldFormats formats, Fingerprint fingerprint, Function<String, List<String>> phones) {
        this.formats = formats;
        this.fingerprint = fingerprint;
        this.phones = phones;
    }

    /** A deal of {@code GET /leads?with=contacts}. */
    public Deal deal(JsonNode lead) {
        Map<Long, JsonNode> values = valuesById(lead);
        Map<DealField, String> fingerprints = new EnumMap<>(DealField.class);
        formats.fields().deals().keySet().forEach(field -> put(fingerprints, field, values));
        Set<Long> contacts = new HashSet<>();
        lead.path("_embedded")
                .path("contacts")
                .forEach(contact -> contacts.add(contact.path("id").asLong()));
        return new Deal(
                lead.path("id").asLong(),
                lead.path("pipeline_id").asLong(),
                lead.path("status_id").asLong(),
                lead.path("updated_at").asLong(),
                number(DealField.RECEPTION_ID, values),
                fingerprints,
                Map.of(),
                contacts,
                read(DealField.SYNC_STATE, values));
    }

    /** A contact of {@code GET /contacts}. */
    public Contact contact(JsonNode contact) {
        Map<Long, JsonNode> values = valuesById(contact);
        Map<ContactField, String> fingerprints = new EnumMap<>(ContactField.class);
        formats.fields().contacts().keySet().stream()
                .filter(field -> !formats.isPhone(field))
                .forEach(field -> put(fingerprints, field, values));
        Set<String> carried = new HashSet<>();
        phoneValues(contact)
                .forEach(value -> phones.apply(value.path("value").asText())
                        .forEach(phone -> carried.add(fingerprint.of(phone))));
        String name = contact.path("name").asText("").strip();
        return new Contact(
                contact.path("id").asLong(),
                contact.path("updated_at").asLong(),
                number(ContactField.PATIENT_ID, values),
                name.isEmpty() ? null : fingerprint.of(name),
                carried,
                fingerprints,
                Map.of());
    }

    private JsonNode phoneValues(JsonNode contact) {
        return formats.fields()
                .phone()
                .map(phone -> valuesById(contact).get(phone.id()))
                .orElse(MissingNode.getInstance());
    }

    private <F extends MappedField> void put(Map<F, String> fingerprints, F field, Map<Long, JsonNode> values) {
        String canonical = read(field, values);
        if (canonical != null) {
            fingerprints.put(field, fingerprint.of(canonical));
        }
    }

    private @Nullable Long number(MappedField field, Map<Long, JsonNode> values) {
        String canonical = read(field, values);
        return canonical != null && canonical.matches("\\d{1,18}") ? Long.valueOf(canonical) : null;
    }

    private @Nullable String read(MappedField field, Map<Long, JsonNode> values) {
        FieldDefinition definition = formats.fields().of(field);
        JsonNode held = definition == null ? null : values.get(definition.id());
        return held == null ? null : formats.read(field, held);
    }

    /** The value objects of an entity's fields, by the fields' ids. */
    static Map<Long, JsonNode> valuesById(JsonNode entity) {
        Map<Long, JsonNode> values = new HashMap<>();
        entity.path("custom_fields_values")
                .forEach(field -> values.put(field.path("field_id").asLong(), field.path("values")));
        return values;
    }
}
