package io.identamocrm.sync;

import io.identamocrm.ident.ReadRow;
import io.identamocrm.ident.ReceptionRows;
import io.identamocrm.ident.RowResult;
import io.identamocrm.ident.UnreadableRow;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Reception;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Joins the rows of a chunk to receptions; what cannot be read fails alone. */
public final class ReceptionChunks {

    private final ReceptionRows rows = new ReceptionRows();
    private final Fingerprint fingerprint;

    /** Receptions whose rows are told apart by these fingerprints. */
    public ReceptionChunks(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** The patients named in rows of {@code receptions.sql}. */
    public List<Object> patientIds(@Header("reception_rows") List<Map<String, Object>> receptions) {
        return receptions.stream().map(row -> row.get("patient_id")).filter(Objects::nonNull).distinct().toList();
    }

    /**
     * The chunk's receptions, oldest visit first; unreadable ones are recorded as failed.
     *
     * @param completed null if no reception names a patient
     */
    public List<Reception> join(@Header("reception_rows") List<Map<String, Object>> receptions,
                                @Header("service_rows") List<Map<String, Object>> services,
                                @Header("completed_rows") List<Map<String, Object>> completed,
                                @Header("reception_ids") List<Long> asked, @ExchangeProperty("run") Run run) {
        run.missing(asked, receptions.stream().map(row -> row.get("reception_id")).filter(Number.class::isInstance)
                .map(id -> ((Number) id).longValue()).collect(Collectors.toSet()));
        run.read(RowContents.of(fingerprint, "reception_id", List.of(receptions, services)));
        List<Reception> read = new ArrayList<>(receptions.size());
        for (RowResult result : rows.read(receptions, services, completed == null ? List.of() : completed)) {
            if (result instanceof ReadRow row && row.item() instanceof Reception reception) {
                noteChange(run, reception.changedAt());
                if (!run.leavesAlone(reception.id())) {
                    read.add(reception);
                }
            } else if (result instanceof UnreadableRow row && row.id() != null) {
                if (!run.leavesAlone(row.id())) {
                    run.failed(row.id(), row.failure());
                }
            } else {
                throw new IllegalStateException("receptions.sql returned a row without a readable reception_id");
            }
        }
        return read;
    }

    private static void noteChange(Run run, LocalDateTime changedAt) {
        if (changedAt != null && (run.latestChange == null || changedAt.isAfter(run.latestChange))) {
            run.latestChange = changedAt;
        }
    }
}
