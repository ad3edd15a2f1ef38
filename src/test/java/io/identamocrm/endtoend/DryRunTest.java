package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.cli.Environment;
import io.identamocrm.cli.Interruption;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.DealId;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.settings.EnvFile;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunListener;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RedissonClient;

/** A dry run says what the real one then does, and sends nothing. */
class DryRunTest {

    private static final int RECEPTIONS = 300;

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.of(RECEPTIONS, NOW))
            .with("SYNC_BATCH_SIZE", "20")
            .with("AMOCRM_REQUEST_DEADLINE_MS", "20000");

    private final Terminal terminal = installation.terminal();

    /** What each reception or patient ended in, and every member sent for it. */
    private static final class Record implements RunListener {
        private final Map<String, String> settled = new TreeMap<>();
        private final Set<Long> before;

        Record(Installation installation) {
            before = installation.account().leads().stream().map(EntityView::id).collect(Collectors.toSet());
        }

        @Override
        public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
            StringBuilder text = new StringBuilder(outcome.key());
            if (decision.deal() != null) {
                text.append(", deal ")
                        .append(
                                decision.deal().isNew()
                                        ? "new"
                                        : before.contains(decision.deal().id())
                                                ? decision.deal().id()
                                                : "of this run")
                        .append(' ')
                        .append(new TreeMap<>(decision.deal().values()))
                        .append(" in ")
                        .append(decision.deal().pipelineId())
                        .append('/')
                        .append(decision.deal().stageId())
                        .append(decision.deal().linkContact() ? " linked" : "");
            }
            if (decision.contact() != null) {
                text.append(", contact ")
                        .append(decision.contact().isNew() ? "new" : "known")
                        .append(' ')
                        .append(decision.contact().name())
                        .append(' ')
                        .append(new TreeSet<>(decision.contact().phones()))
                        .append(' ')
                        .append(new TreeMap<>(decision.contact().values()));
            }
            settled.put(kind.one() + " " + decision.id(), text.toString());
        }

        @Override
        public void completed(RunReport report) {
            // Not of interest.
        }

        @Override
        public void failed(Run.Kind kind, String mode, Duration after) {
            // Not of interest.
        }
    }

    private void dryAndThenReal(RunRequest request) {
        installation.sandbox().journal().clear();
        Record dry = new Record(installation);
        installation.runtime().everything(request.asDryRun().withListener(dry));
        assertThat(installation.sandbox().journal().writes()).isZero();
        Record real = new Record(installation);
        installation.runtime().everything(request.withListener(real));
        assertThat(dry.settled).isEqualTo(real.settled).hasSizeGreaterThan(RECEPTIONS);
    }

    @Test
    void the_real_run_does_exactly_what_the_dry_run_said() {
        dryAndThenReal(RunRequest.full());
        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET PlanStart = DATEADD(MINUTE, 5, PlanStart) WHERE MOD(ID, 3) = 0");
        for (int i = 0; i < 20; i++) {
            installation
                    .staff()
                    .addService(
                            ClinicGenerator.FIRST_RECEPTION + i * 7,
                            "Осмотр",
                            new BigDecimal("700"),
                            LocalDateTime.now().plusSeconds(1));
        }
        dryAndThenReal(RunRequest.full());
        dryAndThenReal(RunRequest.deep());
    }

    @Test
    void receptions_alone_are_foretold_too_with_one_new_contact_for_all_visits_of_a_patient() {
        Record dry = new Record(installation);
        installation.runtime().receptions(RunRequest.full().asDryRun().withListener(dry));
        Record real = new Record(installation);
        installation.runtime().receptions(RunRequest.full().withListener(real));
        assertThat(dry.settled).isEqualTo(real.settled);
        assertThat(dry.settled.values()).anyMatch(text -> text.startsWith("created_deal"));
    }

    @Test
    void a_dry_deep_sync_writes_nothing_not_even_the_stages_of_deals_whose_reception_is_gone() {
        installation
                .with("DEAL_ON_VANISHED", "stage")
                .with("DEAL_STAGE_PRIMARY_CANCELLED", Long.toString(SandboxAccount.stage(SandboxAccount.PRIMARY, 4)))
                .with(
                        "DEAL_STAGE_SECONDARY_CANCELLED",
                        Long.toString(SandboxAccount.stage(SandboxAccount.SECONDARY, 4)));
        installation.full();
        EntityView deal = installation.account().leads().get(0);
        installation.staff().deleteReception(Long.parseLong(deal.fields().get(Installation.RECEPTION_ID)));
        installation.sandbox().journal().clear();
        assertThat(installation
                        .runtime()
                        .everything(RunRequest.deep().asDryRun())
                        .reconciliation()
                        .orphaned())
                .containsKey(new DealId(deal.id()));
        assertThat(installation.sandbox().journal().writes()).isZero();
    }

    @Test
    void nothing_of_a_dry_run_stays_in_redis() {
        installation.runtime().receptions(RunRequest.full().asDryRun());
        RedissonClient redis = installation.runtime().redis();
        assertThat(redis.getKeys().getKeysStream()).noneMatch(key -> key.contains("dry-run"));
    }

    @Test
    void the_document_lists_every_difference_and_holds_no_personal_value() throws IOException {
        assertThat(terminal.run("full-sync", "--dry-run", "--json")).isLessThanOrEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(terminal.output());
        JsonNode receptions = json.path("receptions");
        int changed = 0;
        for (JsonNode difference : json.path("differences")) {
            changed += difference.has("reception_id") ? 1 : 0;
        }
        assertThat(changed)
                .isEqualTo(receptions.path("created").asInt()
                        + receptions.path("created_deal").asInt()
                        + receptions.path("updated").asInt())
                .isGreaterThan(200);
        JsonNode first = json.path("differences").path(0);
        assertThat(first.path("changes").findValuesAsText("after")).contains("•••");
        assertThat(installation.clinic().personalValuesIn(terminal.output())).isEmpty();
    }

    @Test
    void people_see_the_first_differences_and_the_figures() {
        int code = terminal.run("reception-sync", "--full", "--dry-run");
        assertThat(code).as(terminal.errors()).isLessThanOrEqualTo(1);
        assertThat(terminal.output())
                .contains(
                        "new deal",
                        "reception_date",
                        "(empty) → 20",
                        "reception_cost",
                        "(empty) → ",
                        "doctor_name",
                        "(empty) → •••",
                        "more that would be changed",
                        "Dry run, nothing was written")
                .containsPattern("found +" + RECEPTIONS);
        installation.full();
        installation
                .staff()
                .addService(
                        ClinicGenerator.FIRST_RECEPTION + 7,
                        "Осмотр",
                        new BigDecimal("77001"),
                        LocalDateTime.now().plusSeconds(1));
        terminal.run("reception-sync", "--dry-run");
        assertThat(terminal.output())
                .containsPattern("Reception " + (ClinicGenerator.FIRST_RECEPTION + 7) + ": updated")
                .containsPattern("deal \\d+ +service_name +\\((empty|another value)\\) → .*Осмотр");
    }

    @Test
    void personal_values_are_shown_on_a_terminal_only_and_only_when_asked_for() {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        String id = Long.toString(reception);
        assertThat(terminal.run("test-reception", id, "--dry-run", "--show-values"))
                .isEqualTo(2);
        assertThat(terminal.errors()).contains("--show-values is for --dry-run on a terminal");
        assertThat(onTerminal("test-reception", id, "--dry-run"))
                .contains("•••")
                .doesNotContain("Образцов");
        assertThat(onTerminal("test-reception", id, "--dry-run", "--show-values"))
                .contains("Образцов Пётр Иванович", "+79001112233");
        assertThat(onTerminal("test-reception", id, "--dry-run", "--show-values", "--json"))
                .doesNotContain("Образцов");
        assertThat(onTerminal("test-reception", id, "--show-values")).doesNotContain("Образцов");
    }

    private String onTerminal(String... arguments) {
        terminal.run(
                new Environment(
                        Path.of("."), installation.variables(), EnvFile.none(), true, true, new Interruption(), null),
                arguments);
        return terminal.output();
    }
}
