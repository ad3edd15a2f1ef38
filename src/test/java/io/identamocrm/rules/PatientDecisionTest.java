package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.PolicyBuilder;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A patient alone, through route {@code decide-patient}: which contact, what is written, and what that is called. */
class PatientDecisionTest {

    private static Decision decide(PolicyBuilder policy, CrmSnapshot snapshot) {
        return Clinic.with(policy).decide(patient(PATIENT).build(), snapshot, null);
    }

    @Test
    void a_patient_without_contact_gets_one() {
        Decision decision = decide(policy(), amocrm());
        assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(decision.contact().isNew()).isTrue();
        assertThat(wayOf(decision)).last().isEqualTo("difference: a new contact");
    }

    @Test
    void a_contact_that_differs_is_updated_and_the_difference_is_told_without_values() {
        ContactBuilder held = contact(50).ofPatient(PATIENT);
        decide(policy(), amocrm()).contact().values().forEach(held::holding);
        Decision decision = decide(policy(), amocrm().with(held.holding(ContactField.COMMENT, "прежний")));
        assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(decision.contact().id()).isEqualTo(50);
        assertThat(wayOf(decision)).last().isEqualTo("difference: contact fields [COMMENT], phone");
    }

    @Test
    void a_contact_in_step_is_unchanged() {
        ContactBuilder held = contact(50).ofPatient(PATIENT).withPhones(PHONE);
        decide(policy(), amocrm()).contact().values().forEach(held::holding);
        Decision decision = decide(policy(), amocrm().with(held));
        assertThat(decision.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(decision.contact()).isNull();
        assertThat(wayOf(decision)).containsExactly("contact: contact 50 carries patient id 11: taken");
    }

    @Test
    void what_is_remembered_of_a_contact_in_step_stays_as_it_is() {
        Clinic clinic = Clinic.with(policy());
        InMemoryCrm crm = new InMemoryCrm(amocrm());
        crm.apply(clinic.decide(patient(PATIENT).build(), crm.snapshot(), null));
        assertThat(crm.own(PATIENT).written()).isNotEmpty();
        assertThat(clinic.decide(patient(PATIENT).build(), crm.snapshot(), crm.own(PATIENT))
                        .own())
                .isNull();
    }

    @Test
    void of_several_contacts_the_others_are_reported() {
        Decision decision = decide(
                policy(),
                amocrm().with(
                                contact(50).ofPatient(PATIENT).updatedAt(9),
                                contact(51).ofPatient(PATIENT).updatedAt(1)));
        assertThat(decision.contact().id()).isEqualTo(50);
        assertThat(decision.duplicates()).containsExactly(51L);
    }

    @Test
    void where_relatives_share_a_contact_nothing_is_written_for_the_patient() {
        Decision decision = decide(
                policy().attachSharedPhone(true),
                amocrm().with(contact(50).ofPatient(12).withPhones(PHONE)));
        assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(decision.contact()).isNull();
    }

    @Nested
    class A_contact_that_a_manager_removed {

        private static final OwnContact REMOVED = new OwnContact(50, null, true);

        @Test
        void is_not_made_again() {
            Decision decision = Clinic.with(policy()).decide(patient(PATIENT).build(), amocrm(), REMOVED);
            assertThat(decision.outcome()).isEqualTo(Outcome.CLOSED);
            assertThat(decision.contact()).isNull();
            assertThat(decision.own()).as("stays as it is remembered").isNull();
            assertThat(wayOf(decision))
                    .last()
                    .isEqualTo("closed: a manager deleted or merged contact 50 of this patient: none is made in "
                            + "its place, unless a new deal needs one");
        }

        @Test
        void is_made_again_when_a_new_deal_needs_one() {
            Decision decision = Clinic.with(policy()).decide(reception(7).build(), amocrm(), null, REMOVED);
            assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
            assertThat(decision.contact().isNew()).isTrue();
            assertThat(decision.own().gone()).isFalse();
        }

        @Test
        void is_made_again_when_somebody_sends_the_patient_by_hand_or_the_settings_say_so() {
            assertThat(Clinic.with(policy())
                            .byHand()
                            .decide(patient(PATIENT).build(), amocrm(), REMOVED)
                            .outcome())
                    .isEqualTo(Outcome.CREATED);
            assertThat(Clinic.with(policy().recreateDeleted(true))
                            .decide(patient(PATIENT).build(), amocrm(), REMOVED)
                            .outcome())
                    .isEqualTo(Outcome.CREATED);
        }

        @Test
        void gives_way_to_another_one_that_is_there() {
            Decision decision = Clinic.with(policy())
                    .decide(patient(PATIENT).build(), amocrm().with(contact(51).ofPatient(PATIENT)), REMOVED);
            assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
            assertThat(decision.contact().id()).isEqualTo(51);
            assertThat(decision.own()).isEqualTo(new OwnContact(51, null, false, Set.of(PRINT.of(PHONE))));
        }
    }
}
