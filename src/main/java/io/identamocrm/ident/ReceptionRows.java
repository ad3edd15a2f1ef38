package io.identamocrm.ident;

import io.identamocrm.model.Patient;
import io.identamocrm.model.Reception;
import io.identamocrm.model.VisitRow;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rows of {@code receptions.sql} and {@code reception-services.sql} of one chunk to receptions.
 * One row that breaks the contract never fails the others.
 */
public final class ReceptionRows {

    /**
     * Maps a chunk.
     *
     * @param receptions rows of {@code receptions.sql}
     * @param services   rows of {@code reception-services.sql} for the same receptions
     * @param visits     rows of the visit that a reception belongs to
     * @return one result per reception, in the order of {@code receptions}; a reception that comes twice counts once
     */
    public List<RowResult> read(
            List<Map<String, Object>> receptions,
            List<Map<String, Object>> services,
            LongFunction<List<VisitRow>> visits) {
        ServiceLines lines = ServiceLines.of(services);
        Set<Long> seen = new HashSet<>();
        List<RowResult> results = new ArrayList<>(receptions.size());
        for (Map<String, Object> columns : receptions) {
            Row row = new Row(columns);
            Long id = null;
            try {
                id = row.requiredNumber("reception_id");
                if (seen.add(id)) {
                    results.add(new ReadRow(reception(id, row, lines.of(id), visits.apply(id))));
                }
            } catch (UnreadableColumnException e) {
                results.add(new UnreadableRow(id, e.column(), e.expected()));
            }
        }
        return List.copyOf(results);
    }

    private static Reception reception(long id, Row row, ServiceLines.Bill bill, List<VisitRow> visit) {
        LocalDateTime appearedAt = row.time("appeared_at");
        LocalDateTime startedAt = row.time("started_at");
        LocalDateTime endedAt = row.time("ended_at");
        LocalDateTime canceledAt = row.time("canceled_at");
        Patient patient = patient(row);
        return new Reception(
                id,
                patient,
                row.time("plan_start"),
                row.time("plan_end"),
                appearedAt,
                startedAt,
                endedAt,
                row.isSet("check_issued_at"),
                canceledAt != null || row.isSet("cancel_reason_id"),
                row.number("transferred_from_id"),
                joined(row.text("doctor_surname"), row.text("doctor_name"), row.text("doctor_patronymic")),
                row.number("branch_id"),
                row.text("branch_name"),
                bill.services(),
                bill.cost(),
                patient == null ? null : row.flag("completed_before"),
                visit,
                latest(
                        row.time("added_at"),
                        row.time("changed_at"),
                        appearedAt,
                        startedAt,
                        endedAt,
                        canceledAt,
                        row.timeIfAny("check_issued_at")));
    }

    private static @Nullable Patient patient(Row row) {
        Long id = row.number("patient_id");
        if (id == null) {
            return null;
        }
        LocalDate today =
                required(row.time("read_at"), "read_at", "date and time").toLocalDate();
        return new Patient(
                id,
                row.text("patient_number"),
                row.text("surname"),
                row.text("name"),
                row.text("patronymic"),
                row.text("mobile_phone"),
                Birthday.parse(row.text("birthday"), today),
                row.text("card_number"),
                row.text("comment"),
                row.date("first_visit"),
                row.flag("sms_rejection"),
                Map.of());
    }

    private static <T> T required(@Nullable T value, String column, String expected) {
        if (value == null) {
            throw new UnreadableColumnException(column, expected);
        }
        return value;
    }

    private static @Nullable String joined(@Nullable String... names) {
        String all = Stream.of(names).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return all.isEmpty() ? null : all;
    }

    private static @Nullable LocalDateTime latest(@Nullable LocalDateTime... times) {
        return Stream.of(times)
                .filter(Objects::nonNull)
                .max(LocalDateTime::compareTo)
                .orElse(null);
    }
}
