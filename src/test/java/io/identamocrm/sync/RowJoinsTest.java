package io.identamocrm.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link ReceptionChunks} and {@link PatientChunks}: rows of several statements are joined by their ids. */
class RowJoinsTest {

    private static final LocalDateTime CHANGED = LocalDateTime.of(2026, 3, 1, 9, 0);

    private static Map<String, Object> reception(long id, Long patient) {
        Map<String, Object> row = new HashMap<>();
        row.put("reception_id", id);
        row.put("patient_id", patient);
        row.put("planned_start", Timestamp.valueOf(CHANGED.plusDays(3)));
        row.put("changed_at", Timestamp.valueOf(CHANGED));
        return row;
    }

    @Test
    void a_row_that_keeps_its_contract_badly_fails_alone_whichever_kind_it_is_of() {
        Run run = RunFixtures.incremental();
        Chunk receptions = new ReceptionChunks(text -> text)
                .join(Chunk.of(run, List.of(7L)), List.of(reception(7, 11L)), List.of(), new TransferWalk(List.of()));
        Chunk patients = new PatientChunks(text -> text)
                .join(Chunk.of(run, List.of(11L)), List.of(Map.of("patient_id", 11)), List.of(), List.of(), List.of());
        assertThat(receptions.items()).isEmpty();
        assertThat(patients.items()).isEmpty();
        assertThat(run.tally().failures()).containsOnlyKeys(7L, 11L);
    }
}
