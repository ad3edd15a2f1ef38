package io.identamocrm.sync;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.state.RunLock;
import io.identamocrm.state.WriteLock;
import io.identamocrm.state.WriteLocks;
import io.identamocrm.sync.Run.Kind;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Begins and ends runs: one of a kind at a time, over all processes of the account, and one that decides and writes at a time, over all
 * kinds. Short runs go first.
 */
public final class RunLocks {

    /** Part of a run's name in logs. */
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("HHmmss.SSS");

    private final WriteLocks locks;
    private final Mirror mirror;
    private final Clock clinicClock;
    private final RunListener listener;

    /**
     * What a run holds.
     *
     * @param kind  null for a dry run, which may go on beside others of its kind
     * @param write the right to decide and write, when it has been acquired
     */
    record Held(@Nullable RunLock kind, WriteLock write) {}

    /**
     * The locks of one account.
     *
     * @param locks       that of the account, and the names of those who hold it
     * @param mirror      beside which dry runs keep what they would have written
     * @param clinicClock tells when a run begins; in the clinic's zone, as the run's name in the logs is
     * @param listener    told of what the runs do
     */
    public RunLocks(WriteLocks locks, Mirror mirror, Clock clinicClock, RunListener listener) {
        this.locks = locks;
        this.mirror = mirror;
        this.clinicClock = clinicClock;
        this.listener = listener;
    }

    /**
     * Opens a run of receptions and takes its lock, except for a dry run.
     *
     * @throws RunUnderWayException if another run of this kind holds the lock
     */
    public Run openReceptions(@Body RunRequest request, Exchange exchange) {
        return open(Kind.RECEPTIONS, request, exchange.getFromRouteId());
    }

    /** The same for patients. */
    public Run openPatients(@Body RunRequest request, Exchange exchange) {
        return open(Kind.PATIENTS, request, exchange.getFromRouteId());
    }

    private Run open(Kind kind, RunRequest request, String route) {
        boolean full = request.isFull();
        String owner = locks.owners().begin();
        RunLock lock = request.dryRun()
                ? null
                : new RunLock(locks.scripts(), locks.keys(), kind.key() + (full ? "-full" : ""), owner, locks.lease());
        if (lock != null && !lock.tryTake()) {
            locks.owners().end(owner);
            throw new RunUnderWayException(
                    SyncText.valueOf((full ? "FULL_" : "") + kind.one().toUpperCase(Locale.ROOT)));
        }
        try {
            Run run = new Run(
                    kind,
                    request,
                    clinicClock.instant(),
                    new Held(lock, locks.of(owner, lock)),
                    request.dryRun()
                            ? PendingWrites.ofDryRun(mirror.scratch(request.scratch()))
                            : PendingWrites.ofRun(),
                    listener);
            MDC.put("route", route);
            MDC.put("run", kind.key() + "-" + STARTED.format(run.startedAt().atZone(clinicClock.getZone())));
            return run;
        } catch (RuntimeException e) {
            if (lock != null) {
                lock.release();
            }
            locks.owners().end(owner);
            throw e;
        }
    }

    /** The runs of this process are those of another one from now on, as after a restart. */
    public void startAnew() {
        locks.owners().startAnew();
    }

    /** Waits until the run may decide and write for the account. */
    public void acquireWriteLock(@Body Run run) throws InterruptedException {
        run.locks().write().acquire(run.isFull());
    }

    /** True if the run is a long one and a short one waits for the account. */
    public boolean mustYield(@Body Run run) {
        return run.isFull() && run.locks().write().hasWaiter();
    }

    /** Lets those who wait go first, and waits until they are done; nothing of the run may be on its way. */
    public void yieldWriteLock(@Body Run run) throws InterruptedException {
        run.locks().write().release();
        acquireWriteLock(run);
        run.mirrorIsBehind();
    }

    /** Gives the locks back, however the run ended. */
    public void release(@Variable("run") Run run) {
        MDC.remove("run");
        MDC.remove("route");
        run.locks().write().release();
        if (run.locks().kind() != null) {
            run.locks().kind().release();
        }
        locks.owners().end(run.locks().write().owner());
    }
}
