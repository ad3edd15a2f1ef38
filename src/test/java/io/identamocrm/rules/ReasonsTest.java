package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.wayOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each step says what it found and why it decided so: {@code explain} prints it, and people act on it. */
class ReasonsTest {

    private static final String TOMORROW = "patient 11, planned 2026-03-03T12:00";

    private final Clinic clinic = Clinic.with(policy());

    private List<String> way(ReceptionBuilder reception) {
        return way(reception, amocrm());
    }

    private List<String> way(ReceptionBuilder reception, CrmSnapshot snapshot) {
        return wayOf(clinic.decide(reception, snapshot));
    }

    @Nested
    class Facts {

        @Test
        void those_that_are_not_there_are_not_told() {
            assertThat(way(reception(7).planStart(NOW.plusDays(1))))
                    .contains("facts: " + TOMORROW + ", branch 1, last changed 2026-03-02T12:00");
        }

        @Test
        void those_that_are_there_are_all_told() {
            ReceptionBuilder full = reception(7)
                    .planStart(NOW.plusDays(1))
                    .appearedAt(NOW.minusHours(3))
                    .startedAt(NOW.minusHours(2))
                    .endedAt(NOW.minusHours(1))
                    .checkIssued()
                    .cancelled()
                    .movedFrom(6L)
                    .inBranch(3)
                    .changedAt(NOW);
            assertThat(way(full))
                    .contains("facts: " + TOMORROW + ", arrived 2026-03-02T09:00, started 2026-03-02T10:00, "
                            + "ended 2026-03-02T11:00, bill issued, cancelled, moved from reception 6, branch 3, "
                            + "last changed 2026-03-02T12:00");
        }
    }

    @Nested
    class Status_and_funnel {

        @Test
        void the_fact_that_gave_the_status_is_told() {
            assertThat(way(reception(7).checkIssued())).contains("status: COMPLETED: the bill was issued");
            assertThat(way(reception(7).endedAt(NOW))).contains("status: COMPLETED: the treatment has ended");
            assertThat(way(reception(7).startedAt(NOW))).contains("status: ARRIVED: the treatment has begun");
            assertThat(way(reception(7).appearedAt(NOW))).contains("status: ARRIVED: the patient has come");
        }

        @Test
        void of_a_completed_visit_other_visits_count_that_were_before_it() {
            ReceptionBuilder again = reception(7).completedBefore(true);
            assertThat(way(again)).contains("funnel: SECONDARY, the patient has completed another visit");
            assertThat(way(again.with(Status.COMPLETED)))
                    .contains("funnel: SECONDARY, the patient has completed another visit before this one");
            Clinic othersOnly = Clinic.with(policy().countOwnVisit(false));
            assertThat(wayOf(othersOnly.decide(reception(7), amocrm())))
                    .contains("funnel: PRIMARY, the patient has completed no other visit");
            assertThat(wayOf(othersOnly.decide(reception(7).with(Status.COMPLETED), amocrm())))
                    .contains("funnel: PRIMARY, the patient has completed no other visit before this one");
        }
    }

    @Nested
    class Contact_of_the_patient {

        @Test
        void duplicates_are_told_where_there_are_any() {
            ContactBuilder own = contact(50).ofPatient(PATIENT);
            assertThat(way(reception(7), amocrm().with(own)))
                    .contains("contact: contact 50 carries patient id 11: taken");
            assertThat(way(reception(7), amocrm().with(own, contact(49).ofPatient(PATIENT))))
                    .contains("contact: contact 50 carries patient id 11: taken; duplicates left alone: [49]");
        }

        @Test
        void so_are_those_of_a_contact_that_becomes_the_patients() {
            ContactBuilder nobodys = contact(50).withPhones(PHONE);
            assertThat(way(reception(7), amocrm().with(nobodys)))
                    .contains("contact: contact 50 has the phone and no patient id: it becomes patient 11's");
            assertThat(way(reception(7), amocrm().with(nobodys, contact(49).withPhones(PHONE))))
                    .contains("contact: contact 50 has the phone and no patient id: it becomes patient 11's; "
                            + "duplicates left alone: [49]");
        }

        @Test
        void a_relatives_that_is_linked_is_told() {
            assertThat(wayOf(Clinic.with(policy().attachSharedPhone(true))
                            .decide(
                                    reception(7),
                                    amocrm().with(contact(50).ofPatient(12).withPhones(PHONE)))))
                    .contains("contact: contact 50 is a relative's with the same phone: linked to the deal, "
                            + "not changed");
        }

        @Test
        void a_new_one_is_needed_for_want_of_a_phone_or_of_a_contact_with_it() {
            assertThat(way(reception(7).of(patient(PATIENT).phones("нет"))))
                    .contains("contact: no contact carries patient id 11, and IDENT has no usable phone: "
                            + "a new contact is needed");
            assertThat(way(reception(7)))
                    .contains("contact: no contact carries patient id 11 or, unowned, the phone: "
                            + "a new contact is needed");
        }

        @Test
        void no_more_candidates_are_counted_than_were_left_out() {
            ContactBuilder[] relatives = LongStream.range(0, StepReasons.SHOWN)
                    .mapToObj(one -> contact(50 + one).ofPatient(100 + one).withPhones(PHONE))
                    .toArray(ContactBuilder[]::new);
            Clinic everyPhone = Clinic.with(policy().phonePatientsAtMost(StepReasons.SHOWN));
            assertThat(wayOf(everyPhone.decide(reception(7), amocrm().with(relatives))))
                    .filteredOn(reason -> reason.startsWith("contact: "))
                    .hasSize(StepReasons.SHOWN + 1)
                    .noneMatch(reason -> reason.contains("more that were looked at"));
        }
    }

    @Nested
    class Stage_and_fields {

        @Test
        void a_pipelines_first_stage_is_told_as_such() {
            assertThat(movedBy(Clinic.with(policy())))
                    .contains("stage: the funnel is SECONDARY: moved from pipeline 100 to 200, stage 201");
            assertThat(movedBy(Clinic.with(policy().target(Funnel.SECONDARY, SECONDARY_PIPELINE, null))))
                    .contains("stage: the funnel is SECONDARY: moved from pipeline 100 to 200, its first stage");
        }

        private List<String> movedBy(Clinic one) {
            return wayOf(one.decide(
                    reception(7).completedBefore(true),
                    amocrm().with(deal(1).holding(7)),
                    delivered(1, Status.SCHEDULED)));
        }

        @Test
        void so_is_that_of_a_deal_that_is_opened_again() {
            assertThat(reopenedBy(Clinic.with(policy().stage(Funnel.PRIMARY, Status.CANCELLED, LOST))))
                    .contains("stage: we closed the deal, and the visit became SCHEDULED: moved to pipeline 100, "
                            + "stage 101");
            assertThat(reopenedBy(Clinic.with(policy().stage(Funnel.PRIMARY, Status.CANCELLED, LOST)
                            .target(Funnel.PRIMARY, PRIMARY_PIPELINE, null))))
                    .contains("stage: we closed the deal, and the visit became SCHEDULED: moved to pipeline 100, "
                            + "its first stage");
        }

        private List<String> reopenedBy(Clinic one) {
            return wayOf(one.decide(
                    reception(7),
                    amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, LOST)),
                    delivered(1, Status.CANCELLED).putInto(LOST)));
        }

        @Test
        void fields_that_differ_are_named_and_that_none_does_is_told() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            crm.apply(clinic.decide(reception(7), crm.snapshot()));
            assertThat(wayOf(clinic.decide(reception(7), crm)))
                    .contains("difference: the deal's fields hold the values");
            assertThat(wayOf(clinic.decide(reception(7).cost("2500"), crm)))
                    .contains("difference: deal fields [RECEPTION_COST]");
        }
    }
}
