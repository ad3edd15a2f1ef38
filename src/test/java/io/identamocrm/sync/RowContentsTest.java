package io.identamocrm.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a row read again is the row that failed. */
class RowContentsTest {

    private static final Map<String, Object> VISIT = row("reception_id", 7, "plan_start", "10:00", "read_at", "09:00");
    private static final Map<String, Object> CLEANING = row("reception_id", 7L, "service_name", "cleaning");
    private static final Map<String, Object> FILLING = row("reception_id", 7L, "service_name", null);

    private static Map<String, Object> row(Object... columns) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put((String) columns[i], columns[i + 1]);
        }
        return row;
    }

    private static Map<String, Object> with(Map<String, Object> row, String column, Object value) {
        Map<String, Object> changed = new HashMap<>(row);
        changed.put(column, value);
        return changed;
    }

    private static Map<Long, String> contents(List<Map<String, Object>> visits, List<Map<String, Object>> services) {
        Map<Long, String> fingerprints = new HashMap<>();
        RowContents.of(text -> text, "reception_id", List.of(visits, services))
                .forEach((id, fingerprint) -> fingerprints.put(id, fingerprint.get()));
        return fingerprints;
    }

    @Test
    void the_same_rows_have_the_same_print_whenever_and_in_whatever_order_they_are_read() {
        assertThat(contents(List.of(VISIT), List.of(CLEANING, FILLING)))
                .isEqualTo(contents(List.of(with(VISIT, "read_at", "09:01")), List.of(FILLING, CLEANING)));
    }

    @Test
    void any_other_column_or_row_makes_another_print() {
        Map<Long, String> before = contents(List.of(VISIT), List.of(CLEANING));
        assertThat(contents(List.of(with(VISIT, "plan_start", "11:00")), List.of(CLEANING)))
                .isNotEqualTo(before);
        assertThat(contents(List.of(with(VISIT, "plan_start", null)), List.of(CLEANING)))
                .isNotEqualTo(before);
        assertThat(contents(List.of(VISIT), List.of())).isNotEqualTo(before);
        assertThat(contents(List.of(VISIT), List.of(CLEANING, CLEANING))).isNotEqualTo(before);
    }

    @Test
    void rows_of_others_and_rows_of_nobody_do_not_count() {
        assertThat(contents(
                        List.of(VISIT, with(VISIT, "reception_id", 8)),
                        List.of(with(CLEANING, "reception_id", "seven"))))
                .containsOnlyKeys(7L, 8L)
                .containsEntry(7L, contents(List.of(VISIT), List.of()).get(7L));
    }
}
