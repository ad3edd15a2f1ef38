package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.sync.ChangeWatch.Look;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.RunRequest.Scope;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code schedules.camel.yaml} alone: what begins when, and what is said of a run that did not finish. */
class SchedulesRoutesTest {

    private static final String PAUSE = "schedulePause.isOff";

    @RegisterExtension
    private final RouteFile file = RouteFile.named("schedules.camel.yaml")
            .on(PAUSE, ask -> true)
            .on("scheduledRuns.receptions", step -> RunRequest.incremental())
            .on("scheduledRuns.patients", step -> RunRequest.incremental().of(Scope.PATIENTS))
            .on("scheduledRuns.everything", step -> RunRequest.deep().of(Scope.EVERYTHING));

    /** As it comes out of the routes that ask amoCRM: their error handler has done with it, and Camel would ask no second one. */
    private void failsAtAmocrm(String run, Exception reason) {
        file.on("direct:" + run, call -> {
            call.getExchangeExtension().setFailureHandled(true);
            call.getExchangeExtension().setErrorHandlerHandled(false);
            throw reason;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "reception-schedule, receptions, reception-sync",
        "patient-schedule, patients, patient-sync",
        "deep-schedule, everything, full-sync"
    })
    void each_schedule_begins_its_own_run(String schedule, String request, String run) {
        assertThat(file.send(schedule, null).getException()).isNull();
        assertThat(file.calls())
                .startsWith("scheduledRuns." + request, PAUSE, "direct:" + run)
                .doesNotContain("runFailures.log");
        assertThat(file.bodies("direct:" + run)).singleElement().isInstanceOf(RunRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reception-schedule", "patient-schedule", "deep-schedule"})
    void while_an_operator_has_paused_the_schedules_nothing_begins(String schedule) {
        file.on(PAUSE, ask -> false);
        file.send(schedule, null);
        assertThat(file.calls()).noneMatch(call -> call.startsWith("direct:"));
    }

    @ParameterizedTest
    @CsvSource({"reception-schedule, reception-sync", "patient-schedule, patient-sync", "deep-schedule, full-sync"})
    void a_run_that_fails_is_logged_with_its_reason_and_the_next_one_begins(String schedule, String run) {
        IllegalStateException reason = new IllegalStateException("IDENT is away");
        failsAtAmocrm(run, reason);
        file.on("runFailures.log", logged -> {
            assertThat(logged.getProperty(Exchange.EXCEPTION_CAUGHT)).isSameAs(reason);
            return null;
        });
        assertThat(file.send(schedule, null).getException()).isNull();
        assertThat(file.calls()).endsWith("direct:" + run, "runFailures.log").doesNotContain("runFailures.over");
        file.forget();
        file.on("direct:" + run, well -> null);
        file.send(schedule, null);
        assertThat(file.calls()).contains("direct:" + run).doesNotContain("runFailures.log");
    }

    @Test
    void whether_the_schedules_are_paused_cannot_be_asked_is_logged_with_its_reason_too() {
        IllegalStateException reason = new IllegalStateException("Redis is away");
        file.on(PAUSE, ask -> {
            throw reason;
        });
        file.on("runFailures.log", logged -> {
            assertThat(logged.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                    .hasRootCause(reason);
            return null;
        });
        assertThat(file.send("reception-schedule", null).getException()).isNull();
        assertThat(file.calls()).containsExactly("scheduledRuns.receptions", PAUSE, "runFailures.log");
    }

    @Test
    void each_kind_of_run_that_comes_through_says_so() {
        file.send("patient-schedule", null);
        assertThat(file.calls()).endsWith("direct:patient-sync", "runFailures.over");
        file.send("deep-schedule", null);
        assertThat(file.calls()).endsWith("direct:full-sync", "runFailures.over");
        file.send("reception-schedule", null);
        assertThat(file.calls()).endsWith("direct:reception-sync", "runFailures.over");
    }

    @Test
    void a_look_that_nobody_has_to_take_asks_ident_nothing() {
        file.on("changeWatch.begin", look -> null);
        file.send("change-watch", null);
        assertThat(file.calls()).containsExactly("changeWatch.begin");
    }

    @Test
    void a_look_that_finds_nothing_starts_no_run_and_one_that_does_starts_it() {
        Look look = new Look(7, 8, LocalDateTime.of(2026, 1, 1, 12, 0), LocalDateTime.of(2026, 1, 1, 11, 55), 0);
        file.on("changeWatch.begin", asked -> look)
                .on("changeWatch.end", found -> null)
                .on("sql:anything-changed.sql", query -> {
                    assertThat(query.getMessage().getHeaders())
                            .containsEntry("after", look.afterVersion())
                            .containsEntry("next", look.nextVersion())
                            .containsEntry("receptions_since", look.receptionsSince())
                            .containsEntry("patients_since", look.patientsSince());
                    return List.of(Map.of("row_version", look.nextVersion()));
                });
        file.send("change-watch", null);
        assertThat(file.calls()).containsExactly("changeWatch.begin", "sql:anything-changed.sql", "changeWatch.end");
        file.on("changeWatch.end", found -> RunRequest.incremental());
        file.send("change-watch", null);
        assertThat(file.calls()).contains(PAUSE, "direct:reception-sync");
    }

    @Test
    void a_look_that_fails_is_nobodys_business_but_the_watchs() {
        file.on("changeWatch.begin", look -> {
            throw new SQLException("IDENT is away");
        });
        assertThat(file.send("change-watch", null).getException()).isNull();
        assertThat(file.calls()).containsExactly("changeWatch.begin", "changeWatch.failed");
    }

    @Test
    void a_run_that_an_operator_asks_for_begins_although_the_schedules_are_paused() {
        file.on(PAUSE, ask -> false);
        RunRequest request = RunRequest.incremental().of(Scope.PATIENTS);
        assertThat(file.send("run-now", request).getException()).isNull();
        assertThat(file.calls()).containsExactly("direct:patient-sync", "runFailures.over");
        assertThat(file.bodies("direct:patient-sync")).containsExactly(request);
    }

    @Test
    void one_that_an_operator_asked_for_and_that_fails_is_logged_too() {
        failsAtAmocrm("full-sync", new IllegalStateException("blocked"));
        assertThat(file.send("run-now", RunRequest.deep().of(Scope.EVERYTHING)).getException())
                .isNull();
        assertThat(file.calls()).containsExactly("direct:full-sync", "runFailures.log");
    }

    @Test
    void commands_bring_no_schedules() {
        file.with("schedules.enabled", "false").with("watch.enabled", "false");
        assertThat(file.camel().getRoutes()).extracting("id").containsExactlyInAnyOrder("scheduled-run", "start-run");
    }
}
