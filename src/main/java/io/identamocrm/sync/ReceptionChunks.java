package io.identamocrm.sync;

import io.identamocrm.ident.ReceptionRows;
import io.identamocrm.model.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** Joins the rows of a chunk to receptions, oldest visit first. */
public final class ReceptionChunks {

    private final ReceptionRows reader = new ReceptionRows();
    private final ChunkRows rows;

    /** Receptions whose rows are told apart by these fingerprints. */
    public ReceptionChunks(Fingerprint fingerprint) {
        rows = new ChunkRows(fingerprint, "reception_id");
    }

    /** The patients named in rows of {@code receptions.sql}. */
    public List<Object> patientIds(@Header("reception_rows") List<Map<String, Object>> receptions) {
        return receptions.stream().map(row -> row.get("patient_id")).filter(Objects::nonNull).distinct().toList();
    }

    /**
     * The chunk with its receptions; unreadable ones are recorded as failed.
     *
     * @param completed null if no reception names a patient
     */
    public Chunk join(@Body Chunk chunk, @Header("reception_rows") List<Map<String, Object>> receptions,
                      @Header("service_rows") List<Map<String, Object>> services,
                      @Header("completed_rows") List<Map<String, Object>> completed) {
        return rows.take(chunk, List.of(receptions, services),
                reader.read(receptions, services, completed == null ? List.of() : completed));
    }
}
