package io.identamocrm.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.endtoend.LoggedLines;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.RunRequest.Scope;
import io.identamocrm.sync.RunUnderWayException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** What an operator reads of runs that do not come to their end. */
class RunFailuresTest {

    private static final RunRequest RECEPTIONS = RunRequest.incremental();
    private static final RunRequest PATIENTS = RunRequest.incremental().of(Scope.PATIENTS);

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final RunFailures failures = new RunFailures(new Blockage(null, clock), clock);

    private List<String> lines(Runnable what) {
        try (LoggedLines log = new LoggedLines(RunFailures.class.getName(), Level.INFO)) {
            what.run();
            return List.copyOf(log.lines());
        }
    }

    @Test
    void why_the_last_run_failed_is_known_until_one_of_its_kind_ends_well() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalStateException("second");
        assertThat(failures.present()).isNull();
        fail(PATIENTS, first);
        fail(RECEPTIONS, second);
        assertThat(failures.present().cause()).as("receptions before others").isSameAs(second);
        failures.over(RECEPTIONS);
        assertThat(failures.present().cause()).isSameAs(first);
        failures.over(PATIENTS);
        assertThat(failures.present()).isNull();
    }

    private void fail(RunRequest request, RuntimeException why) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, why);
        failures.log(request, exchange);
    }

    @Test
    void the_same_reason_is_told_now_and_then_with_how_often_and_since_when() {
        assertThat(lines(() -> fail(RECEPTIONS, new IllegalStateException("broken"))))
                .singleElement()
                .asString()
                .doesNotContain("since", "times");
        assertThat(lines(() -> fail(RECEPTIONS, new IllegalStateException("broken"))))
                .isEmpty();
        clock.advance(Duration.ofMinutes(16));
        assertThat(lines(() -> fail(RECEPTIONS, new IllegalStateException("broken"))))
                .singleElement()
                .asString()
                .contains("the same since 2026-03-03 09:00:00, 1 more times");
    }

    @Test
    void a_kind_of_run_that_ends_well_says_nothing_of_another() {
        fail(PATIENTS, new IllegalStateException("broken"));
        assertThat(lines(() -> failures.over(RECEPTIONS))).isEmpty();
        assertThat(lines(() -> fail(PATIENTS, new IllegalStateException("broken"))))
                .isEmpty();
        assertThat(lines(() -> failures.over(PATIENTS)))
                .singleElement()
                .asString()
                .contains("since 2026-03-03 09:00:00");
    }

    @Test
    void a_process_that_stands_by_says_so_once() {
        assertThat(lines(() -> fail(RECEPTIONS, new RunUnderWayException("reception"))))
                .hasSize(1);
        assertThat(lines(() -> fail(RECEPTIONS, new RunUnderWayException("reception"))))
                .isEmpty();
        failures.over(RECEPTIONS);
        assertThat(lines(() -> fail(RECEPTIONS, new RunUnderWayException("reception"))))
                .hasSize(1);
    }
}
