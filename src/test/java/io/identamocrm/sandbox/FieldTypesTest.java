package io.identamocrm.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountMismatch;
import io.identamocrm.amocrm.AccountFields;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.FieldFormats;
import io.identamocrm.amocrm.FieldKind;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.WriteBodies;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.MappedField;
import io.identamocrm.rules.PhoneNumbers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of our fields mapped to a custom field of each type: it works, or it is refused at start and the right type is named. */
class FieldTypesTest {

    private static final long FIELD = 77;
    private static final ZoneId CLINIC = ZoneId.of("Asia/Vladivostok");
    private static final ZoneId ACCOUNT = ZoneId.of("Europe/Moscow");
    private static final FieldValues VALUES = new FieldValues(255);
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> all() {
        return Stream.<MappedField>concat(Stream.of(DealField.values()), Stream.of(ContactField.values()))
                .flatMap(field -> Stream.of(FieldType.values())
                        .filter(type -> field instanceof ContactField || type != FieldType.MULTITEXT)
                        .map(type -> Arguments.of(field, type)));
    }

    private static Object sample(MappedField field) {
        return switch (FieldKind.of(field)) {
            case KEY, TEXT, LONG_TEXT -> "17";
            case NUMBER -> new BigDecimal("1500.00");
            case DAY, BIRTHDAY -> LocalDate.of(1950, 3, 15);
            case MOMENT -> LocalDateTime.of(2026, 3, 3, 9, 30);
            case FLAG -> true;
            case STANDARD -> field == ContactField.PHONE ? "+79123456789" : "anna@example.ru";
            case NAME -> "Вымышленная Анна";
        };
    }

    private static CustomField customField(FieldType type) {
        return new CustomField(
                FIELD,
                "Поле",
                null,
                type,
                switch (type) {
                    case SELECT, RADIOBUTTON, MULTISELECT ->
                        List.of(
                                new CustomField.Option(1, "17", null),
                                new CustomField.Option(2, "1500", null),
                                new CustomField.Option(3, "да", null),
                                new CustomField.Option(4, "нет", null));
                    case MULTITEXT -> List.of(new CustomField.Option(5, "Рабочий", null));
                    default -> List.of();
                });
    }

    private static ArrayNode definition(FieldType type) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        ObjectNode field = fields.addObject()
                .put("id", FIELD)
                .put("name", "Поле")
                .put("type", type.apiName())
                .putNull("code");
        ArrayNode enums = field.putArray("enums");
        customField(type)
                .options()
                .forEach(option -> enums.addObject().put("id", option.id()).put("value", option.value()));
        return fields;
    }

    private static FieldMapping mapping(MappedField field) {
        return field instanceof DealField deal
                ? new FieldMapping(Map.of(deal, FIELD), Map.of())
                : new FieldMapping(Map.of(), Map.of((ContactField) field, FIELD));
    }

    private static List<AccountMismatch> mismatches(MappedField field, FieldType type) {
        return AccountComparison.ofFields(mapping(field), definition(type), definition(type));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_field_works_or_is_refused_at_start_with_the_type_that_would_do(MappedField field, FieldType type)
            throws Exception {
        List<AccountMismatch> mismatches = mismatches(field, type);
        if (mismatches.stream().noneMatch(AccountMismatch::grave)) {
            assertThat(mismatches)
                    .as("what is lost is told, with the type to take")
                    .allMatch(loss -> loss.text().contains("where ")
                            && loss.remedy().contains(FieldKind.of(field).made()));
            assertWorks(field, type);
            return;
        }
        assertThat(mismatches).singleElement().satisfies(refusal -> {
            assertThat(refusal.text()).contains(AccountComparison.settingOf(field), "of type " + type.apiName());
            String named = refusal.remedy().replaceFirst("take a field of type (\\w+).*", "$1");
            assertThat(mismatches(field, FieldType.of(named).orElseThrow()))
                    .as(named)
                    .isEmpty();
        });
    }

    private static void assertWorks(MappedField field, FieldType type) throws Exception {
        AccountFields fields = AccountFields.join(mapping(field), definition(type), definition(type));
        FieldFormats formats = new FieldFormats(fields, CLINIC, ACCOUNT);
        String canonical = formats.of(field, sample(field));
        assertThat(canonical).isNotNull();
        JsonNode sent = JSON.readTree(
                        body(new WriteBodies(formats), field, canonical).toString())
                .path("custom_fields_values")
                .path(0);
        assertThat(sent.path("field_id").asLong()).isEqualTo(FIELD);
        ObjectNode held = JsonNodeFactory.instance.objectNode().put("id", 5);
        ArrayNode read = held.putArray("custom_fields_values")
                .addObject()
                .put("field_id", FIELD)
                .putArray("values");
        for (JsonNode value : sent.path("values")) {
            value.fieldNames()
                    .forEachRemaining(member ->
                            assertThat(FieldValues.members(customField(type))).contains(member));
            VALUES.accept(customField(type), value, new Days(ACCOUNT, false)).writeTo(read.addObject());
        }
        EntityReader reader = new EntityReader(formats, Fixtures.PRINT, text -> PhoneNumbers.inText(text, "RU"));
        if (field == ContactField.PHONE) {
            assertThat(reader.contact(held).phones()).containsExactly(Fixtures.PRINT.of(canonical));
        } else {
            assertThat(
                            field instanceof DealField
                                    ? reader.deal(held).fingerprints()
                                    : reader.contact(held).fingerprints())
                    .as("read back as what was sent")
                    .isEqualTo(Map.of(field, Fixtures.PRINT.of(canonical)));
        }
    }

    private static ObjectNode body(WriteBodies bodies, MappedField field, String canonical) {
        if (field instanceof DealField deal) {
            return bodies.changedDeal(
                    new DealWrite(5L, null, null, null, null, null, Map.of(deal, canonical), false, null));
        }
        return bodies.newContact(
                field == ContactField.PHONE
                        ? new ContactWrite(null, null, "Анна", List.of(canonical), Map.of())
                        : new ContactWrite(null, null, "Анна", List.of(), Map.of((ContactField) field, canonical)));
    }

    @ParameterizedTest
    @CsvSource({
        "GENDER,SELECT,warns",
        "GENDER,RADIOBUTTON,warns",
        "GENDER,URL,works",
        "GENDER,CHECKBOX,refused",
        "GENDER,DATE,refused",
        "SMS_OPT_OUT,CHECKBOX,works",
        "SMS_OPT_OUT,SELECT,warns",
        "SMS_OPT_OUT,NUMERIC,refused",
        "BIRTHDATE,BIRTHDAY,works",
        "BIRTHDATE,DATE,works",
        "BIRTHDATE,DATE_TIME,works",
        "BIRTHDATE,NUMERIC,refused",
        "COMMENT,TEXTAREA,works",
        "COMMENT,TEXT,warns",
        "COMMENT,MULTISELECT,refused",
        "DEBT,MONETARY,works",
        "DEBT,TEXTAREA,works",
        "DEBT,RADIOBUTTON,warns",
        "DEBT,DATE,refused",
        "EMAIL,MULTITEXT,works",
        "EMAIL,TEXT,works",
        "EMAIL,SELECT,refused",
        "PATIENT_ID,TEXT,works",
        "PATIENT_ID,NUMERIC,warns",
        "PATIENT_ID,SELECT,refused",
        "PATIENT_ID,MULTITEXT,refused"
    })
    void what_works_warns_and_is_refused(ContactField field, FieldType type, String expected) {
        List<AccountMismatch> mismatches = mismatches(field, type);
        assertThat(mismatches.isEmpty() ? "works" : mismatches.get(0).grave() ? "refused" : "warns")
                .isEqualTo(expected);
    }
}
