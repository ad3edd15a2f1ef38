package io.identamocrm.model;

import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.LOST;
import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.WON;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of the domain as the model has them. */
class ModelTest {

    @Test
    void an_active_deal_stands_in_one_of_our_pipelines_in_a_stage_that_is_not_excluded() {
        SyncPolicy policy = policy().build();
        assertThat(policy.isActive(deal(1).build())).isTrue();
        assertThat(policy.isActive(
                        deal(1).in(SECONDARY_PIPELINE, SECONDARY_STAGE).build()))
                .isTrue();
        assertThat(policy.isActive(deal(1).in(PRIMARY_PIPELINE, WON).build())).isFalse();
        assertThat(policy.isActive(deal(1).in(SECONDARY_PIPELINE, LOST).build()))
                .isFalse();
        assertThat(policy.isActive(deal(1).in(FOREIGN_PIPELINE, FOREIGN_STAGE).build()))
                .isFalse();
    }

    @Test
    void a_free_deal_has_an_empty_reception_field() {
        assertThat(deal(1).build().isFree()).isTrue();
        assertThat(deal(1).ofNumber("N1").build().isFree()).isTrue();
        assertThat(deal(1).holding(7).build().isFree()).isFalse();
        assertThat(deal(1).holdingUnreadableRow().build().isFree()).isFalse();
    }

    @Test
    void a_contact_belongs_to_the_patient_written_in_it_or_to_nobody() {
        assertThat(contact(1).build().isUnowned()).isTrue();
        assertThat(contact(1).build().belongsTo(11)).isFalse();
        assertThat(contact(1).ofPatient(11).build().belongsTo(11)).isTrue();
        assertThat(contact(1).ofPatient(11).build().belongsTo(12)).isFalse();
        assertThat(contact(1).ofUnreadablePatient().build().isUnowned()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void only_cancelled_and_missed_visits_are_off(Status status) {
        assertThat(status.isOff()).isEqualTo(status == Status.CANCELLED || status == Status.NO_SHOW);
    }

    @Test
    void outcomes_are_called_as_in_the_documentation() {
        assertThat(Stream.of(Outcome.values()).map(Outcome::key))
                .containsExactly("created", "created_deal", "updated", "unchanged", "closed", "skipped", "failed");
    }

    @Test
    void fields_are_called_as_in_the_documentation() {
        assertThat(DealField.RECEPTION_ID.key()).isEqualTo("reception_id");
        assertThat(ContactField.SMS_OPT_OUT.key()).isEqualTo("sms_opt_out");
        assertThat(ContactField.values()).hasSize(25);
    }

    @Test
    void failures_keep_the_older_tools_sentences() {
        assertThat(List.of(
                        FailureCode.PATIENT_NOT_FOUND, FailureCode.CONTACT_NOT_CREATED, FailureCode.DEAL_NOT_CREATED))
                .extracting(FailureCode::sentence)
                .containsExactly("Patient not found", "Failed to create contact", "Failed to create deal");
        assertThat(new Failure(FailureCode.DEAL_NOT_CREATED, "NotSupportedChoice, doctor_name").sentence())
                .isEqualTo("Failed to create deal (NotSupportedChoice, doctor_name)");
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void every_failure_says_what_happened_and_what_to_do(FailureCode code) {
        assertThat(code.sentence()).isNotBlank().doesNotEndWith(".");
        assertThat(code.remedy()).isNotBlank().endsWith(".");
    }

    @Test
    void patients_and_receptions_print_ids_only() {
        assertThat(patient(11).build()).hasToString("Patient[11]");
        assertThat(reception(7).build()).hasToString("Reception[7, patient 11]");
        assertThat(reception(7).of((Patient) null).build()).hasToString("Reception[7]");
    }
}
