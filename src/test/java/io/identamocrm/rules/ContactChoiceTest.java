package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "Contact of a patient" in section 3 of the domain rules. */
class ContactChoiceTest {

    private static Decision decide(CrmSnapshot snapshot) {
        return Clinic.with(policy()).decide(reception(7), snapshot);
    }

    @Test
    void a_contact_with_the_patients_id_is_taken_whatever_its_phone() {
        Decision decision = decide(amocrm().with(contact(50).ofPatient(PATIENT).withPhones("+79990000000")));
        assertThat(decision.deal().contactId()).isEqualTo(50);
        assertThat(decision.outcome()).isEqualTo(Outcome.CREATED_DEAL);
    }

    @Test
    void the_patients_id_beats_a_more_recent_contact_with_the_phone() {
        Decision decision = decide(amocrm().with(
                        contact(50).ofPatient(PATIENT).updatedAt(1),
                        contact(51).withPhones(PHONE).updatedAt(9)));
        assertThat(decision.deal().contactId()).isEqualTo(50);
    }

    @Test
    void of_several_contacts_of_the_patient_the_most_recent_is_taken_and_the_others_are_reported() {
        Decision decision = decide(amocrm().with(
                        contact(50).ofPatient(PATIENT).updatedAt(1),
                        contact(51).ofPatient(PATIENT).updatedAt(9),
                        contact(52).ofPatient(PATIENT).updatedAt(9)));
        assertThat(decision.deal().contactId()).isEqualTo(52);
        assertThat(decision.duplicates()).containsExactly(51L, 50L);
    }

    @Test
    void a_contact_of_nobodys_with_the_phone_becomes_this_patients() {
        Decision decision = decide(amocrm().with(contact(50).withPhones(PHONE)));
        assertThat(decision.deal().contactId()).isEqualTo(50);
        assertThat(decision.contact().id()).isEqualTo(50);
        assertThat(decision.contact().values()).containsEntry(ContactField.PATIENT_ID, "11");
    }

    @Test
    void of_several_contacts_of_nobodys_the_most_recent_is_taken_and_the_others_are_reported() {
        Decision decision = decide(amocrm().with(
                        contact(50).withPhones(PHONE).updatedAt(9),
                        contact(51).withPhones(PHONE).updatedAt(1)));
        assertThat(decision.deal().contactId()).isEqualTo(50);
        assertThat(decision.duplicates()).containsExactly(51L);
    }

    @Test
    void a_contact_with_another_phone_is_not_taken() {
        Decision decision = decide(amocrm().with(contact(50).withPhones("+79990000000")));
        assertThat(decision.deal().contactId()).isNull();
        assertThat(decision.contact().isNew()).isTrue();
    }

    @Test
    void a_relative_with_the_same_phone_is_never_touched_a_new_contact_is_made() {
        Decision decision = decide(amocrm().with(contact(50).ofPatient(12).withPhones(PHONE)));
        assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(decision.contact().isNew()).isTrue();
        assertThat(decision.contact().values()).containsEntry(ContactField.PATIENT_ID, "11");
        assertThat(decision.deal().contactId()).isNull();
        assertThat(wayOf(decision))
                .contains("contact: contact 50 has the phone but belongs to patient 12: refused, a relative's");
    }

    @Test
    void a_contact_with_an_unreadable_patient_id_counts_as_a_relatives() {
        Decision decision =
                decide(amocrm().with(contact(50).ofUnreadablePatient().withPhones(PHONE)));
        assertThat(decision.contact().isNew()).isTrue();
    }

    @Test
    void a_contact_of_nobodys_goes_before_a_more_recent_relative() {
        Decision decision = decide(amocrm().with(
                        contact(50).withPhones(PHONE).updatedAt(1),
                        contact(51).ofPatient(12).withPhones(PHONE).updatedAt(9)));
        assertThat(decision.deal().contactId()).isEqualTo(50);
        assertThat(decision.duplicates()).isEmpty();
    }

    @Test
    void the_attach_switch_links_the_deal_to_the_relatives_contact_without_changing_it() {
        Decision decision = Clinic.with(policy().attachSharedPhone(true))
                .decide(reception(7), amocrm().with(contact(50).ofPatient(12).withPhones(PHONE)));
        assertThat(decision.outcome()).isEqualTo(Outcome.CREATED_DEAL);
        assertThat(decision.deal().contactId()).isEqualTo(50);
        assertThat(decision.contact()).isNull();
    }

    @Test
    void the_attach_switch_does_not_hide_a_contact_of_the_patient_or_of_nobody() {
        Clinic attaching = Clinic.with(policy().attachSharedPhone(true));
        assertThat(attaching
                        .decide(
                                reception(7),
                                amocrm().with(
                                                contact(50)
                                                        .ofPatient(12)
                                                        .withPhones(PHONE)
                                                        .updatedAt(9),
                                                contact(51).withPhones(PHONE).updatedAt(1)))
                        .deal()
                        .contactId())
                .isEqualTo(51);
        assertThat(attaching
                        .decide(
                                reception(7),
                                amocrm().with(
                                                contact(50)
                                                        .ofPatient(12)
                                                        .withPhones(PHONE)
                                                        .updatedAt(9),
                                                contact(51).ofPatient(PATIENT)))
                        .deal()
                        .contactId())
                .isEqualTo(51);
    }

    @Test
    void the_attach_switch_does_not_open_the_relatives_deals() {
        Decision decision = Clinic.with(policy().attachSharedPhone(true))
                .decide(
                        reception(7),
                        amocrm().with(contact(50).ofPatient(12).withPhones(PHONE))
                                .with(deal(1).linkedTo(50L)));
        assertThat(decision.deal().isNew()).isTrue();
    }

    @Test
    void a_phone_of_very_many_patients_is_no_key() {
        CrmSnapshotOfLists crm = amocrm().with(contact(50).withPhones(PHONE)).with(deal(1).linkedTo(50L));
        for (int patient = 100; patient < 103; patient++) {
            crm.with(contact(1000 + patient).ofPatient(patient).withPhones(PHONE));
        }
        assertThat(Clinic.with(policy().phonePatientsAtMost(3))
                        .decide(reception(7), crm)
                        .deal()
                        .id())
                .as("three may share it")
                .isEqualTo(1);
        for (PolicyBuilder policy : List.of(policy(), policy().attachSharedPhone(true))) {
            Decision decision = Clinic.with(policy.phonePatientsAtMost(2)).decide(reception(7), crm);
            assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
            assertThat(decision.reasons().stream().map(Reason::toString))
                    .contains(
                            "step 3: a phone of the patient is in the contacts of more than 2 patients: no key",
                            "contact: a phone of the patient is in the contacts of more than 2 patients: no key");
        }
    }

    @Test
    void of_very_many_relatives_the_first_are_named_and_the_others_counted() {
        CrmSnapshotOfLists crm = amocrm();
        for (int patient = 100; patient < 128; patient++) {
            crm.with(contact(1000 + patient).ofPatient(patient).withPhones(PHONE));
        }
        Decision decision = decide(crm);
        assertThat(decision.reasons())
                .filteredOn(reason -> reason.rule().equals("contact"))
                .hasSize(22)
                .last()
                .hasToString("contact: and 8 more that were looked at and not taken");
    }

    @Test
    void without_a_usable_phone_the_patients_id_still_works() {
        Decision decision = Clinic.with(policy())
                .decide(
                        reception(7).of(patient(PATIENT).phones("нет телефона")),
                        amocrm().with(contact(50).ofPatient(PATIENT)));
        assertThat(decision.deal().contactId()).isEqualTo(50);
    }

    @Test
    void without_phone_and_id_a_new_contact_is_made_without_phones() {
        Decision decision = Clinic.with(policy())
                .decide(reception(7).of(patient(PATIENT).phones(null)), amocrm().with(contact(50)));
        assertThat(decision.contact().isNew()).isTrue();
        assertThat(decision.contact().phones()).isEmpty();
    }

    @Test
    void a_patient_met_for_the_first_time_with_several_receptions_gets_exactly_one_contact() {
        InMemoryCrm crm = new InMemoryCrm(amocrm());
        Clinic clinic = Clinic.with(policy());
        for (long id = 1; id <= 3; id++) {
            crm.apply(clinic.decide(reception(id), crm.snapshot()));
        }
        assertThat(crm.snapshot().contacts()).hasSize(1);
        assertThat(crm.snapshot().deals())
                .hasSize(3)
                .allSatisfy(deal -> assertThat(deal.contactIds())
                        .containsExactly(crm.snapshot().contacts().get(0).id()))
                .allSatisfy(deal -> assertThat(deal.pipelineId()).isEqualTo(PRIMARY_PIPELINE));
    }

    @Test
    void the_first_relative_takes_the_website_contact_and_the_second_gets_an_own_one() {
        CrmSnapshotOfLists snapshot = amocrm().with(contact(50).withPhones(PHONE));
        InMemoryCrm crm = new InMemoryCrm(snapshot);
        Clinic clinic = Clinic.with(policy());
        crm.apply(clinic.decide(reception(1).of(patient(11)), snapshot));
        crm.apply(clinic.decide(reception(2).of(patient(12)), snapshot));
        assertThat(snapshot.contactsOfPatient(11))
                .singleElement()
                .extracting("id")
                .isEqualTo(50L);
        assertThat(snapshot.contactsOfPatient(12))
                .singleElement()
                .extracting("id")
                .isNotEqualTo(50L);
    }
}
