package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Fingerprint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Fields of contacts that hold several values, each of a kind: phones and e-mails. amoCRM replaces the whole list, so ours are put in front
 * of what the contact holds (domain rules, section 4).
 */
public final class MultiValues {

    private final FieldFormats formats;
    private final Fingerprint fingerprint;
    private final Function<String, List<String>> phones;

    /**
     * The fields of one account.
     *
     * @param formats     formats of its fields
     * @param fingerprint how values become fingerprints
     * @param phones      finds the E.164 numbers in a phone text
     */
    public MultiValues(FieldFormats formats, Fingerprint fingerprint, Function<String, List<String>> phones) {
        this.formats = formats;
        this.fingerprint = fingerprint;
        this.phones = phones;
    }

    /**
     * The lists that a write leaves in a contact. A value that holds one of ours stays as somebody typed it, with its kind and whatever
     * stands beside the number.
     *
     * @param contact as amoCRM holds it now
     * @param write   what is to be changed
     * @param written fingerprints of the values that only we have written: those that are no longer ours go
     * @return value objects to send, by field; nothing for fields that the write leaves alone or that hold one value
     */
    public Map<ContactField, List<JsonNode>> joined(JsonNode contact, ContactWrite write, Set<String> written) {
        Map<ContactField, List<JsonNode>> joined = new EnumMap<>(ContactField.class);
        for (Ours ours : ours(write)) {
            joined.put(ours.key(), joined(ours, kept(ours, contact, written)));
        }
        return joined;
    }

    /** Fingerprints of those values of the write that the contact holds already, as somebody typed them; parameters as above. */
    public Set<String> alreadyIn(JsonNode contact, ContactWrite write) {
        Set<String> held = new HashSet<>();
        for (Ours ours : ours(write)) {
            List<JsonNode> values = kept(ours, contact, Set.of());
            ours.values().stream()
                    .filter(value ->
                            values.stream().anyMatch(one -> ours.isSame().test(text(one), value)))
                    .map(fingerprint::of)
                    .forEach(held::add);
        }
        return held;
    }

    /** What a write puts into one field that holds several values; {@code asTyped} if a value that is the same stays in its own form. */
    private record Ours(
            ContactField key,
            FieldDefinition field,
            List<String> values,
            BiPredicate<String, String> isSame,
            boolean asTyped) {}

    private List<Ours> ours(ContactWrite write) {
        List<Ours> all = new ArrayList<>();
        if (!write.phones().isEmpty()) {
            formats.fields()
                    .phone()
                    .ifPresent(phone -> all.add(new Ours(
                            ContactField.PHONE,
                            phone,
                            write.phones(),
                            (held, ours) -> phones.apply(held).contains(ours),
                            true)));
        }
        write.values().forEach((field, value) -> {
            FieldDefinition definition = formats.fields().of(field);
            if (definition != null && definition.type() == FieldType.MULTITEXT && field != ContactField.PHONE) {
                all.add(new Ours(
                        field, definition, List.of(value), (held, ours) -> held.equalsIgnoreCase(ours), false));
            }
        });
        return all;
    }

    private List<JsonNode> kept(Ours ours, JsonNode contact, Set<String> written) {
        List<JsonNode> kept = new ArrayList<>();
        EntityReader.valuesById(contact)
                .getOrDefault(ours.field().id(), JsonNodeFactory.instance.arrayNode())
                .forEach(value -> {
                    String text = text(value);
                    if (ours.values().contains(text) || !text.isEmpty() && !written.contains(fingerprint.of(text))) {
                        kept.add(value);
                    }
                });
        return kept;
    }

    private static List<JsonNode> joined(Ours ours, List<JsonNode> held) {
        List<JsonNode> all = new ArrayList<>();
        List<JsonNode> others = new ArrayList<>(held);
        for (String value : ours.values()) {
            if (all.stream().noneMatch(one -> ours.isSame().test(text(one), value))) {
                JsonNode same = others.stream()
                        .filter(one -> ours.isSame().test(text(one), value))
                        .findFirst()
                        .orElse(null);
                others.remove(same);
                all.add(
                        same == null
                                ? FieldFormats.newValue(ours.field(), value)
                                : withKind(same, ours.asTyped() ? text(same) : value));
            }
        }
        others.forEach(other -> all.add(withKind(other, other.path("value").asText())));
        return all;
    }

    private static String text(JsonNode value) {
        return value.path("value").asText().strip();
    }

    /** A value as it is written; old answers name its kind otherwise, and fields of a clinic's own have kinds without a code. */
    private static ObjectNode withKind(JsonNode held, String value) {
        ObjectNode written = JsonNodeFactory.instance.objectNode().put("value", value);
        String code = held.path("enum_code").asText(held.path("enum").asText(""));
        if (!code.isEmpty()) {
            written.put("enum_code", code);
        } else if (held.path("enum_id").canConvertToLong()) {
            written.put("enum_id", held.path("enum_id").asLong());
        }
        return written;
    }
}
