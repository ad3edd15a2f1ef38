package io.identamocrm.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.FieldMatching;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.model.DealField;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which field of the account is which of ours, as matched and as a person corrects it; no field is two of ours. */
final class FieldChoice {

    private final FieldMatching matching;
    private final Map<MappedField, JsonNode> chosen = new LinkedHashMap<>();
    private final Set<MappedField> leftOut = new LinkedHashSet<>();

    FieldChoice(FieldMatching matching) {
        this.matching = matching;
        matching.found().forEach((field, match) -> chosen.put(field, match.definition()));
    }

    /** Our fields that have one of the account. */
    Map<MappedField, JsonNode> chosen() {
        return chosen;
    }

    /** Our fields that have none and could be made, in the order of the settings; not those that were left out on purpose. */
    List<MappedField> missing() {
        return FieldSetup.makeable().stream()
                .filter(field -> !chosen.containsKey(field) && !leftOut.contains(field))
                .toList();
    }

    /** Fields of the account that are none of ours. */
    List<JsonNode> others(boolean ofDeals) {
        return matching.definitions(ofDeals).stream()
                .filter(field -> !isTaken(field, ofDeals))
                .toList();
    }

    private boolean isTaken(JsonNode definition, boolean ofDeals) {
        return ownerOf(definition, ofDeals) != null;
    }

    private @Nullable MappedField ownerOf(JsonNode definition, boolean ofDeals) {
        return chosen.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof DealField == ofDeals
                        && entry.getValue().equals(definition))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /**
     * Takes a correction.
     *
     * @param text {@code NAME=NUMBER}, or {@code NAME=} to leave the field out
     * @return why it cannot be; null if it is done
     */
    @Nullable
    Text correct(String text) {
        String[] parts = text.split("=", 2);
        MappedField field = named(parts[0].strip());
        if (field == null || parts.length < 2) {
            return SetupText.FIELD_UNKNOWN.with(parts[0].strip());
        }
        String number = parts[1].strip();
        if (number.isEmpty() || number.equals("-")) {
            chosen.remove(field);
            leftOut.add(field);
            return null;
        }
        boolean ofDeals = field instanceof DealField;
        JsonNode definition = matching.definitions(ofDeals).stream()
                .filter(any -> any.path("id").asText().equals(number))
                .findFirst()
                .orElse(null);
        if (definition == null) {
            return SetupText.FIELD_ABSENT.with(number);
        }
        String title = ForeignText.line(definition.path("name").asText());
        if (!FieldMatching.fits(field, definition)) {
            return SetupText.FIELD_TYPE.with(title, definition.path("type").asText());
        }
        MappedField owner = ownerOf(definition, ofDeals);
        if (owner != null && owner != field) {
            return SetupText.FIELD_TAKEN.with(title, nameOf(owner));
        }
        chosen.put(field, definition);
        leftOut.remove(field);
        return null;
    }

    /** As {@code fields.create-only} writes it. */
    static String nameOf(MappedField field) {
        return (field instanceof DealField ? "deal." : "contact.") + field.key().replace('_', '-');
    }

    private static @Nullable MappedField named(String name) {
        return MappedField.all().stream()
                .filter(field ->
                        nameOf(field).equals(name.toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElse(null);
    }
}
