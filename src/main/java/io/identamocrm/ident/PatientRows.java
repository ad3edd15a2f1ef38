package io.identamocrm.ident;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.Patient;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rows of {@code patients.sql} and its companions of one chunk to patients. One row that breaks the contract never fails the
 * others; what a build does not know is left out.
 */
public final class PatientRows {

    private static final Map<String, ContactField> TEXTS = Map.of(
            "status",
            ContactField.STATUS,
            "gender",
            ContactField.GENDER,
            "email",
            ContactField.EMAIL,
            "city",
            ContactField.CITY,
            "inn",
            ContactField.INN,
            "snils",
            ContactField.SNILS,
            "archive_reason",
            ContactField.ARCHIVE_REASON,
            "discount",
            ContactField.DISCOUNT);
    private static final Map<String, ContactField> COUNTS = Map.of(
            "total_visits",
            ContactField.TOTAL_VISITS,
            "completed",
            ContactField.COMPLETED_RECEPTIONS_COUNT,
            "appointments",
            ContactField.APPOINTMENTS);

    /**
     * Maps a chunk.
     *
     * @param patients rows of {@code patients.sql}
     * @param visits   rows of {@code patient-visits.sql} for the same patients
     * @param branches rows of {@code patient-branches.sql}
     * @param balances rows of {@code patient-balances.sql}
     * @return one result per patient, in the order of {@code patients}
     */
    public List<RowResult> read(
            List<Map<String, Object>> patients,
            List<Map<String, Object>> visits,
            List<Map<String, Object>> branches,
            List<Map<String, Object>> balances) {
        Map<Long, Row> visitsOf = byPatient(visits);
        Map<Long, Row> branchOf = byPatient(branches);
        Map<Long, Row> balanceOf = byPatient(balances);
        Set<Long> seen = new HashSet<>();
        List<RowResult> results = new ArrayList<>(patients.size());
        for (Map<String, Object> columns : patients) {
            Row row = new Row(columns);
            Long id = null;
            try {
                id = required(row.number("patient_id"), "patient_id", "whole number");
                if (seen.add(id)) {
                    results.add(new ReadRow(patient(id, row, visitsOf.get(id), branchOf.get(id), balanceOf.get(id))));
                }
            } catch (UnreadableColumnException e) {
                results.add(new UnreadableRow(id, e.column(), e.expected()));
            }
        }
        return List.copyOf(results);
    }

    private static Map<Long, Row> byPatient(List<Map<String, Object>> rows) {
        Map<Long, Row> byPatient = new HashMap<>();
        for (Map<String, Object> columns : rows) {
            Row row = new Row(columns);
            byPatient.put(row.number("patient_id"), row);
        }
        return byPatient;
    }

    private static Patient patient(
            long id, Row row, @Nullable Row visits, @Nullable Row branch, @Nullable Row balance) {
        LocalDate today =
                required(row.time("read_at"), "read_at", "date and time").toLocalDate();
        LocalDate birthday = Birthday.parse(row.text("birthday"), today);
        Map<ContactField, Object> further = new EnumMap<>(ContactField.class);
        if (birthday != null) {
            further.put(ContactField.AGE, Period.between(birthday, today).getYears());
        }
        TEXTS.forEach((alias, field) -> put(further, field, row.has(alias) ? row.text(alias) : null));
        if (visits != null) {
            COUNTS.forEach((alias, field) -> put(further, field, visits.number(alias)));
            LocalDateTime last = visits.time("last_visit");
            put(further, ContactField.LAST_VISIT, last == null ? null : last.toLocalDate());
        }
        put(further, ContactField.BRANCH, branch == null ? null : branch.text("branch_name"));
        if (balance != null && balance.has("balance")) {
            BigDecimal roubles = balance.decimal("balance");
            put(further, ContactField.ADVANCE, roubles == null ? null : roubles.max(BigDecimal.ZERO));
            put(
                    further,
                    ContactField.DEBT,
                    roubles == null ? null : roubles.negate().max(BigDecimal.ZERO));
        }
        return new Patient(
                id,
                row.text("patient_number"),
                row.text("surname"),
                row.text("name"),
                row.text("patronymic"),
                row.text("mobile_phone"),
                birthday,
                row.text("card_number"),
                row.text("comment"),
                row.date("first_visit"),
                row.flag("sms_rejection"),
                further);
    }

    private static void put(Map<ContactField, Object> values, ContactField field, @Nullable Object value) {
        if (value != null) {
            values.put(field, value);
        }
    }

    private static <T> T required(@Nullable T value, String column, String expected) {
        if (value == null) {
            throw new UnreadableColumnException(column, expected);
        }
        return value;
    }
}
