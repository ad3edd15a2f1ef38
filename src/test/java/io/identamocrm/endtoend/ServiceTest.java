package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.ops.RunFailures;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.state.RunLock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service on its schedule. */
class ServiceTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @RegisterExtension
    private final Installation installation = Installation.empty().asService();

    private void awaitDealOf(long reception) {
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.dealsOf(reception)).hasSize(1));
    }

    @Test
    void the_schedule_starts_with_a_full_run_and_then_brings_what_changes() {
        long old = installation.booked(installation.patient("8 900 111-22-33"));
        installation.runtime();
        awaitDealOf(old);
        long fresh = installation
                .staff()
                .book(installation.patient("8 900 222-33-44"), NOW.plusDays(2), LocalDateTime.now());
        awaitDealOf(fresh);
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(installation.runtime().history().totals("receptions"))
                        .containsEntry("created", 2L));
    }

    @Test
    void a_run_that_fails_is_told_and_the_next_one_takes_up_its_work() {
        installation.with("AMOCRM_BREAKER_PAUSE_MS", "100").sandbox().faults().next(1000, Fault.BLOCKED, Scope.ANY);
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        try (LoggedLines log = new LoggedLines(RunFailures.class)) {
            installation.runtime();
            await().atMost(LONG_ENOUGH)
                    .until(() -> installation.sandbox().journal().count() >= 2
                            && !log.lines().isEmpty());
            assertThat(log.lines().get(0))
                    .contains("The run did not finish", "amoCRM has blocked the account or our address");
        }
        assertThat(installation.dealsOf(reception)).isEmpty();
        installation.sandbox().faults().clear();
        awaitDealOf(reception);
    }

    @Test
    void a_command_with_another_key_is_refused_while_the_service_lives_and_harms_nothing() {
        long reception = installation.booked(installation.patient("8 900 111-22-33"));
        installation.runtime();
        awaitDealOf(reception);
        Map<String, String> others = new HashMap<>(installation.variables());
        others.put("TOKEN_ENCRYPTION_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        Terminal terminal = new Terminal(() -> others);
        // While a run of the service is under way, that is what is told.
        await().atMost(LONG_ENOUGH).until(() -> terminal.run("reception-sync"), exit -> exit != 5);
        assertThat(terminal.errors()).contains("Another process works on this account with other settings");
        awaitDealOf(installation
                .staff()
                .book(installation.patient("8 900 222-33-44"), NOW.plusDays(2), LocalDateTime.now()));
    }

    @Test
    void while_another_process_holds_the_runs_lock_it_stands_by() {
        RunLock elsewhere = installation.lockOfAnotherProcess("receptions");
        await().atMost(LONG_ENOUGH).until(elsewhere::tryTake);
        long reception = installation
                .staff()
                .book(installation.patient("8 900 111-22-33"), NOW.plusDays(2), LocalDateTime.now());
        int before = installation.sandbox().journal().count();
        await().during(Duration.ofSeconds(3))
                .atMost(LONG_ENOUGH)
                .until(() -> installation.sandbox().journal().count() == before
                        && installation.dealsOf(reception).isEmpty());
        elsewhere.release();
        awaitDealOf(reception);
    }
}
