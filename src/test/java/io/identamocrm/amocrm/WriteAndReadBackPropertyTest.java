package io.identamocrm.amocrm;

import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.PatientBuilder;
import io.identamocrm.model.Reception;
import io.identamocrm.rules.DecideRoute;
import io.identamocrm.rules.PhoneNumbers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Rules, bodies sent and rows read back fit together: what was created is unchanged the next time, whatever the types of the fields. */
class WriteAndReadBackPropertyTest {

    /** Key fields must keep their values; the others may be mapped to anything. */
    private static final List<MappedField> FREELY_TYPED = List.of(
            DealField.RECEPTION_DATE,
            DealField.DOCTOR_NAME,
            DealField.SERVICE_NAME,
            DealField.RECEPTION_COST,
            DealField.PATIENT_NUMBER,
            ContactField.NAME,
            ContactField.CARD_NUMBER,
            ContactField.BIRTHDATE,
            ContactField.COMMENT,
            ContactField.FIRST_VISIT,
            ContactField.SMS_OPT_OUT,
            ContactField.PATIENT_NUMBER);

    @Provide
    Arbitrary<Map<MappedField, FieldType>> types() {
        Arbitrary<FieldType> type = Arbitraries.of(FieldType.class);
        return type.list()
                .ofSize(FREELY_TYPED.size())
                .flatMap(chosen -> Arbitraries.of(FieldType.TEXT, FieldType.NUMERIC)
                        .map(key -> {
                            Map<MappedField, FieldType> types =
                                    new HashMap<>(Map.of(DealField.RECEPTION_ID, key, ContactField.PATIENT_ID, key));
                            for (int i = 0; i < chosen.size(); i++) {
                                types.put(FREELY_TYPED.get(i), chosen.get(i));
                            }
                            return types;
                        }));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Moscow", "Asia/Vladivostok", "Europe/Berlin")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<Reception> receptions() {
        Arbitrary<PatientBuilder> patients = Combinators.combine(
                        Arbitraries.of("17", "0017", "К-17").injectNull(0.1),
                        Arbitraries.of("8 912 345-67-89", "8 912 345 67 89 8 913 000 11 22", "нет")
                                .injectNull(0.1),
                        Arbitraries.of(" боится уколов ", "о".repeat(400) + "😀", " ", "половина \uD83D", "\0"),
                        Arbitraries.of(true, false).injectNull(0.2),
                        Arbitraries.of(LocalDate.of(1941, 6, 22), LocalDate.of(2024, 2, 29))
                                .injectNull(0.2))
                .as((number, phones, comment, optOut, day) -> patient(PATIENT)
                        .number(number)
                        .phones(phones)
                        .comment(comment)
                        .smsOptOut(optOut)
                        .birthday(day));
        return Combinators.combine(
                        patients,
                        Arbitraries.of("0.00", "1500.00", "100000", "99.99").injectNull(0.2),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.of("Осмотр", "Лужин П. А.").injectNull(0.2),
                        Arbitraries.of("Осмотр", "Снимок").array(String[].class).ofMaxSize(2))
                .as((patient, cost, days, doctor, services) -> reception(7)
                        .of(patient)
                        .cost(cost)
                        .planStart(NOW.plusDays(days))
                        .doctor(doctor)
                        .services(services)
                        .build());
    }

    @Property(tries = 500)
    void what_was_created_is_unchanged_when_it_is_read_back(
            @ForAll("types") Map<MappedField, FieldType> types,
            @ForAll("zones") ZoneId zone,
            @ForAll("zones") ZoneId accountZone,
            @ForAll("receptions") Reception reception) {
        FieldFormats formats = new FieldFormats(AccountFixtures.account(types), zone, accountZone);
        Decision created = DecideRoute.decide(policy().build(), formats, PRINT, reception, amocrm(), null);
        assertThat(created.outcome()).isEqualTo(Outcome.CREATED);

        ObjectNode lead = (ObjectNode)
                AccountFixtures.wire(new WriteBodies(formats).newDealWithContact(created.deal(), created.contact()));
        ObjectNode contact =
                (ObjectNode) lead.path("_embedded").path("contacts").path(0);
        contact.put("id", 60).put("updated_at", 5);
        lead.put("id", 70).put("updated_at", 5);
        selectsByText(lead);
        selectsByText(contact);
        EntityReader reader = new EntityReader(formats, PRINT, text -> PhoneNumbers.inText(text, "RU"));
        CrmSnapshotOfLists account = amocrm();
        account.put(reader.deal(lead));
        account.put(reader.contact(contact));

        Decision again = DecideRoute.decide(policy().build(), formats, PRINT, reception, account, null);
        assertThat(again.outcome()).as("%s %s", again.deal(), again.contact()).isEqualTo(Outcome.UNCHANGED);
    }

    /** amoCRM answers an option's text beside its id. */
    private static void selectsByText(ObjectNode entity) {
        Map<String, Long> options =
                AccountFixtures.field(DealField.DOCTOR_NAME, FieldType.SELECT).enums();
        entity.path("custom_fields_values")
                .forEach(field -> field.path("values").forEach(value -> {
                    if (value.has("enum_id")) {
                        options.forEach((text, id) -> {
                            if (id == value.path("enum_id").asLong()) {
                                ((ObjectNode) value).put("value", text);
                            }
                        });
                    }
                }));
    }
}
