package io.identamocrm.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Patient;
import io.identamocrm.model.PlainForm;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.rules.Cases.Case;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Whatever is printed of a decision or of what it was made from, no log learns anything about a person. */
@Domain(Cases.class)
class PrivacyPropertyTest {

    private static final Fingerprint KEYED = canonical -> Integer.toHexString(canonical.hashCode() * 31 + 7);
    private static final String SURNAME = "Приметная";
    private static final String NAME = "Ефросинья";
    private static final String PATRONYMIC = "Аристарховна";
    private static final String NUMBER = "МИС-777001";
    private static final String PHONE = "+79037770011";
    private static final String CARD = "КАРТА-777002";
    private static final String COMMENT = "аллергия-777003";
    private static final String DOCTOR = "Доктор-777004";
    private static final String SERVICE = "Услуга-777005";
    private static final LocalDate BIRTHDAY = LocalDate.of(1977, 7, 13);
    private static final List<String> PERSONAL = List.of(
            SURNAME,
            NAME,
            PATRONYMIC,
            NUMBER,
            "7770011",
            CARD,
            COMMENT,
            DOCTOR,
            SERVICE,
            "1977",
            "13.07",
            "54321",
            "2003");

    @Property(tries = 1_000)
    void nothing_printed_of_a_decision_holds_a_personal_value(@ForAll Case some) {
        Patient patient = new Patient(
                some.reception().patient().id(),
                NUMBER,
                SURNAME,
                NAME,
                PATRONYMIC,
                "8 903 777-00-11",
                BIRTHDAY,
                CARD,
                COMMENT,
                LocalDate.of(2003, 1, 2),
                true,
                Map.of());
        Reception shape = some.reception();
        Reception reception = new Reception(
                shape.id(),
                patient,
                shape.planStart(),
                shape.planEnd(),
                shape.appearedAt(),
                shape.startedAt(),
                shape.endedAt(),
                shape.checkIssued(),
                shape.cancelled(),
                shape.transferredFrom(),
                DOCTOR,
                1L,
                "Филиал",
                List.of(SERVICE),
                new BigDecimal("54321"),
                shape.completedBefore(),
                shape.visit(),
                shape.changedAt());
        CrmSnapshotOfLists snapshot = personal(some.snapshot());
        ReceptionCase open =
                DecideRoute.caseOf(some.policy(), new PlainForm(), KEYED, reception, snapshot, some.last());
        SyncCase decided = DecideRoute.decide(open);
        Decision decision = decided.decision();

        List<Object> printed = new ArrayList<>(List.of(
                open,
                decided,
                open.keys(),
                decision,
                decision.reasons(),
                decision.outcome(),
                reception,
                patient,
                snapshot));
        if (decision.delivered() != null) {
            printed.add(decision.delivered());
        }
        if (decision.own() != null) {
            printed.add(decision.own());
        }
        if (decision.deal() != null) {
            printed.add(decision.deal());
        }
        if (decision.contact() != null) {
            printed.add(decision.contact());
        }
        assertThat(printed.toString()).doesNotContain(PERSONAL);
    }

    @Property(tries = 20)
    void nothing_printed_of_a_failure_holds_a_personal_value(@ForAll Case some) {
        Patient patient =
                new Patient(1, NUMBER, SURNAME, NAME, PATRONYMIC, PHONE, BIRTHDAY, CARD, COMMENT, null, null, Map.of());
        Reception shape = some.reception();
        Reception reception = new Reception(
                shape.id(),
                patient,
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                null,
                DOCTOR,
                null,
                null,
                List.of(SERVICE),
                null,
                null,
                List.of(),
                null);
        Decision decision = DecideRoute.decide(
                some.policy(), new PlainForm(), KEYED, reception, some.snapshot(), Delivered.ofStatus(Status.ARRIVED));
        assertThat(decision.failure()).isNotNull();
        assertThat(List.of(decision, decision.failure(), decision.failure().sentence(), reception)
                        .toString())
                .doesNotContain(PERSONAL);
    }

    /** The same deals and contacts, holding the patient's values as fingerprints wherever they held any. */
    private static CrmSnapshotOfLists personal(CrmSnapshotOfLists snapshot) {
        CrmSnapshotOfLists other = new CrmSnapshotOfLists();
        for (Deal deal : snapshot.deals()) {
            Map<DealField, String> fingerprints = new EnumMap<>(DealField.class);
            deal.fingerprints()
                    .forEach((field, fingerprint) -> fingerprints.put(
                            field, field == DealField.PATIENT_NUMBER ? KEYED.of(NUMBER) : fingerprint));
            other.put(new Deal(
                    deal.id(),
                    deal.pipelineId(),
                    deal.stageId(),
                    deal.updatedAt(),
                    deal.receptionId(),
                    fingerprints,
                    deal.sent(),
                    deal.contactIds(),
                    deal.syncState()));
        }
        for (Contact contact : snapshot.contacts()) {
            Map<ContactField, String> fingerprints = contact.fingerprints();
            other.put(new Contact(
                    contact.id(),
                    contact.updatedAt(),
                    contact.patientId(),
                    KEYED.of(SURNAME),
                    contact.phones().isEmpty() ? Set.of() : Set.of(KEYED.of(PHONE)),
                    fingerprints,
                    contact.sent()));
        }
        return other;
    }
}
