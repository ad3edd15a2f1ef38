package io.identamocrm.sync;

import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.state.WriteLock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Runs for the parts that work on a run; they hold no lock but where a test gives them one. */
final class RunFixtures {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final LocalDateTime CLINIC_NOON = LocalDateTime.of(2026, 3, 2, 15, 0);
    static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    private RunFixtures() {}

    static Run receptions(RunRequest request) {
        return receptions(request, RunListener.NONE);
    }

    static Run receptions(RunRequest request, RunListener listener) {
        return new Run(
                Run.Kind.RECEPTIONS, request, NOON, new RunLocks.Held(null, null), PendingWrites.ofRun(), listener);
    }

    /** A run that decides and writes with this lock, in a mirror that follows the account. */
    static Run writing(RunRequest request, WriteLock lock) {
        Run run = new Run(
                Run.Kind.RECEPTIONS,
                request,
                NOON,
                new RunLocks.Held(null, lock),
                PendingWrites.ofRun(),
                RunListener.NONE);
        run.reads(request.isFull() ? full().range() : incremental().range());
        run.mirrorFollowed();
        return run;
    }

    /** As a request has it for a dry run; what it decides stays in memory. */
    static Run dryRun() {
        return receptions(RunRequest.full().asDryRun());
    }

    /** Reads everything. */
    static Run full() {
        Run run = receptions(RunRequest.full());
        run.reads(new ChangeRange(null, null, null, null, CLINIC_NOON));
        return run;
    }

    /** Reads what has changed since an hour before noon. */
    static Run incremental() {
        Run run = receptions(RunRequest.incremental());
        LocalDateTime cursor = CLINIC_NOON.minusHours(1);
        run.reads(new ChangeRange(cursor, cursor, null, null, CLINIC_NOON));
        return run;
    }

    /** Writes down what it hears. */
    static final class Heard implements RunListener {
        final List<String> lines = new ArrayList<>();

        @Override
        public void begun(Run.Kind kind, int found) {
            lines.add("begun " + kind + " " + found);
        }

        @Override
        public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
            lines.add(decision.id() + " " + outcome);
        }

        @Override
        public void completed(RunReport report) {
            lines.add("completed " + report.kind() + " " + report.mode());
        }

        @Override
        public void skipped(Run.Kind kind, String mode, Duration after) {
            lines.add("skipped " + kind + " " + mode + " after " + after.toSeconds() + " s");
        }

        @Override
        public void failed(Run.Kind kind, String mode, Duration after) {
            lines.add("failed " + kind + " " + mode + " after " + after.toSeconds() + " s");
        }
    }
}
