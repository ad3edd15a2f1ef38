package io.identamocrm.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Outcome;
import io.identamocrm.ops.RunProgress.Progress;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.sync.Run.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a run is, for whoever watches it. */
class RunProgressTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
    private static final Decision DECISION = Decision.failed(7, null, Failure.of(FailureCode.ROW_GONE), List.of());

    private final RunProgress progress = new RunProgress(new SandboxClock(NOON));

    @Test
    void a_run_under_way_counts_what_has_its_outcome_and_what_failed() {
        progress.begun(Kind.RECEPTIONS, 3);
        progress.outcome(Kind.RECEPTIONS, DECISION, Outcome.CREATED);
        progress.outcome(Kind.RECEPTIONS, DECISION, Outcome.FAILED);
        assertThat(progress.underWay()).containsExactly(new Progress(Kind.RECEPTIONS, NOON, 3, 2, 1));
    }

    @Test
    void it_is_gone_when_it_ends_however_it_ends_and_another_kind_goes_on() {
        progress.begun(Kind.RECEPTIONS, 3);
        progress.begun(Kind.PATIENTS, 5);
        progress.failed(Kind.RECEPTIONS, "full", Duration.ZERO);
        assertThat(progress.underWay()).extracting(Progress::kind).containsExactly(Kind.PATIENTS);
        progress.skipped(Kind.PATIENTS, "full", Duration.ZERO);
        assertThat(progress.underWay()).isEmpty();
    }

    @Test
    void a_run_that_looks_at_nothing_passes_unseen() {
        progress.begun(Kind.RECEPTIONS, 0);
        progress.outcome(Kind.RECEPTIONS, DECISION, Outcome.UNCHANGED);
        assertThat(progress.underWay()).isEmpty();
    }
}
