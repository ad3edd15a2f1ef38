package io.identamocrm.sync;

import io.identamocrm.ident.ReceptionRows;
import io.identamocrm.model.Fingerprint;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Joins the rows of a chunk to receptions, oldest visit first. */
public final class ReceptionChunks {

    private final ReceptionRows reader = new ReceptionRows();
    private final ChunkRows rows;

    /** Receptions whose rows are told apart by these fingerprints. */
    public ReceptionChunks(Fingerprint fingerprint) {
        rows = new ChunkRows(fingerprint, "reception_id");
    }

    /** The chunk with its receptions; unreadable ones are recorded as failed. */
    public Chunk join(
            @Body Chunk chunk,
            @Header("reception_rows") List<Map<String, Object>> receptions,
            @Header("service_rows") List<Map<String, Object>> services,
            @Variable("transfers") TransferWalk transfers) {
        return rows.take(chunk, List.of(receptions, services), reader.read(receptions, services, transfers::visitOf));
    }
}
