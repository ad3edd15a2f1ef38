package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.FieldKind;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.FieldType;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which of an account's fields are ours: those that the settings name, else those with our codes, else those with a title of ours whose
 * type can hold the values. No field of the account is two of ours.
 */
public final class FieldMatching {

    private static final String CODE = "IDENT";

    private final Map<MappedField, Match> found = new LinkedHashMap<>();
    private final List<JsonNode> deals;
    private final List<JsonNode> contacts;

    /** What a field was recognised by, the surest first. */
    public enum Sign {
        /** The settings name it. */
        SETTING,
        /** Its code, which nobody but us or amoCRM itself gives. */
        CODE,
        /** The title that we would give it. */
        OUR_TITLE,
        /** Another title for the same, such as the older tool's. */
        TITLE
    }

    /**
     * A field of the account that is one of ours.
     *
     * @param definition as amoCRM describes it
     * @param sign       what it was recognised by
     */
    public record Match(JsonNode definition, Sign sign) {

        /** amoCRM's number of the field. */
        public long id() {
            return definition.path("id").asLong();
        }
    }

    /**
     * Matches an account's fields.
     *
     * @param mapping  what the settings give
     * @param deals    {@code GET /leads/custom_fields}, all pages merged
     * @param contacts {@code GET /contacts/custom_fields}, likewise
     */
    public FieldMatching(FieldMapping mapping, List<JsonNode> deals, List<JsonNode> contacts) {
        this.deals = List.copyOf(deals);
        this.contacts = List.copyOf(contacts);
        match(List.of(DealField.values()), mapping.deals(), deals);
        match(List.of(ContactField.values()), mapping.contacts(), contacts);
    }

    private <F extends MappedField> void match(List<F> fields, Map<F, Long> ids, List<JsonNode> definitions) {
        Map<MappedField, Match> matches = new HashMap<>();
        // What a setting names is that one field, though the account may have lost it.
        Set<Long> taken = new HashSet<>(ids.values());
        for (F field : fields) {
            definitions.stream()
                    .filter(definition -> ids.containsKey(field)
                            && ids.get(field) == definition.path("id").asLong())
                    .findFirst()
                    .ifPresent(definition -> matches.put(field, new Match(definition, Sign.SETTING)));
        }
        take(
                fields,
                matches,
                taken,
                Sign.CODE,
                field -> definitions.stream()
                        .filter(definition -> isCodeOf(field, definition))
                        .toList());
        take(
                fields,
                matches,
                taken,
                Sign.OUR_TITLE,
                field -> titled(definitions, FieldTitles.all(field).get(0)));
        int most = fields.stream()
                .mapToInt(field -> FieldTitles.all(field).size())
                .max()
                .orElse(0);
        for (int i = 1; i < most; i++) {
            int rank = i;
            take(
                    fields,
                    matches,
                    taken,
                    Sign.TITLE,
                    field -> rank < FieldTitles.all(field).size()
                            ? titled(definitions, FieldTitles.all(field).get(rank))
                            : List.of());
        }
        fields.stream().filter(matches::containsKey).forEach(field -> found.put(field, matches.get(field)));
    }

    private static <F extends MappedField> void take(
            Collection<F> fields,
            Map<MappedField, Match> matches,
            Set<Long> taken,
            Sign sign,
            Candidates<F> candidates) {
        for (BiPredicate<FieldKind, FieldType> fits :
                List.<BiPredicate<FieldKind, FieldType>>of(FieldKind::fits, FieldKind::fitsPartly)) {
            for (F field : fields) {
                if (matches.containsKey(field)) {
                    continue;
                }
                candidates.of(field).stream()
                        .filter(definition ->
                                !taken.contains(definition.path("id").asLong())
                                        && fits.test(FieldKind.of(field), typeOf(definition)))
                        .findFirst()
                        .ifPresent(definition -> {
                            matches.put(field, new Match(definition, sign));
                            taken.add(definition.path("id").asLong());
                        });
            }
        }
    }

    private interface Candidates<F> {
        List<JsonNode> of(F field);
    }

    private static List<JsonNode> titled(List<JsonNode> definitions, String title) {
        return definitions.stream()
                .filter(definition ->
                        title.equals(FieldTitles.plain(definition.path("name").asText())))
                .toList();
    }

    private static boolean isCodeOf(MappedField field, JsonNode definition) {
        String code = definition.path("code").asText("");
        return isOurCode(code, field) || FieldKind.of(field) == FieldKind.STANDARD && code.equals(field.name());
    }

    /** True for both spellings of our code: earlier fields have underscores in it. */
    private static boolean isOurCode(String code, MappedField field) {
        return codeOf(field).equals(code.toUpperCase(Locale.ROOT).replace("_", ""));
    }

    /** The code that a field of ours is made with: letters alone, since amoCRM may refuse others. */
    static String codeOf(MappedField field) {
        return CODE + field.name().replace("_", "");
    }

    private static FieldType typeOf(JsonNode definition) {
        return FieldType.of(definition.path("type").asText(""));
    }

    /** True if a field of the account can hold the values of one of ours, all of them or some. */
    public static boolean fits(MappedField field, JsonNode definition) {
        FieldType type = typeOf(definition);
        return FieldKind.of(field).fits(type) || FieldKind.of(field).fitsPartly(type);
    }

    /** What is lost where one of ours is kept in a field of this type; empty if nothing is. */
    public static String lossOf(MappedField field, JsonNode definition) {
        return loss(field, definition).english();
    }

    /** The same in all languages. */
    public static Text loss(MappedField field, JsonNode definition) {
        return FieldKind.of(field).fitsPartly(typeOf(definition))
                ? FieldKind.of(field).loss()
                : Text.of("");
    }

    /** Our fields that are there, in the order of the settings. */
    public Map<MappedField, Match> found() {
        return found;
    }

    /** The account's fields of deals, or of contacts. */
    public List<JsonNode> definitions(boolean ofDeals) {
        return ofDeals ? deals : contacts;
    }

    /** Those of them that are none of our fields. */
    public List<JsonNode> others(boolean ofDeals) {
        List<Long> ours = found.entrySet().stream()
                .filter(entry -> entry.getKey() instanceof DealField == ofDeals)
                .map(entry -> entry.getValue().id())
                .toList();
        return definitions(ofDeals).stream()
                .filter(field -> !ours.contains(field.path("id").asLong()))
                .toList();
    }
}
