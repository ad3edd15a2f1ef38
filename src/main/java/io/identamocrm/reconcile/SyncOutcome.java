package io.identamocrm.reconcile;

import io.identamocrm.sync.RunReport;
import org.jspecify.annotations.Nullable;

/**
 * What a full or deep sync did.
 *
 * @param patients       the run of patients
 * @param receptions     the run of receptions
 * @param reconciliation what was found afterwards; null for a full sync
 */
public record SyncOutcome(
        RunReport patients, RunReport receptions, @Nullable Reconciliation reconciliation) {}
