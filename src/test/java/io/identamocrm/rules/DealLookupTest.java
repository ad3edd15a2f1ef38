package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.WON;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.assertThatDealOf;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.DealBuilder;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.ReceptionBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 3 of the domain rules: three steps find the deal, the first hit wins. */
class DealLookupTest {

    private static final long RECEPTION = 7;
    private static final long OTHER_RECEPTION = 8;
    private static final String NUMBER = "N" + PATIENT;

    private static Decision decide(CrmSnapshot snapshot) {
        return decide(reception(RECEPTION), snapshot);
    }

    private static Decision decide(ReceptionBuilder reception, CrmSnapshot snapshot) {
        return Clinic.with(policy()).decide(reception, snapshot);
    }

    /** Asserts that no deal was found: a new one is opened. */
    private static void assertOpensNewDeal(Decision decision) {
        assertThatDealOf(decision).isNull();
        assertThat(decision.outcome()).isIn(Outcome.CREATED, Outcome.CREATED_DEAL);
        assertThat(decision.deal().isNew()).isTrue();
    }

    @Nested
    class Step_1_reception_id {

        @Test
        void the_active_deal_holding_the_reception_is_taken() {
            assertThatDealOf(decide(amocrm().with(deal(1).holding(RECEPTION)))).isEqualTo(1);
        }

        @Test
        void a_deal_in_the_other_one_of_our_pipelines_is_taken_too() {
            assertThatDealOf(decide(amocrm().with(deal(1).holding(RECEPTION).in(SECONDARY_PIPELINE, SECONDARY_STAGE))))
                    .isEqualTo(1);
        }

        @Test
        void a_deal_holding_another_reception_is_not_taken() {
            assertOpensNewDeal(decide(amocrm().with(deal(1).holding(OTHER_RECEPTION))));
        }

        @Test
        void a_deal_with_an_unreadable_reception_is_neither_ours_nor_free() {
            assertOpensNewDeal(
                    decide(amocrm().with(deal(1).holdingUnreadableRow().ofNumber(NUMBER))));
        }

        @Test
        void it_wins_over_a_more_recent_free_deal_with_the_patients_number() {
            assertThatDealOf(decide(amocrm().with(
                                    deal(1).holding(RECEPTION).updatedAt(1),
                                    deal(2).ofNumber(NUMBER).updatedAt(9))))
                    .isEqualTo(1);
        }

        @Test
        void a_deal_which_this_reception_claimed_before_is_still_its_own() {
            assertThatDealOf(decide(amocrm().with(deal(1).holding(RECEPTION)).claimed(1, RECEPTION)))
                    .isEqualTo(1);
        }

        @Test
        void a_deal_claimed_by_another_reception_is_refused() {
            Decision decision = decide(amocrm().with(deal(1).holding(RECEPTION)).claimed(1, OTHER_RECEPTION));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 1: deal 1 was claimed by reception 8 of this run: refused");
        }
    }

    @Nested
    class Step_2_patient_number {

        @Test
        void a_free_deal_with_the_patients_number_is_taken() {
            assertThatDealOf(decide(amocrm().with(deal(1).ofNumber(NUMBER)))).isEqualTo(1);
        }

        @Test
        void a_deal_with_another_patients_number_is_not_taken() {
            assertOpensNewDeal(decide(amocrm().with(deal(1).ofNumber("N12"))));
        }

        @Test
        void a_deal_already_holding_another_reception_is_refused_by_patient_number() {
            Decision decision = decide(amocrm().with(deal(1).ofNumber(NUMBER).holding(OTHER_RECEPTION)));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 2: deal 1 already holds reception 8: refused");
        }

        @Test
        void a_free_deal_claimed_by_an_earlier_reception_of_the_run_is_refused() {
            Decision decision = decide(amocrm().with(deal(1).ofNumber(NUMBER)).claimed(1, OTHER_RECEPTION));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 2: deal 1 was claimed by reception 8 of this run: refused");
        }

        @Test
        void a_free_deal_claimed_by_this_very_reception_is_taken_again() {
            assertThatDealOf(decide(amocrm().with(deal(1).ofNumber(NUMBER)).claimed(1, RECEPTION)))
                    .isEqualTo(1);
        }

        @Test
        void another_free_deal_is_taken_when_the_first_is_claimed() {
            assertThatDealOf(decide(amocrm().with(
                                    deal(1).ofNumber(NUMBER).updatedAt(9),
                                    deal(2).ofNumber(NUMBER).updatedAt(1))
                            .claimed(1, OTHER_RECEPTION)))
                    .isEqualTo(2);
        }

        @Test
        void a_patient_without_number_takes_no_deal_without_number() {
            assertOpensNewDeal(decide(reception(RECEPTION).of(patient(PATIENT).number(null)), amocrm().with(deal(1))));
        }

        @Test
        void a_blank_number_is_no_number() {
            assertOpensNewDeal(decide(
                    reception(RECEPTION).of(patient(PATIENT).number("  ")),
                    amocrm().with(deal(1).holding(DealField.PATIENT_NUMBER, ""))));
        }

        @Test
        void an_unmapped_number_field_skips_the_step() {
            Clinic clinic = new Clinic(policy().build(), DealField.PATIENT_NUMBER);
            Decision decision = clinic.decide(reception(RECEPTION), amocrm().with(deal(1).ofNumber(NUMBER)));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 2: the patient has no number");
        }

        @Test
        void it_wins_over_a_more_recent_free_deal_of_the_phones_contact() {
            assertThatDealOf(decide(amocrm().with(contact(50).withPhones(PHONE))
                            .with(
                                    deal(1).ofNumber(NUMBER).updatedAt(1),
                                    deal(2).linkedTo(50L).updatedAt(9))))
                    .isEqualTo(1);
        }
    }

    @Nested
    class Step_3_phone {

        private final ContactBuilder website = contact(50).withPhones(PHONE);

        @Test
        void a_free_deal_of_nobodys_contact_with_the_phone_is_taken() {
            assertThatDealOf(decide(amocrm().with(website).with(deal(1).linkedTo(50L))))
                    .isEqualTo(1);
        }

        @Test
        void a_free_deal_of_the_patients_own_contact_with_the_phone_is_taken() {
            assertThatDealOf(decide(amocrm().with(website.ofPatient(PATIENT)).with(deal(1).linkedTo(50L))))
                    .isEqualTo(1);
        }

        @Test
        void a_free_deal_of_the_chosen_contact_is_taken_though_another_contact_is_linked_to_it_too() {
            assertThatDealOf(decide(amocrm().with(website, contact(51)).with(deal(1).linkedTo(51L, 50L))))
                    .isEqualTo(1);
        }

        @Test
        void any_of_the_patients_phones_will_do() {
            ReceptionBuilder reception =
                    reception(RECEPTION).of(patient(PATIENT).phones("8 (913) 000-11-22, 8 (912) 345-67-89"));
            assertThatDealOf(decide(reception, amocrm().with(website).with(deal(1).linkedTo(50L))))
                    .isEqualTo(1);
        }

        @Test
        void a_deal_with_another_patients_number_is_refused() {
            Decision decision =
                    decide(amocrm().with(website).with(deal(1).linkedTo(50L).ofNumber("N12")));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 3: deal 1 holds another patient's number: refused");
        }

        @Test
        void a_deal_with_a_number_is_refused_for_a_patient_without_one() {
            assertOpensNewDeal(decide(
                    reception(RECEPTION).of(patient(PATIENT).number(null)),
                    amocrm().with(website).with(deal(1).linkedTo(50L).ofNumber("N12"))));
        }

        @Test
        void a_contact_that_belongs_to_another_patient_is_refused() {
            Decision decision = decide(amocrm().with(website.ofPatient(12)).with(deal(1).linkedTo(50L)));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 3: contact 50 has the phone but belongs to patient 12: refused");
        }

        @Test
        void a_contact_with_an_unreadable_patient_id_is_refused_as_another_patients() {
            assertOpensNewDeal(
                    decide(amocrm().with(website.ofUnreadablePatient()).with(deal(1).linkedTo(50L))));
        }

        @Test
        void a_claimed_deal_is_refused() {
            Decision decision =
                    decide(amocrm().with(website).with(deal(1).linkedTo(50L)).claimed(1, OTHER_RECEPTION));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 3: deal 1 was claimed by reception 8 of this run: refused");
        }

        @Test
        void a_deal_claimed_by_this_very_reception_is_taken_again() {
            assertThatDealOf(decide(
                            amocrm().with(website).with(deal(1).linkedTo(50L)).claimed(1, RECEPTION)))
                    .isEqualTo(1);
        }

        @Test
        void a_deal_already_holding_another_reception_is_refused_by_phone() {
            Decision decision =
                    decide(amocrm().with(website).with(deal(1).linkedTo(50L).holding(OTHER_RECEPTION)));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 3: deal 1 already holds reception 8: refused");
        }

        @Test
        void the_patients_own_contact_goes_before_a_more_recent_contact_of_nobodys() {
            assertThatDealOf(decide(amocrm().with(
                                    contact(50).withPhones(PHONE).updatedAt(9),
                                    contact(51)
                                            .withPhones(PHONE)
                                            .ofPatient(PATIENT)
                                            .updatedAt(1))
                            .with(deal(1).linkedTo(50L), deal(2).linkedTo(51L))))
                    .isEqualTo(2);
        }

        @Test
        void among_contacts_of_nobodys_the_most_recently_updated_is_chosen_then_the_highest_id() {
            assertThatDealOf(decide(amocrm().with(
                                    contact(50).withPhones(PHONE).updatedAt(5),
                                    contact(51).withPhones(PHONE).updatedAt(9),
                                    contact(52).withPhones(PHONE).updatedAt(9))
                            .with(deal(1).linkedTo(50L), deal(2).linkedTo(51L), deal(3).linkedTo(52L))))
                    .isEqualTo(3);
        }

        @Test
        void only_the_chosen_contacts_deals_are_looked_at() {
            assertOpensNewDeal(decide(amocrm().with(
                            contact(50).withPhones(PHONE).updatedAt(1),
                            contact(51).withPhones(PHONE).updatedAt(9))
                    .with(deal(1).linkedTo(50L))));
        }

        @Test
        void without_a_usable_phone_the_step_is_skipped_and_nothing_fails() {
            Decision decision = decide(
                    reception(RECEPTION).of(patient(PATIENT).phones("нет")),
                    amocrm().with(website).with(deal(1).linkedTo(50L)));
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).contains("step 3: the patient has no contact, and IDENT has no usable phone");
        }

        @Test
        void without_a_usable_phone_a_free_deal_of_the_patients_own_contact_is_taken() {
            assertThatDealOf(decide(
                            reception(RECEPTION).of(patient(PATIENT).phones(null)),
                            amocrm().with(contact(50).ofPatient(PATIENT)).with(deal(1).linkedTo(50L))))
                    .isEqualTo(1);
        }

        @Test
        void without_a_usable_phone_steps_1_and_2_still_work() {
            ReceptionBuilder reception =
                    reception(RECEPTION).of(patient(PATIENT).phones(null));
            assertThatDealOf(decide(reception, amocrm().with(deal(1).holding(RECEPTION))))
                    .isEqualTo(1);
            assertThatDealOf(decide(reception, amocrm().with(deal(1).ofNumber(NUMBER))))
                    .isEqualTo(1);
        }
    }

    @Nested
    class Several_hits {

        @Test
        void the_most_recently_updated_deal_is_taken_and_the_others_are_reported() {
            Decision decision = decide(amocrm().with(
                            deal(3).holding(RECEPTION).updatedAt(1),
                            deal(1).holding(RECEPTION).updatedAt(9),
                            deal(2).holding(RECEPTION).updatedAt(5)));
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(decision.duplicates()).containsExactly(2L, 3L);
            assertThat(wayOf(decision)).contains("step 1: deal 2 holds reception 7: duplicate, left alone");
        }

        @Test
        void of_equally_recent_deals_the_highest_id_is_taken() {
            Decision decision =
                    decide(amocrm().with(deal(1).ofNumber(NUMBER), deal(3).ofNumber(NUMBER), deal(2).ofNumber(NUMBER)));
            assertThatDealOf(decision).isEqualTo(3);
            assertThat(decision.duplicates()).containsExactly(2L, 1L);
        }

        @Test
        void the_same_holds_for_deals_of_the_phones_contact() {
            Decision decision = decide(amocrm().with(contact(50).withPhones(PHONE))
                    .with(
                            deal(1).linkedTo(50L).updatedAt(1),
                            deal(2).linkedTo(50L).updatedAt(9)));
            assertThatDealOf(decision).isEqualTo(2);
            assertThat(decision.duplicates()).containsExactly(1L);
        }

        @Test
        void a_refused_deal_is_no_duplicate() {
            Decision decision = decide(amocrm().with(
                            deal(1).ofNumber(NUMBER), deal(2).ofNumber(NUMBER).in(PRIMARY_PIPELINE, WON)));
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(decision.duplicates()).isEmpty();
        }
    }

    @Nested
    class Deals_that_are_nobodys_business {

        private void assertRefused(DealBuilder deal, String why) {
            CrmSnapshot snapshot = amocrm().with(contact(50).withPhones(PHONE)).with(deal);
            Decision decision = decide(snapshot);
            assertOpensNewDeal(decision);
            assertThat(wayOf(decision)).anySatisfy(reason -> assertThat(reason).endsWith(why));
        }

        @Test
        void a_free_deal_outside_our_pipelines_is_never_chosen_by_number() {
            assertRefused(
                    deal(1).ofNumber(NUMBER).in(FOREIGN_PIPELINE, FOREIGN_STAGE),
                    "deal 1 stands outside our pipelines: refused");
        }

        @Test
        void a_free_deal_outside_our_pipelines_is_never_chosen_by_phone() {
            assertRefused(
                    deal(1).linkedTo(50L).in(FOREIGN_PIPELINE, FOREIGN_STAGE),
                    "deal 1 stands outside our pipelines: refused");
        }

        @Test
        void a_free_deal_in_an_excluded_stage_is_never_chosen_by_number() {
            assertRefused(
                    deal(1).ofNumber(NUMBER).in(PRIMARY_PIPELINE, LOST),
                    "deal 1 stands in excluded stage 143: refused");
        }

        @Test
        void a_free_deal_in_an_excluded_stage_is_never_chosen_by_phone() {
            assertRefused(
                    deal(1).linkedTo(50L).in(SECONDARY_PIPELINE, WON), "deal 1 stands in excluded stage 142: refused");
        }

        @Test
        void another_deal_is_taken_beside_them() {
            assertThatDealOf(decide(amocrm().with(
                                    deal(1).holding(RECEPTION),
                                    deal(2).holding(RECEPTION).in(PRIMARY_PIPELINE, WON),
                                    deal(3).holding(RECEPTION).in(FOREIGN_PIPELINE, FOREIGN_STAGE))))
                    .isEqualTo(1);
        }
    }

    @Nested
    class Transfers {

        private static final long EARLIER = 6;

        private final ReceptionBuilder moved = reception(RECEPTION).movedFrom(EARLIER);

        @Test
        void the_deal_of_the_earlier_reception_moves_along_and_takes_the_new_id() {
            Decision decision = decide(moved, amocrm().with(deal(1).holding(EARLIER)));
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(decision.deal().values()).containsEntry(DealField.RECEPTION_ID, "7");
        }

        @Test
        void without_a_transfer_the_earlier_deal_is_not_taken() {
            assertOpensNewDeal(decide(amocrm().with(deal(1).holding(EARLIER))));
        }

        @Test
        void the_own_id_beats_the_earlier_id() {
            assertThatDealOf(decide(
                            moved,
                            amocrm().with(
                                            deal(1).holding(RECEPTION).updatedAt(1),
                                            deal(2).holding(EARLIER).updatedAt(9))))
                    .isEqualTo(1);
        }

        @Test
        void the_earlier_deal_beats_a_free_one_with_the_patients_number() {
            assertThatDealOf(decide(
                            moved,
                            amocrm().with(
                                            deal(1).holding(EARLIER).updatedAt(1),
                                            deal(2).ofNumber(NUMBER).updatedAt(9))))
                    .isEqualTo(1);
        }

        @Test
        void an_earlier_deal_claimed_by_a_third_reception_is_not_taken() {
            assertOpensNewDeal(
                    decide(moved, amocrm().with(deal(1).holding(EARLIER)).claimed(1, 999)));
        }

        @Test
        void an_earlier_deal_claimed_by_the_earlier_reception_itself_moves_along() {
            Decision decision =
                    decide(moved, amocrm().with(deal(1).holding(EARLIER)).claimed(1, EARLIER));
            assertThatDealOf(decision).isEqualTo(1);
        }

        @Test
        void an_earlier_deal_that_is_closed_is_not_taken_and_closes_nothing() {
            assertOpensNewDeal(
                    decide(moved, amocrm().with(deal(1).holding(EARLIER).in(PRIMARY_PIPELINE, WON))));
        }

        @Test
        void an_earlier_deal_outside_our_pipelines_is_not_taken() {
            assertOpensNewDeal(
                    decide(moved, amocrm().with(deal(1).holding(EARLIER).in(FOREIGN_PIPELINE, FOREIGN_STAGE))));
        }
    }
}
