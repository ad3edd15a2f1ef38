package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.account.AccountMismatchException;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sync.RunReport;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator changes the account between two runs: the second one learns it again, and delivers. */
class ChangedAccountTest {

    private static final long DOCTOR = 28;
    private static final long COMMENT = 9;

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .with("SYNC_BATCH_SIZE", "2")
            .with("AMOCRM_PRIMARY_STAGE_ID", "")
            .with("AMOCRM_RESPONSIBLE_USER_ID", "9002");

    private List<Long> fiveVisits() {
        return LongStream.range(0, 5)
                .map(i -> installation.booked(installation.patient("8 900 000-00-1" + i)))
                .boxed()
                .toList();
    }

    private void firstRun(boolean restarted) {
        installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(installation.full().count(Outcome.CREATED)).isEqualTo(1);
        if (restarted) {
            installation.restart();
        }
    }

    private long requestsOf(String path) {
        return installation.sandbox().journal().entries().stream()
                .filter(request -> request.path().contains(path))
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void where_the_first_stage_is_gone_new_deals_open_in_the_next_one(boolean restarted) {
        firstRun(restarted);
        installation.account().deleteStage(SandboxAccount.PRIMARY, SandboxAccount.stage(SandboxAccount.PRIMARY, 1));
        List<Long> visits = fiveVisits();
        RunReport report = installation.incremental();
        assertThat(report.failures()).isEmpty();
        assertThat(visits)
                .allSatisfy(visit -> assertThat(installation.dealOf(visit).stageId())
                        .isEqualTo(SandboxAccount.stage(SandboxAccount.PRIMARY, 2)));
        assertThat(installation.account().contacts()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_deleted_field_that_a_run_can_do_without_is_left_out(boolean restarted) {
        firstRun(restarted);
        installation.account().deleteField(true, DOCTOR);
        installation.account().deleteField(false, COMMENT);
        List<Long> visits = fiveVisits();
        assertThat(installation.incremental().failures()).isEmpty();
        assertThat(visits)
                .allSatisfy(visit -> assertThat(installation.dealOf(visit).fields())
                        .isNotEmpty()
                        .doesNotContainKey(DOCTOR));
        installation.restart();
        assertThat(installation.full().count(Outcome.UNCHANGED))
                .as("of both sides, and by another process")
                .isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_responsible_user_who_is_gone_is_not_named_any_more(boolean restarted) {
        firstRun(restarted);
        installation.account().deleteUser(9002);
        List<Long> visits = fiveVisits();
        assertThat(installation.incremental().failures()).isEmpty();
        assertThat(visits)
                .allSatisfy(visit -> assertThat(installation.dealOf(visit)).isNotNull());
        installation.restart();
        long visit = installation.booked(installation.patient("8 900 555-22-33"));
        long asked = requestsOf("custom_fields");
        assertThat(installation.incremental().failures()).isEmpty();
        assertThat(installation.dealOf(visit)).isNotNull();
        assertThat(requestsOf("custom_fields")).as("remembered").isEqualTo(asked);
    }

    @Test
    void changes_of_deals_that_are_there_are_decided_again_too() {
        firstRun(false);
        List<Long> visits = fiveVisits();
        installation.full();
        installation.account().deleteField(true, DOCTOR);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Persons SET Surname = N'Переименов' WHERE ID IN (SELECT ID_Persons FROM dbo.Staffs)");
        visits.forEach(visit -> installation.staff().reschedule(visit, NOW.plusDays(4), NOW));
        RunReport report = installation.incremental();
        assertThat(report.failures()).isEmpty();
        assertThat(report.count(Outcome.UPDATED)).isEqualTo(5);
        List<EntityView> deals = visits.stream().map(installation::dealOf).toList();
        assertThat(deals).extracting(deal -> deal.fields().get(27L)).hasSize(5).doesNotContainNull();
    }

    @Test
    void without_a_key_field_the_run_ends_and_says_which() {
        firstRun(false);
        installation.account().deleteField(true, Installation.RECEPTION_ID);
        fiveVisits();
        assertThatThrownBy(installation::incremental)
                .isInstanceOf(AccountMismatchException.class)
                .hasMessageContaining("AMOCRM_DEAL_FIELD_RECEPTION_ID=26");
        assertThat(installation.account().leads()).hasSize(1);
    }

    @Test
    void without_a_stage_of_the_settings_the_run_ends_and_says_which() {
        installation.with("AMOCRM_PRIMARY_STAGE_ID", "440102");
        firstRun(false);
        installation.account().deleteStage(SandboxAccount.PRIMARY, 440102);
        fiveVisits();
        assertThatThrownBy(installation::incremental)
                .isInstanceOf(AccountMismatchException.class)
                .hasMessageContaining("AMOCRM_PRIMARY_STAGE_ID")
                .hasMessageContaining("440102");
        assertThat(installation.account().leads()).hasSize(1);
    }

    @Test
    void what_is_refused_for_good_costs_no_more_than_one_learning_a_run() {
        firstRun(false);
        List<Long> visits = fiveVisits();
        installation.account().refuse(Installation.RECEPTION_ID, Long.toString(visits.get(1)));
        long asked = requestsOf("custom_fields");
        assertThat(installation.incremental().failures()).containsOnlyKeys(visits.get(1));
        assertThat(requestsOf("custom_fields") - asked)
                .as("of deals and of contacts")
                .isEqualTo(2);
        assertThat(installation.account().leads()).hasSize(5);
    }
}
