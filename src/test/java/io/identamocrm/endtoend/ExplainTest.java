package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands explain: what is known, what would be done, and why; ids only, and nothing is written. */
class ExplainTest {

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private final Terminal terminal = installation.terminal();

    private String explain(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertThat(terminal.run(all)).as(terminal.errors()).isLessThanOrEqualTo(1);
        assertThat(installation.clinic().personalValuesIn(terminal.output())).isEmpty();
        return terminal.output();
    }

    private JsonNode json(String... arguments) throws IOException {
        return new ObjectMapper().readTree(explain(arguments));
    }

    /** A visit that is over. */
    private long completed(long patient, int daysAgo) {
        LocalDateTime at = Installation.NOW.minusDays(daysAgo);
        long reception = installation.staff().book(patient, at, at.minusDays(1));
        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET ReceptionEnded = ? WHERE ID = ?", at.plusHours(1), reception);
        return reception;
    }

    @Test
    void a_reception_is_told_with_the_ids_of_the_visits_that_decide_its_funnel() throws IOException {
        long patient = installation.patient("8 900 111-22-33");
        long first = completed(patient, 9);
        long second = completed(patient, 5);
        long planned = installation.booked(patient);
        assertThat(explain("reception", Long.toString(planned)))
                .contains(
                        "SCHEDULED: nobody has come yet",
                        "SECONDARY, the patient has completed another visit: " + first + ", " + second,
                        "no status of it was sent",
                        "What would be sent:",
                        "new contact",
                        "•••");
        assertThat(explain("reception", Long.toString(first)))
                .contains(
                        "COMPLETED: the treatment has ended",
                        "PRIMARY, the patient has completed no other visit before this one\n");
        JsonNode json = json("reception", Long.toString(planned), "--json");
        assertThat(json.path("completed_receptions"))
                .extracting(JsonNode::asLong)
                .containsExactly(first, second);
        assertThat(json.path("dead_letter").isNull()).isTrue();
        assertThat(json.path("changes").size()).isGreaterThan(5);
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain reception",
                "test-reception --dry-run",
                "test-reception",
                "reception-sync --full --dry-run",
                "full-sync --dry-run",
                "reconcile"
            })
    void a_deal_that_a_manager_deleted_is_no_deal_for_whoever_asks(String command) {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        installation.runtime().everything(RunRequest.full());
        long deal = installation.dealOf(reception).id();
        installation.account().deleteLead(deal);
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        if (command.startsWith("explain") || command.startsWith("test")) {
            words.add(command.startsWith("explain") ? 2 : 1, Long.toString(reception));
        }
        terminal.run(words.toArray(String[]::new));
        assertThat(terminal.output())
                .as(terminal.errors())
                .satisfiesAnyOf(
                        text -> assertThat(text).contains("deleted or merged"),
                        text -> assertThat(text).containsPattern("closed +1"),
                        text -> assertThat(text).contains("created_deal"));
        // The patient's contact is as it was.
        assertThat(terminal.output().replaceFirst("(?s)^.*?seconds", "")).doesNotContainPattern("unchanged +1");
    }

    @Test
    void the_ids_are_as_many_as_the_count_says() {
        long patient = installation.patient("8 900 111-22-33");
        completed(patient, 9);
        long cancelled = completed(patient, 5);
        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET ReceptionCanceled = ReceptionEnded WHERE ID = ?", cancelled);
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET CheckIssued = PlanStart WHERE ID = ?", installation.booked(patient));
        assertThat(installation.runtime().completedReceptions(patient))
                .hasSize(2)
                .doesNotContain(cancelled);
    }

    @Test
    void what_was_sent_and_what_failed_last_time_is_told() throws IOException {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        long blocked = installation.staff().book(null, Installation.NOW.plusDays(1), Installation.NOW);
        installation.full();
        assertThat(explain("reception", Long.toString(reception)))
                .contains("SCHEDULED was sent", "unchanged")
                .doesNotContain("What would");
        assertThat(explain("reception", Long.toString(blocked)))
                .contains("PATIENT_NOT_FOUND", "failed 1 times", "next attempt");
        JsonNode json = json("reception", Long.toString(blocked), "--json");
        assertThat(json.path("dead_letter").path("code").asText()).isEqualTo("PATIENT_NOT_FOUND");
        assertThat(json.path("error").path("code").asText()).isEqualTo("PATIENT_NOT_FOUND");
        assertThat(json("reception", Long.toString(reception), "--json")
                        .path("last_sent_status")
                        .asText())
                .isEqualTo("SCHEDULED");
    }

    @Test
    void a_patient_is_told_with_the_choice_of_the_contact() throws IOException {
        long patient = installation.patient("8 900 111-22-33");
        long visit = completed(patient, 5);
        assertThat(explain("patient", Long.toString(patient)))
                .contains(
                        "Patient " + patient,
                        "no contact carries patient id " + patient,
                        "new contact",
                        "completed receptions: " + visit,
                        "dead letter",
                        "none");
        installation.full();
        installation.clinic().execute("UPDATE dbo.Patients SET CardNumber = 'A-77001' WHERE ID_Persons = ?", patient);
        long contact = installation.contactsOf(patient).get(0).id();
        JsonNode json = json("patient", Long.toString(patient), "--json");
        assertThat(json.path("outcome").asText()).isEqualTo("updated");
        assertThat(json.path("changes").findValuesAsText("entity")).containsOnly("contact " + contact);
        assertThat(json.path("completed_receptions").path(0).asLong()).isEqualTo(visit);
        assertThat(explain("patient", "424242")).contains("IDENT has no patient 424242");
    }

    @Test
    void a_deal_is_told_with_its_place_its_contacts_and_its_reception() throws IOException {
        long patient = installation.patient("8 900 111-22-33");
        long reception = installation.booked(patient);
        installation.full();
        EntityView deal = installation.dealOf(reception);
        long contact = installation.contactsOf(patient).get(0).id();
        installation.sandbox().journal().clear();
        assertThat(explain("deal", Long.toString(deal.id())))
                .contains(
                        "pipeline " + deal.pipelineId() + ", stage " + deal.stageId() + ", one of ours",
                        contact + " (patient " + patient + ")",
                        "Reception " + reception,
                        "reception_id",
                        "unchanged");
        JsonNode json = json("deal", Long.toString(deal.id()), "--json");
        assertThat(json.path("reception_id").asLong()).isEqualTo(reception);
        assertThat(json.path("place").asText()).isEqualTo("active");
        assertThat(json.path("reception").path("patient_id").asLong()).isEqualTo(patient);
        assertThat(json.path("fields")).extracting(JsonNode::asText).contains("reception_id", "patient_number");
        assertThat(explain("deal", "424242")).contains("amoCRM has no deal 424242");
        assertThat(json("deal", "424242", "--json").path("known").asBoolean(true))
                .isFalse();
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void a_deal_that_somebody_closed_is_told_to_be_left_alone() {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        installation.full();
        long deal = installation.dealOf(reception).id();
        installation.account().changeLead(deal, change -> change.lost());
        assertThat(explain("deal", Long.toString(deal))).contains("never touched", "closed");
    }
}
