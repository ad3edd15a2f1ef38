package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.NOW;
import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.PRIMARY_STAGE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static io.identamocrm.rules.Clinic.assertThatDealOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshotOfLists;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Patient;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Section 4 of the domain rules: what is written to the deal, and which outcome that is. */
class WritingTest {

    private final Clinic clinic = Clinic.with(policy());

    private static void assertUnchanged(Decision decision) {
        assertThat(decision.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(decision.deal()).isNull();
        assertThat(decision.contact()).isNull();
    }

    @Nested
    class Cases {

        @Test
        void a_deal_that_is_found_is_updated_and_so_is_the_contact() {
            Decision decision = clinic.decide(
                    reception(7),
                    amocrm().with(contact(50).ofPatient(PATIENT))
                            .with(deal(1).holding(7).linkedTo(50L)));
            assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
            assertThat(decision.deal().id()).isEqualTo(1);
            assertThat(decision.deal().values()).isNotEmpty();
            assertThat(decision.contact().id()).isEqualTo(50);
            assertThat(decision.contact().values()).isNotEmpty();
        }

        @Test
        void a_deal_whose_contact_alone_differs_is_updated() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            crm.apply(clinic.decide(reception(7), crm.snapshot()));
            Decision decision = clinic.decide(reception(7).of(patient(PATIENT).comment("любит чай")), crm);
            assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
            assertThat(decision.deal()).isNull();
            assertThat(decision.contact()).isNotNull();
        }

        @Test
        void a_bill_that_was_returned_as_a_whole_costs_nothing_and_has_no_service() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            crm.apply(clinic.decide(reception(7), crm.snapshot()));
            ReceptionBuilder returned = reception(7).services().cost("0.00");
            Decision decision = clinic.decide(returned, crm);
            assertThat(decision.deal().values())
                    .isEqualTo(Map.of(DealField.SERVICE_NAME, "", DealField.RECEPTION_COST, "0"));
            crm.apply(decision);
            assertUnchanged(clinic.decide(returned, crm));
            assertThat(clinic.decide(reception(7).services().cost("390.00"), crm)
                            .deal()
                            .values())
                    .as("goods only: their price, and services are left alone")
                    .isEqualTo(Map.of(DealField.RECEPTION_COST, "390"));
            assertThat(clinic.decide(reception(7), crm).deal().values())
                    .as("billed again")
                    .containsKeys(DealField.SERVICE_NAME);
        }

        @Test
        void a_new_deal_of_a_returned_bill_has_no_service_to_empty() {
            assertThat(clinic.decide(reception(7).services().cost("0.00"), amocrm())
                            .deal()
                            .values())
                    .containsEntry(DealField.RECEPTION_COST, "0")
                    .doesNotContainKey(DealField.SERVICE_NAME);
        }

        @Test
        void a_contact_without_deal_gets_one_which_is_created_deal() {
            Decision decision =
                    clinic.decide(reception(7), amocrm().with(contact(50).ofPatient(PATIENT)));
            assertThat(decision.outcome()).isEqualTo(Outcome.CREATED_DEAL);
            assertThat(decision.deal().isNew()).isTrue();
            assertThat(decision.deal().contactId()).isEqualTo(50);
            assertThat(decision.contact().id()).isEqualTo(50);
        }

        @Test
        void with_neither_contact_and_deal_are_created_together() {
            Decision decision = clinic.decide(reception(7), amocrm());
            assertThat(decision.outcome()).isEqualTo(Outcome.CREATED);
            assertThat(decision.deal().isNew()).isTrue();
            assertThat(decision.deal().contactId()).isNull();
            assertThat(decision.contact().isNew()).isTrue();
        }

        @ParameterizedTest
        @EnumSource(
                value = Status.class,
                names = {"CANCELLED", "NO_SHOW"})
        void a_visit_that_is_off_opens_no_deal_and_no_contact(Status off) {
            Decision decision = clinic.decide(reception(7).with(off), amocrm());
            assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(decision.deal()).isNull();
            assertThat(decision.contact()).isNull();
        }

        @Test
        void a_visit_that_is_off_leaves_the_patients_contact_alone_when_there_is_no_deal() {
            Decision decision = clinic.decide(
                    reception(7).cancelled(), amocrm().with(contact(50).ofPatient(PATIENT)));
            assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(decision.contact()).isNull();
        }

        @ParameterizedTest
        @EnumSource(
                value = Status.class,
                names = {"CANCELLED", "NO_SHOW"})
        void a_visit_that_is_off_still_updates_its_deal(Status off) {
            Decision decision = clinic.decide(reception(7).with(off), amocrm().with(deal(1).holding(7)));
            assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
            assertThatDealOf(decision).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource(
                value = Status.class,
                names = {"CANCELLED", "NO_SHOW"},
                mode = EnumSource.Mode.EXCLUDE)
        void every_other_visit_opens_a_deal(Status status) {
            assertThat(clinic.decide(reception(7).with(status), amocrm()).outcome())
                    .isEqualTo(Outcome.CREATED);
        }

        @Test
        void fields_that_hold_the_values_already_send_nothing() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            crm.apply(clinic.decide(reception(7), crm.snapshot()));
            assertUnchanged(clinic.decide(reception(7), crm));
        }

        @Test
        void fields_that_hold_the_values_already_send_nothing_right_after_redis_was_emptied() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            Clinic withStages = Clinic.with(policy().stage(Funnel.PRIMARY, Status.SCHEDULED, 109));
            crm.apply(withStages.decide(reception(7), crm.snapshot()));
            crm.forget();
            assertUnchanged(withStages.decide(reception(7), crm));
        }

        @Test
        void a_reception_without_patient_fails_with_a_stable_code_and_writes_nothing() {
            Decision decision = clinic.decide(reception(7).of((Patient) null), amocrm().with(deal(1).holding(7)));
            assertThat(decision.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(decision.failure()).isEqualTo(Failure.of(FailureCode.PATIENT_NOT_FOUND));
            assertThat(decision.failure().sentence()).isEqualTo("Patient not found");
            assertThat(decision.patientId()).isNull();
            assertThat(decision.deal()).isNull();
            assertThat(decision.contact()).isNull();
        }

        @Test
        void a_reception_without_planned_start_fails() {
            Decision decision = clinic.decide(reception(7).planStart(null), amocrm());
            assertThat(decision.failure()).isEqualTo(Failure.of(FailureCode.PLAN_START_MISSING));
            assertThat(decision.patientId()).isEqualTo(PATIENT);
        }
    }

    @Nested
    class Our_fields {

        /** What only runs of patients read. */
        private final Map<ContactField, Object> further = Map.ofEntries(
                Map.entry(ContactField.AGE, 35),
                Map.entry(ContactField.GENDER, "Ж"),
                Map.entry(ContactField.APPOINTMENTS, 1),
                Map.entry(ContactField.TOTAL_VISITS, 3),
                Map.entry(ContactField.DISCOUNT, 5),
                Map.entry(ContactField.ARCHIVE_REASON, "Переезд"),
                Map.entry(ContactField.STATUS, "В архиве"),
                Map.entry(ContactField.SNILS, "000-000-001 00"),
                Map.entry(ContactField.INN, "160000000000"),
                Map.entry(ContactField.BRANCH, "Филиал на Садовой"),
                Map.entry(ContactField.ADVANCE, 700),
                Map.entry(ContactField.DEBT, 0),
                Map.entry(ContactField.EMAIL, "anna@example.ru"),
                Map.entry(ContactField.COMPLETED_RECEPTIONS_COUNT, 2),
                Map.entry(ContactField.LAST_VISIT, LocalDate.of(2026, 2, 3)),
                Map.entry(ContactField.CITY, "Казань"));

        @Test
        void each_is_written_where_ident_knows_everything() {
            Decision decision = clinic.withSyncState()
                    .decide(reception(7).of(patient(PATIENT).further(further)), amocrm());
            assertThat(DealField.values())
                    .filteredOn(field -> !decision.deal().values().containsKey(field))
                    .as("fields of deals that are not written")
                    .isEmpty();
            assertThat(ContactField.values())
                    .filteredOn(field -> decision.contact().valueOf(field) == null)
                    .as("fields of contacts that are not written")
                    .isEmpty();
        }
    }

    @Nested
    class New_deal {

        private DealWrite newDeal(PolicyBuilder policy, ReceptionBuilder reception) {
            return Clinic.with(policy).decide(reception, amocrm()).deal();
        }

        @Test
        void it_is_named_by_the_template() {
            assertThat(newDeal(policy(), reception(7)).name()).isEqualTo("Приём #7");
            assertThat(newDeal(policy().dealName("<id>: визит <id>"), reception(42))
                            .name())
                    .isEqualTo("42: визит 42");
        }

        @Test
        void it_stands_in_the_funnels_pipeline_and_default_stage() {
            DealWrite primary = newDeal(policy(), reception(7).completedBefore(false));
            assertThat(primary.pipelineId()).isEqualTo(PRIMARY_PIPELINE);
            assertThat(primary.stageId()).isEqualTo(PRIMARY_STAGE);
            DealWrite secondary = newDeal(policy(), reception(7).completedBefore(true));
            assertThat(secondary.pipelineId()).isEqualTo(SECONDARY_PIPELINE);
            assertThat(secondary.stageId()).isEqualTo(SECONDARY_STAGE);
        }

        @Test
        void an_omitted_default_stage_leaves_the_choice_to_amocrm() {
            DealWrite write = newDeal(policy().target(Funnel.PRIMARY, PRIMARY_PIPELINE, null), reception(7));
            assertThat(write.pipelineId()).isEqualTo(PRIMARY_PIPELINE);
            assertThat(write.stageId()).isNull();
        }

        @Test
        void it_stands_in_the_stage_of_its_status_if_one_is_set_in_its_funnel() {
            PolicyBuilder policy =
                    policy().stage(Funnel.PRIMARY, Status.ARRIVED, 105).stage(Funnel.SECONDARY, Status.ARRIVED, 205);
            assertThat(newDeal(policy, reception(7).with(Status.ARRIVED)).stageId())
                    .isEqualTo(105);
            assertThat(newDeal(policy, reception(7).with(Status.ARRIVED).completedBefore(true))
                            .stageId())
                    .isEqualTo(205);
            assertThat(newDeal(policy, reception(7)).stageId()).isEqualTo(PRIMARY_STAGE);
        }

        @Test
        void it_gets_the_responsible_user_of_the_settings_or_amocrms_choice() {
            assertThat(newDeal(policy().responsible(77L), reception(7)).responsibleId())
                    .isEqualTo(77);
            assertThat(newDeal(policy().responsible(null), reception(7)).responsibleId())
                    .isNull();
        }

        @Test
        void it_gets_all_our_fields() {
            DealWrite write = newDeal(
                    policy(),
                    reception(7)
                            .planStart(LocalDateTime.of(2026, 3, 3, 9, 30))
                            .doctor("Лужин П. А.")
                            .services("Осмотр", "Рентген")
                            .cost("1500.00"));
            assertThat(write.values())
                    .isEqualTo(Map.of(
                            DealField.RECEPTION_ID,
                            "7",
                            DealField.RECEPTION_DATE,
                            "2026-03-03T09:30",
                            DealField.DOCTOR_NAME,
                            "Лужин П. А.",
                            DealField.SERVICE_NAME,
                            "Осмотр, Рентген",
                            DealField.RECEPTION_COST,
                            "1500",
                            DealField.PATIENT_NUMBER,
                            "N11"));
        }

        @Test
        void it_gets_the_create_only_fields_too() {
            assertThat(newDeal(policy().createOnly(DealField.DOCTOR_NAME), reception(7))
                            .values())
                    .containsKey(DealField.DOCTOR_NAME);
        }
    }

    @Nested
    class Existing_deal {

        @Test
        void it_never_gets_name_or_responsible_user() {
            for (CrmSnapshotOfLists snapshot : new CrmSnapshotOfLists[] {
                amocrm().with(deal(1).holding(7)),
                amocrm().with(deal(1).ofNumber("N11")),
                amocrm().with(deal(1).holding(7).in(SECONDARY_PIPELINE, SECONDARY_STAGE))
            }) {
                DealWrite write = clinic.decide(reception(7), snapshot).deal();
                assertThat(write.id()).isEqualTo(1);
                assertThat(write.name()).isNull();
                assertThat(write.responsibleId()).isNull();
            }
        }

        @Test
        void it_stays_in_pipeline_and_stage_when_only_fields_differ() {
            DealWrite write = clinic.decide(
                            reception(7), amocrm().with(deal(1).holding(7).in(PRIMARY_PIPELINE, 107)))
                    .deal();
            assertThat(write.pipelineId()).isNull();
            assertThat(write.stageId()).isNull();
        }

        @Test
        void only_the_fields_that_differ_are_sent() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            crm.apply(clinic.decide(reception(7), crm.snapshot()));
            Decision decision = clinic.decide(reception(7).doctor("Сычёва Ж. К."), crm);
            assertThat(decision.deal().values()).isEqualTo(Map.of(DealField.DOCTOR_NAME, "Сычёва Ж. К."));
            assertThat(decision.contact()).isNull();
        }

        @Test
        void null_in_ident_leaves_the_value_in_amocrm_alone() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            crm.apply(clinic.decide(reception(7), crm.snapshot()));
            Decision decision =
                    clinic.decide(reception(7).doctor(null).services().cost(null), crm);
            assertThat(decision.outcome()).isEqualTo(Outcome.UNCHANGED);
        }

        @Test
        void zero_is_a_value_and_is_sent() {
            for (String zero : new String[] {"0", "0.00"}) {
                Decision decision = clinic.decide(
                        reception(7).cost(zero),
                        amocrm().with(deal(1).holding(7).holding(DealField.RECEPTION_COST, "1500")));
                assertThat(decision.deal().values()).containsEntry(DealField.RECEPTION_COST, "0");
            }
        }

        @Test
        void a_cost_that_differs_only_in_trailing_zeros_is_not_sent() {
            Decision decision = clinic.decide(
                    reception(7).cost("1500.000"),
                    amocrm().with(deal(1).holding(7).holding(DealField.RECEPTION_COST, "1500")));
            assertThat(decision.deal().values()).doesNotContainKey(DealField.RECEPTION_COST);
        }

        @Test
        void a_field_without_id_in_the_account_is_not_sent() {
            Decision decision = new Clinic(policy().build(), DealField.DOCTOR_NAME)
                    .decide(reception(7), amocrm().with(deal(1).holding(7)));
            assertThat(decision.deal().values())
                    .containsKey(DealField.SERVICE_NAME)
                    .doesNotContainKey(DealField.DOCTOR_NAME);
        }

        @Test
        void a_create_only_field_is_left_to_the_managers() {
            Decision decision = Clinic.with(policy().createOnly(DealField.DOCTOR_NAME))
                    .decide(
                            reception(7),
                            amocrm().with(deal(1).holding(7)
                                    .holding(DealField.DOCTOR_NAME, "тот же, что в прошлый раз")));
            assertThat(decision.deal().values())
                    .containsKey(DealField.SERVICE_NAME)
                    .doesNotContainKey(DealField.DOCTOR_NAME);
        }

        @Test
        void a_create_only_field_that_is_empty_is_filled_once() {
            Decision decision = Clinic.with(policy().createOnly(DealField.DOCTOR_NAME))
                    .decide(reception(7), amocrm().with(deal(1).ofNumber("N11")));
            assertThat(decision.deal().values()).containsKey(DealField.DOCTOR_NAME);
        }

        @Test
        void an_adopted_free_deal_gets_the_reception_and_the_patients_number() {
            DealWrite write = clinic.decide(
                            reception(7),
                            amocrm().with(contact(50).withPhones(PHONE)).with(deal(1).linkedTo(50L)))
                    .deal();
            assertThat(write.id()).isEqualTo(1);
            assertThat(write.values())
                    .containsEntry(DealField.RECEPTION_ID, "7")
                    .containsEntry(DealField.PATIENT_NUMBER, "N11");
        }

        /** How often a doctor's name is sent in six runs to an amoCRM that cuts every one. */
        private int timesSent(Clinic asked) {
            InMemoryCrm crm = new InMemoryCrm(
                    amocrm(), (field, value) -> field.equals("doctor_name") ? value.substring(0, 5) : value);
            int sent = 0;
            for (int run = 0; run < 6; run++) {
                Decision decision = asked.decide(reception(7), crm);
                sent += decision.deal() != null && decision.deal().values().containsKey(DealField.DOCTOR_NAME) ? 1 : 0;
                crm.apply(decision);
            }
            assertUnchanged(asked.decide(reception(7), crm));
            return sent;
        }

        @Test
        void a_value_that_reads_back_differently_is_sent_again_by_a_deep_run_and_then_no_more() {
            assertThat(timesSent(clinic)).isEqualTo(1);
            assertThat(timesSent(clinic.deep())).isEqualTo(2);
        }

        @Test
        void a_value_that_a_manager_changed_after_it_was_sent_in_vain_is_sent_again() {
            InMemoryCrm crm = new InMemoryCrm(
                    amocrm(), (field, value) -> field.equals("doctor_name") ? value.substring(0, 5) : value);
            for (int run = 0; run < 3; run++) {
                crm.apply(clinic.decide(reception(7), crm));
            }
            Deal held = crm.snapshot().deals().get(0);
            Map<DealField, String> edited = new EnumMap<>(held.fingerprints());
            edited.put(DealField.DOCTOR_NAME, "#другой");
            crm.snapshot()
                    .put(new Deal(
                            held.id(),
                            held.pipelineId(),
                            held.stageId(),
                            held.updatedAt(),
                            held.receptionId(),
                            edited,
                            held.sent(),
                            held.contactIds(),
                            null));
            assertThat(clinic.decide(reception(7), crm).deal().values()).containsOnlyKeys(DealField.DOCTOR_NAME);
        }
    }

    @Nested
    class Link_to_the_contact {

        @Test
        void a_deal_without_contact_gets_the_patients_linked() {
            Decision decision = clinic.decide(
                    reception(7), amocrm().with(contact(50).ofPatient(PATIENT)).with(deal(1).holding(7)));
            assertThat(decision.deal().linkContact()).isTrue();
            assertThat(decision.deal().contactId()).isEqualTo(50);
        }

        @Test
        void a_deal_without_contact_gets_a_new_one_when_the_patient_has_none() {
            Decision decision = clinic.decide(reception(7), amocrm().with(deal(1).holding(7)));
            assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
            assertThat(decision.deal().linkContact()).isTrue();
            assertThat(decision.deal().contactId()).isNull();
            assertThat(decision.contact().isNew()).isTrue();
        }

        @Test
        void a_deal_with_a_contact_keeps_the_managers_link() {
            Decision decision = clinic.decide(
                    reception(7),
                    amocrm().with(contact(50).ofPatient(PATIENT))
                            .with(deal(1).holding(7).linkedTo(60L)));
            assertThat(decision.deal().linkContact()).isFalse();
            assertThat(decision.contact().id()).isEqualTo(50);
        }

        @Test
        void a_deal_with_a_contact_makes_no_second_one_for_an_unknown_patient() {
            Decision decision =
                    clinic.decide(reception(7), amocrm().with(deal(1).holding(7).linkedTo(60L)));
            assertThat(decision.contact()).isNull();
            assertThat(decision.deal().linkContact()).isFalse();
        }

        /** amoCRM after the reception was delivered, its deal without a contact. */
        private InMemoryCrm withoutLink() {
            InMemoryCrm crm = new InMemoryCrm(amocrm());
            crm.apply(clinic.decide(reception(7), crm));
            Deal held = crm.snapshot().deals().get(0);
            crm.snapshot()
                    .put(new Deal(
                            held.id(),
                            held.pipelineId(),
                            held.stageId(),
                            held.updatedAt(),
                            held.receptionId(),
                            held.fingerprints(),
                            held.sent(),
                            Set.of(),
                            null));
            return crm;
        }

        @Test
        void a_missing_link_alone_is_an_update() {
            CrmSnapshotOfLists snapshot = withoutLink().snapshot();
            Decision decision = clinic.decide(
                    reception(7), snapshot, delivered(snapshot.deals().get(0).id(), Status.SCHEDULED));
            assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
            assertThat(decision.deal().changesDeal()).isFalse();
            assertThat(decision.deal().linkContact()).isTrue();
        }

        @Test
        void a_contact_that_we_linked_and_a_manager_took_away_stays_away() {
            assertUnchanged(clinic.decide(reception(7), withoutLink()));
        }

        @Test
        void the_attach_switch_links_a_found_deal_without_contact_to_the_relative() {
            Decision decision = Clinic.with(policy().attachSharedPhone(true))
                    .decide(
                            reception(7),
                            amocrm().with(contact(50).ofPatient(12).withPhones(PHONE))
                                    .with(deal(1).holding(7)));
            assertThat(decision.deal().linkContact()).isTrue();
            assertThat(decision.deal().contactId()).isEqualTo(50);
            assertThat(decision.contact()).isNull();
        }
    }

    @Nested
    class Claims {

        @Test
        void two_receptions_of_one_patient_never_take_the_same_free_deal() {
            InMemoryCrm crm = new InMemoryCrm(amocrm().with(deal(1).ofNumber("N11")));
            crm.apply(clinic.decide(reception(1).planStart(NOW.plusDays(1)), crm.snapshot()));
            crm.apply(clinic.decide(reception(2).planStart(NOW.plusDays(2)), crm.snapshot()));
            assertThat(crm.snapshot().dealsOfReception(1))
                    .singleElement()
                    .extracting("id")
                    .isEqualTo(1L);
            assertThat(crm.snapshot().dealsOfReception(2))
                    .singleElement()
                    .extracting("id")
                    .isNotEqualTo(1L);
        }

        @Test
        void a_claim_holds_even_while_the_picture_still_shows_the_deal_as_free() {
            CrmSnapshotOfLists snapshot = amocrm().with(deal(1).ofNumber("N11"), deal(2).ofNumber("N11"));
            assertThatDealOf(clinic.decide(reception(1), snapshot)).isEqualTo(2);
            snapshot.claimed(2, 1);
            assertThatDealOf(clinic.decide(reception(2), snapshot)).isEqualTo(1);
            snapshot.claimed(1, 2);
            assertThat(clinic.decide(reception(3), snapshot).deal().isNew()).isTrue();
        }
    }
}
