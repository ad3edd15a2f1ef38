package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.PRIMARY_STAGE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.assertThatDealOf;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Attendance;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import io.identamocrm.model.VisitRow;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A reception whose row belongs to another patient than when it was delivered, and visits whose rows are of several patients. */
class AnotherPatientTest {

    private static final long OTHER = PATIENT + 1;

    private final Clinic clinic = Clinic.with(policy());

    @Nested
    class The_deal_follows {

        @Test
        void from_the_patient_that_is_remembered() {
            Decision decision = clinic.decide(
                    reception(7),
                    amocrm().with(deal(1).holding(7)),
                    delivered(1, Status.SCHEDULED).of(OTHER));
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(decision.deal().former().patient()).isEqualTo(OTHER);
            assertThat(wayOf(decision))
                    .contains("patient: the reception was delivered for patient 12: the deal follows to patient 11");
        }

        @Test
        void and_the_contact_that_we_had_linked_is_taken_off() {
            Decision decision = clinic.decide(
                    reception(7),
                    amocrm().with(contact(60).ofPatient(OTHER), contact(50).ofPatient(PATIENT))
                            .with(deal(1).holding(7).linkedTo(60L)),
                    delivered(1, Status.SCHEDULED).of(OTHER).linkedTo(60));
            assertThat(decision.deal().linkContact()).isTrue();
            assertThat(decision.deal().contactId()).isEqualTo(50);
            assertThat(wayOf(decision))
                    .contains("patient: the reception was delivered for patient 12: the deal follows to patient 11, "
                            + "and contact 60, which we had linked, is taken off");
        }

        @Test
        void from_whoever_has_the_number_that_it_holds_where_no_patient_is_remembered() {
            Decision decision =
                    clinic.decide(reception(7), amocrm().with(deal(1).holding(7).ofNumber("N12")));
            assertThat(decision.deal().former()).isEqualTo(Delivered.ofStatus(Status.SCHEDULED));
            assertThat(wayOf(decision))
                    .contains(
                            "patient: the reception was delivered for another patient: the deal follows to patient 11");
        }

        @Test
        void from_nobody_where_it_holds_the_same_number_or_none() {
            assertThat(clinic.decide(
                                    reception(7),
                                    amocrm().with(deal(1).holding(7).ofNumber("N11")))
                            .deal()
                            .former())
                    .isNull();
            assertThat(clinic.decide(reception(7), amocrm().with(deal(1).holding(7)))
                            .deal()
                            .former())
                    .isNull();
        }

        @Test
        void from_nobody_where_the_same_patient_is_remembered_whatever_number_it_holds() {
            assertThat(clinic.decide(
                                    reception(7),
                                    amocrm().with(deal(1).holding(7).ofNumber("N12")),
                                    delivered(1, Status.SCHEDULED).of(PATIENT))
                            .deal()
                            .former())
                    .isNull();
        }

        @Test
        void not_where_it_is_taken_only_now() {
            Decision decision = clinic.decide(
                    reception(7),
                    amocrm().with(deal(2).ofNumber("N11")),
                    delivered(1, Status.SCHEDULED).of(OTHER));
            assertThatDealOf(decision).isEqualTo(2);
            assertThat(decision.deal().former()).isNull();
        }
    }

    /** Row 8 was moved from row 7, which IDENT no longer has, and row 9 of the same visit is another patient's. */
    @Nested
    class A_row_that_ident_no_longer_has {

        private final ReceptionBuilder moved = reception(8)
                .movedFrom(7L)
                .inVisitWith(
                        VisitRow.gone(7),
                        new VisitRow(9, 7L, OTHER, null, new Attendance(false, false, false, NOW.plusDays(1))));

        private Decision decide(Long remembered, String number) {
            return clinic.remembering(
                    moved.build(),
                    amocrm().with(deal(1).holding(7).ofNumber(number)),
                    remembered == null
                            ? Map.of()
                            : Map.of(
                                    7L,
                                    delivered(1, Status.SCHEDULED)
                                            .of(remembered)
                                            .build()),
                    null);
        }

        @Test
        void is_of_the_patient_for_whom_it_was_delivered() {
            assertThatDealOf(decide(PATIENT, "N12")).isEqualTo(1);
            assertThatDealOf(decide(OTHER, "N11")).isNull();
        }

        @Test
        void is_of_the_patient_whose_number_its_deal_holds_where_none_is_remembered() {
            assertThatDealOf(decide(null, "N11")).isEqualTo(1);
            assertThatDealOf(decide(null, "N12")).isNull();
        }

        @Test
        void is_of_anybody_where_its_deal_holds_no_number() {
            assertThatDealOf(decide(null, null)).isEqualTo(1);
        }

        @Test
        void is_of_this_visit_where_all_other_rows_are_one_patients() {
            Decision decision = clinic.remembering(
                    reception(8).movedFrom(7L).inVisitWith(VisitRow.gone(7)).build(),
                    amocrm().with(deal(1).holding(7)),
                    Map.of(7L, delivered(1, Status.SCHEDULED).of(OTHER).build()),
                    null);
            assertThatDealOf(decision).isEqualTo(1);
            assertThat(decision.deal().former().patient()).isEqualTo(OTHER);
        }
    }

    @Nested
    class What_is_remembered_of_a_row_left_alone {

        @Test
        void stays_the_same_but_for_the_status() {
            Decision decision = clinic.decide(
                    reception(7).cancelled(),
                    amocrm(),
                    delivered(1, Status.SCHEDULED).putInto(PRIMARY_STAGE).of(PATIENT));
            assertThat(decision.delivered())
                    .isEqualTo(delivered(1, Status.CANCELLED)
                            .putInto(PRIMARY_STAGE)
                            .planned(reception(7).build().planStart())
                            .of(PATIENT)
                            .build());
        }

        @Test
        void is_no_stage_of_ours_once_somebody_moved_the_deal() {
            Decision moved = clinic.decide(
                    reception(7).with(Status.ARRIVED),
                    amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, LOST)),
                    delivered(1, Status.SCHEDULED).putInto(PRIMARY_STAGE));
            assertThat(moved.delivered().stage()).isNull();
        }

        @Test
        void is_none_of_the_visits_once_that_has_moved_on() {
            Delivered before = delivered(1, Status.SCHEDULED).of(PATIENT).build();
            Decision decision = clinic.remembering(
                    reception(7)
                            .cancelled()
                            .inVisitWith(new VisitRow(
                                    8, 7L, PATIENT, null, new Attendance(false, false, false, NOW.plusDays(1))))
                            .build(),
                    amocrm(),
                    Map.of(7L, before),
                    null);
            assertThat(decision.delivered()).isEqualTo(before);
        }
    }
}
