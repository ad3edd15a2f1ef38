package io.identamocrm.sync;

import io.identamocrm.ident.ReadRow;
import io.identamocrm.ident.RowResult;
import io.identamocrm.ident.UnreadableRow;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Reception;
import io.identamocrm.model.SyncItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the rows that IDENT returned for a chunk: what cannot be read fails alone, what is none of the run's business is left alone. */
final class ChunkRows {

    private final Fingerprint fingerprint;
    private final String idColumn;

    /**
     * Rows of one kind.
     *
     * @param fingerprint tells rows apart
     * @param idColumn    alias of their id in all statements
     */
    ChunkRows(Fingerprint fingerprint, String idColumn) {
        this.fingerprint = fingerprint;
        this.idColumn = idColumn;
    }

    /**
     * The chunk with what could be read.
     *
     * @param statements rows of each statement; the first one's say which ids there are
     * @param results    the same, read
     */
    Chunk take(Chunk chunk, List<List<Map<String, Object>>> statements, List<RowResult> results) {
        Run run = chunk.run();
        SelectedRows rows = run.rows();
        Set<Long> returned = statements.get(0).stream()
                .map(row -> row.get(idColumn))
                .filter(Number.class::isInstance)
                .map(id -> ((Number) id).longValue())
                .collect(Collectors.toSet());
        rows.missing(chunk.ids(), returned).forEach(id -> run.tally().failed(id, Failure.of(FailureCode.ROW_GONE)));
        rows.read(RowContents.of(fingerprint, idColumn, statements));
        List<SyncItem> read = new ArrayList<>(results.size());
        for (RowResult result : results) {
            if (result instanceof ReadRow row) {
                if (row.item() instanceof Reception reception) {
                    rows.changed(reception.id(), reception.changedAt());
                }
                if (!rows.leavesAlone(row.item().id())) {
                    read.add(row.item());
                }
            } else if (result instanceof UnreadableRow row && row.id() != null) {
                if (!rows.leavesAlone(row.id())) {
                    run.tally().failed(row.id(), row.failure());
                }
            } else {
                throw new IllegalStateException(
                        idColumn.replace("_id", "s.sql") + " returned a row without a readable " + idColumn);
            }
        }
        return chunk.with(read);
    }
}
