package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.PlainText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts values between IDENT, the canonical form in which they are compared, and amoCRM's JSON, by the type of the account's field
 * (amoCRM facts, section 6).
 */
public final class FieldFormats implements CanonicalForm {

    private static final DateTimeFormatter TEXT_DATE = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final DateTimeFormatter TEXT_DATE_TIME = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm");
    /** A text such as 1E999999999 is a number too, but written out it would fill the memory. */
    private static final int MOST_DIGITS = 100;

    private static final int SECONDS_OF_A_MINUTE = 60;
    /** The kind of our values in amoCRM's own fields. */
    private static final Map<String, String> KINDS = Map.of("PHONE", "MOB", "EMAIL", "WORK");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final AccountFields fields;
    private final ZoneId clinic;
    private final ZoneId account;

    /**
     * The formats of one account.
     *
     * @param fields  its fields
     * @param clinic  the clinic's zone, in which IDENT's times are meant
     * @param account the account's own zone, to whose midnight amoCRM brings every day
     */
    public FieldFormats(AccountFields fields, ZoneId clinic, ZoneId account) {
        this.fields = fields;
        this.clinic = clinic;
        this.account = account;
    }

    @Override
    public @Nullable String of(MappedField field, @Nullable Object value) {
        FieldDefinition definition = fields.of(field);
        if (definition == null || value == null) {
            return null;
        }
        return switch (definition.type()) {
            case TEXT, TEXTAREA, MULTITEXT ->
                PlainText.of(text(value), definition.type().longestText());
            case NUMERIC -> decimal(text(value));
            case CHECKBOX -> value instanceof Boolean flag ? flag.toString() : null;
            case SELECT -> option(definition, value);
            case DATE ->
                value instanceof LocalDateTime time
                        ? time.toLocalDate().toString()
                        : value instanceof LocalDate day ? day.toString() : null;
            case DATE_TIME ->
                value instanceof LocalDateTime time
                        ? seconds(time)
                        : value instanceof LocalDate day ? seconds(day.atStartOfDay()) : null;
            case OTHER -> null;
        };
    }

    @Override
    public @Nullable String emptied(MappedField field) {
        return fields.of(field) == null ? null : EMPTY;
    }

    /** The member of {@code custom_fields_values} that sets a field to a canonical value. */
    ObjectNode write(MappedField field, String canonical) {
        FieldDefinition definition = fields.known(field);
        if (canonical.equals(EMPTY)) {
            return JSON.objectNode().put("field_id", definition.id()).putNull("values");
        }
        ObjectNode value = JSON.objectNode();
        switch (definition.type()) {
            case NUMERIC -> value.put("value", new BigDecimal(canonical));
            case CHECKBOX -> value.put("value", Boolean.parseBoolean(canonical));
            case SELECT -> value.put("enum_id", definition.enums().get(canonical));
            case DATE -> value.put("value", rfc3339(LocalDate.parse(canonical).atStartOfDay(account)));
            case DATE_TIME -> {
                long seconds = Long.parseLong(canonical);
                if (seconds < 0) {
                    value.put("value", rfc3339(Instant.ofEpochSecond(seconds).atZone(clinic)));
                } else {
                    value.put("value", seconds);
                }
            }
            case MULTITEXT -> value = newValue(definition, canonical);
            default -> value.put("value", canonical);
        }
        return values(definition, List.of(value));
    }

    /** A value of ours for a field that holds several, of the usual kind; a field of a clinic's own has kinds that we do not know. */
    static ObjectNode newValue(FieldDefinition field, String canonical) {
        ObjectNode value = JSON.objectNode().put("value", canonical);
        if (field.type() == FieldType.MULTITEXT && field.code() != null && KINDS.containsKey(field.code())) {
            value.put("enum_code", KINDS.get(field.code()));
        }
        return value;
    }

    /** The member that sets a contact's phones: all of them in one text where the field holds but one. */
    ObjectNode writePhones(List<? extends JsonNode> values) {
        FieldDefinition definition = fields.phone().orElseThrow();
        return definition.type() == FieldType.MULTITEXT
                ? values(definition, values)
                : values(
                        definition,
                        List.of(JSON.objectNode()
                                .put(
                                        "value",
                                        PlainText.of(
                                                values.stream()
                                                        .map(value -> value.path("value")
                                                                .asText())
                                                        .collect(Collectors.joining(", ")),
                                                definition.type().longestText()))));
    }

    /** The member that sets a field which holds several values. */
    ObjectNode write(MappedField field, List<? extends JsonNode> values) {
        return values(fields.known(field), values);
    }

    /** The canonical value that amoCRM's value objects stand for, or null if the field is empty or unreadable. */
    @Nullable
    String read(MappedField field, JsonNode values) {
        FieldDefinition definition = fields.known(field);
        JsonNode first = values.path(0).path("value");
        if (first.isMissingNode() || first.isNull() || first.asText().isBlank()) {
            return null;
        }
        return switch (definition.type()) {
            case NUMERIC -> decimal(first.asText());
            case CHECKBOX -> Boolean.toString(first.asBoolean());
            case DATE -> {
                Instant moment = moment(first);
                yield moment == null
                        ? null
                        : LocalDate.ofInstant(moment, account).toString();
            }
            case DATE_TIME -> {
                Instant moment = moment(first);
                yield moment == null ? null : Long.toString(moment.getEpochSecond());
            }
            default -> first.asText().strip();
        };
    }

    /** The option that a value means; a number's zeros behind the point do not count. */
    private static @Nullable String option(FieldDefinition definition, Object value) {
        String text = text(value);
        if (definition.enums().containsKey(text) || !(value instanceof BigDecimal)) {
            return definition.enums().containsKey(text) ? text : null;
        }
        String number = decimal(text);
        return definition.enums().keySet().stream()
                .filter(option -> number != null && number.equals(decimal(option)))
                .findFirst()
                .orElse(null);
    }

    private static ObjectNode values(FieldDefinition definition, Iterable<? extends JsonNode> values) {
        ObjectNode member = JSON.objectNode().put("field_id", definition.id());
        ArrayNode array = member.putArray("values");
        values.forEach(array::add);
        return member;
    }

    private static @Nullable Instant moment(JsonNode value) {
        try {
            return value.canConvertToLong()
                    ? Instant.ofEpochSecond(value.asLong())
                    : value.asText().matches("-?\\d+")
                            ? Instant.ofEpochSecond(Long.parseLong(value.asText()))
                            : OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /**
     * As text, because amoCRM refuses seconds before 1970. Old offsets of odd seconds, which the format does not know, are rounded up: the
     * moment is the same and the day that stands there too.
     */
    private static String rfc3339(ZonedDateTime time) {
        int minutes = -Math.floorDiv(-time.getOffset().getTotalSeconds(), SECONDS_OF_A_MINUTE);
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.toOffsetDateTime()
                .withOffsetSameInstant(ZoneOffset.ofTotalSeconds(minutes * SECONDS_OF_A_MINUTE)));
    }

    private String seconds(LocalDateTime time) {
        return Long.toString(time.atZone(clinic).toEpochSecond());
    }

    private static String text(Object value) {
        if (value instanceof LocalDateTime time) {
            return TEXT_DATE_TIME.format(time);
        }
        if (value instanceof LocalDate day) {
            return TEXT_DATE.format(day);
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Boolean flag) {
            return flag ? "да" : "нет";
        }
        return value.toString().strip();
    }

    private static @Nullable String decimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            if (Math.abs((long) number.scale()) > MOST_DIGITS) {
                return null;
            }
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Our field with this id. */
    public Optional<MappedField> fieldOf(long fieldId, boolean ofContact) {
        Map<? extends MappedField, FieldDefinition> mapped = ofContact ? fields.contacts() : fields.deals();
        return mapped.entrySet().stream()
                .filter(entry -> entry.getValue().id() == fieldId)
                .<MappedField>map(Map.Entry::getKey)
                .findFirst();
    }

    /** True if the field is compared as a set of phones instead of by {@link #read}. */
    boolean isPhone(ContactField field) {
        return field == ContactField.PHONE;
    }

    AccountFields fields() {
        return fields;
    }
}
