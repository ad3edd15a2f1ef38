package io.identamocrm.sync;

import io.identamocrm.ident.PatientRows;
import io.identamocrm.ident.ReadRow;
import io.identamocrm.ident.RowResult;
import io.identamocrm.ident.UnreadableRow;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.SyncItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Joins the rows of a chunk to patients; what cannot be read fails alone. */
public final class PatientChunks {

    private final PatientRows rows = new PatientRows();
    private final Fingerprint fingerprint;

    /** Patients whose rows are told apart by these fingerprints. */
    public PatientChunks(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** The chunk's patients; unreadable ones are recorded as failed. */
    public List<SyncItem> join(@Header("patient_rows") List<Map<String, Object>> patients,
                              @Header("visit_rows") List<Map<String, Object>> visits,
                              @Header("branch_rows") List<Map<String, Object>> branches,
                              @Header("balance_rows") List<Map<String, Object>> balances,
                              @Header("patient_ids") List<Long> asked, @ExchangeProperty("run") Run run) {
        run.missing(asked, patients.stream().map(row -> row.get("patient_id")).filter(Number.class::isInstance)
                .map(id -> ((Number) id).longValue()).collect(Collectors.toSet()));
        run.read(RowContents.of(fingerprint, "patient_id", List.of(patients, visits, branches, balances)));
        List<SyncItem> read = new ArrayList<>(patients.size());
        for (RowResult result : rows.read(patients, visits, branches, balances)) {
            if (result instanceof ReadRow row) {
                if (!run.leavesAlone(row.item().id())) {
                    read.add(row.item());
                }
            } else if (result instanceof UnreadableRow row && row.id() != null) {
                if (!run.leavesAlone(row.id())) {
                    run.failed(row.id(), row.failure());
                }
            } else {
                throw new IllegalStateException("patients.sql returned a row without a readable patient_id");
            }
        }
        return read;
    }
}
