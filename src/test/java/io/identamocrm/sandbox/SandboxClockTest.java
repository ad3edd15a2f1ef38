package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.sandbox.Faults.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server's clock is its own: what it stamps follows it, whatever the machine's shows. */
class SandboxClockTest {

    private static final Instant NINE = Instant.parse("2026-03-03T09:00:00Z");

    private static Instant date(HttpResponse<String> answer) {
        return ZonedDateTime.parse(
                        answer.headers().firstValue("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    @Test
    void answers_and_changes_bear_the_time_of_a_clock_that_is_moved_and_set_by_hand() throws Exception {
        SandboxClock clock = new SandboxClock(NINE);
        try (AmoSandbox sandbox =
                AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock))) {
            HttpCaller caller = new HttpCaller(sandbox);
            long id = sandbox.account().addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of());
            assertThat(date(caller.get("/api/v4/account"))).isEqualTo(NINE);
            clock.advance(Duration.ofHours(1));
            caller.patch("/api/v4/leads/" + id, "{'price':1}");
            assertThat(sandbox.account().lead(id).updatedAt())
                    .isEqualTo(NINE.plusSeconds(3600).getEpochSecond());
            clock.set(NINE.minusSeconds(60));
            assertThat(date(caller.get("/api/v4/account"))).isEqualTo(NINE.minusSeconds(60));
            sandbox.account().changeLead(id, change -> change.price(2));
            assertThat(sandbox.account().lead(id).updatedAt())
                    .as("a clock set back stamps earlier times")
                    .isLessThan(NINE.getEpochSecond());
            assertThat(clock.nanos())
                    .as("setting lets no time pass")
                    .isEqualTo(Duration.ofHours(1).toNanos());
            assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_running_clock_keeps_its_distance_from_the_machines() throws Exception {
        SandboxClock clock = SandboxClock.running(Duration.ofDays(-400));
        try (AmoSandbox sandbox =
                AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock))) {
            Instant before = Instant.now().minus(Duration.ofDays(400)).truncatedTo(ChronoUnit.SECONDS);
            Instant shown = date(new HttpCaller(sandbox).get("/api/v4/account"));
            assertThat(shown).isBetween(before, Instant.now().minus(Duration.ofDays(400)));
            clock.set(NINE);
            clock.advance(Duration.ofHours(1));
            assertThat(sandbox.account().addContact("Вера", Map.of())).isPositive();
            assertThat(sandbox.account().contacts().get(0).createdAt())
                    .isGreaterThanOrEqualTo(NINE.plusSeconds(3600).getEpochSecond());
        }
    }

    @Test
    void a_fault_sets_the_clock_and_sets_it_back() throws Exception {
        SandboxClock clock = new SandboxClock(NINE);
        try (AmoSandbox sandbox =
                AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock))) {
            HttpCaller caller = new HttpCaller(sandbox);
            sandbox.faults().always(Fault.CLOCK_APART);
            assertThat(date(caller.get("/api/v4/account"))).isEqualTo(NINE.plus(Duration.ofMinutes(10)));
            sandbox.faults().clockApartBy(Duration.ofDays(-1));
            caller.post("/api/v4/contacts", "[{'name':'Вера'}]");
            assertThat(sandbox.account().contacts().get(0).createdAt())
                    .isEqualTo(NINE.minus(Duration.ofDays(1)).getEpochSecond());
            sandbox.faults().clear();
            assertThat(date(caller.get("/api/v4/account"))).isEqualTo(NINE);
        }
    }
}
