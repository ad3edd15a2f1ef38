package io.identamocrm.ident;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reception or patient to look at, as the files find it that select them.
 *
 * @param id        never null in IDENT
 * @param planStart clinic wall clock; null if the file does not tell, or IDENT holds none
 * @param patient   whose it is; null if the file does not tell, or IDENT holds none
 * @param changedAt clinic wall clock; when it was changed last; null if the file does not tell, or IDENT does not know
 */
public record FoundRow(
        long id,
        @Nullable LocalDateTime planStart,
        @Nullable Long patient,
        @Nullable LocalDateTime changedAt) {

    private static final List<String> CHANGES = List.of("added_at", "changed_at", "progressed_at");

    /**
     * Reads one row.
     *
     * @param idAlias {@code reception_id} or {@code patient_id}
     * @throws UnreadableColumnException if it holds no id, or something else than a time in {@code plan_start}
     */
    public static FoundRow of(Map<String, Object> columns, String idAlias) {
        Row row = new Row(columns);
        Long id = row.number(idAlias);
        if (id == null) {
            throw new UnreadableColumnException(idAlias, "whole number");
        }
        return new FoundRow(
                id,
                row.has("plan_start") ? row.storedTime("plan_start") : null,
                row.has("patient_id") ? row.number("patient_id") : null,
                CHANGES.stream()
                        .filter(row::has)
                        .map(row::time)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }
}
