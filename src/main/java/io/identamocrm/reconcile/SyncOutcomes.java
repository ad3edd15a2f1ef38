package io.identamocrm.reconcile;

import io.identamocrm.state.RunHistory;
import io.identamocrm.sync.RunReport;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Variable;

/** The end of a full or deep sync: the last step of route {@code full-sync}. */
public final class SyncOutcomes {

    private final RunHistory history;
    private final Clock clock;

    /** Outcomes of one account. */
    public SyncOutcomes(RunHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /** Puts the reports together; there is no reconciliation after a full sync. */
    public SyncOutcome join(
            @Variable("patientReport") RunReport patients,
            @Variable("receptionReport") RunReport receptions,
            @Variable("reconciliation") Reconciliation found) {
        if (found == null || receptions.dryRun()) {
            return new SyncOutcome(patients, receptions, found);
        }
        history.add(new RunHistory.Entry(
                "deep",
                "deep",
                clock.instant(),
                patients.seconds() + receptions.seconds(),
                Map.of(
                        "active_deals",
                        (long) found.deals(),
                        "free_deals",
                        (long) found.freeDeals(),
                        "duplicate_deals",
                        (long) found.duplicateDeals().size(),
                        "vanished",
                        (long) found.orphaned().size(),
                        "shared_patient_ids",
                        (long) found.sharedPatientIds().size())));
        return new SyncOutcome(patients, receptions, found);
    }
}
