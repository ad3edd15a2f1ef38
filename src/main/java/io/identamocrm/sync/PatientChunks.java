package io.identamocrm.sync;

import io.identamocrm.ident.PatientRows;
import io.identamocrm.model.Fingerprint;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** Joins the rows of a chunk to patients. */
public final class PatientChunks {

    private final PatientRows reader = new PatientRows();
    private final ChunkRows rows;

    /** Patients whose rows are told apart by these fingerprints. */
    public PatientChunks(Fingerprint fingerprint) {
        rows = new ChunkRows(fingerprint, "patient_id");
    }

    /** The chunk with its patients; unreadable ones are recorded as failed. */
    public Chunk join(
            @Body Chunk chunk,
            @Header("patient_rows") List<Map<String, Object>> patients,
            @Header("visit_rows") List<Map<String, Object>> visits,
            @Header("branch_rows") List<Map<String, Object>> branches,
            @Header("balance_rows") List<Map<String, Object>> balances) {
        return rows.take(
                chunk,
                List.of(patients, visits, branches, balances),
                reader.read(patients, visits, branches, balances));
    }
}
