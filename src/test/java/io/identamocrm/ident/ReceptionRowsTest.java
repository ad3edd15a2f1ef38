package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Reception;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionRowsTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 16, 12, 0);
    private static final String SECRET = "Зарницын +79120000007";

    @Test
    void a_full_row_becomes_a_reception_with_its_patient() {
        Reception reception = read(row());
        assertThat(reception.id()).isEqualTo(100_001);
        assertThat(reception.planStart()).isEqualTo(NOON);
        assertThat(reception.doctor()).isEqualTo("Бормашинский Аристарх Пломбирович");
        assertThat(reception.branchId()).isEqualTo(2);
        assertThat(reception.branch()).isEqualTo("Филиал у пруда");
        assertThat(reception.cancelled()).isFalse();
        assertThat(reception.checkIssued()).isFalse();
        assertThat(reception.patient().id()).isEqualTo(5001);
        assertThat(reception.patient().number()).isEqualTo("17");
        assertThat(reception.patient().surname()).isEqualTo("Зарницын");
        assertThat(reception.patient().birthday()).isEqualTo(LocalDate.of(1980, 11, 5));
        assertThat(reception.patient().firstVisit()).isEqualTo(LocalDate.of(2024, 1, 2));
        assertThat(reception.patient().smsOptOut()).isTrue();
    }

    @Test
    void a_reception_cancelled_by_reason_only_is_cancelled() {
        assertThat(read(row("cancel_reason_id", (short) 3)).cancelled()).isTrue();
    }

    @Test
    void a_reception_cancelled_by_time_only_is_cancelled() {
        assertThat(read(row("canceled_at", Timestamp.valueOf(NOON))).cancelled())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("anything")
    void a_check_of_any_type_counts_as_issued(Object mark) {
        assertThat(read(row("check_issued_at", mark)).checkIssued()).isTrue();
    }

    static Stream<Object> anything() {
        return Stream.of(Timestamp.valueOf(NOON), true, 1, "yes", new byte[] {1});
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void ids_come_in_any_width(Number id) {
        assertThat(read(row("reception_id", id)).id()).isEqualTo(7);
    }

    static Stream<Number> numbers() {
        return Stream.of((byte) 7, (short) 7, 7, 7L, new BigDecimal("7.00"), 7.0);
    }

    @ParameterizedTest
    @MethodSource("times")
    void times_come_in_any_class_and_keep_the_wall_clock(Object time) {
        assertThat(read(row("ended_at", time)).endedAt()).isEqualTo(NOON);
    }

    static Stream<Object> times() {
        return Stream.of(Timestamp.valueOf(NOON), NOON, OffsetDateTime.of(NOON, ZoneOffset.ofHours(7)));
    }

    @ParameterizedTest
    @MethodSource("numbersOfPatients")
    void a_patient_number_is_plain_text_whatever_its_type(Object number, String expected) {
        assertThat(read(row("patient_number", number)).patient().number()).isEqualTo(expected);
    }

    static Stream<Arguments> numbersOfPatients() {
        return Stream.of(
                arguments(1200, "1200"),
                arguments(new BigDecimal("1200.00"), "1200"),
                arguments(0, "0"),
                arguments(" A-17 ", "A-17"),
                arguments("  ", null));
    }

    @Test
    void padded_names_are_trimmed_and_empty_ones_are_null() {
        Reception reception = read(row(
                "surname",
                "  Зарницын ",
                "name",
                " ",
                "patronymic",
                "",
                "doctor_name",
                "  ",
                "doctor_patronymic",
                null));
        assertThat(reception.patient().surname()).isEqualTo("Зарницын");
        assertThat(reception.patient().name()).isNull();
        assertThat(reception.patient().patronymic()).isNull();
        assertThat(reception.doctor()).isEqualTo("Бормашинский");
    }

    @Test
    void a_reception_without_a_doctor_has_none() {
        assertThat(read(row("doctor_surname", null, "doctor_name", null, "doctor_patronymic", null))
                        .doctor())
                .isNull();
    }

    @Test
    void a_reception_without_a_patient_is_read_and_has_none() {
        Reception reception = read(row("patient_id", null));
        assertThat(reception.patient()).isNull();
        assertThat(reception.completedBefore()).isNull();
    }

    @Test
    void a_reception_without_a_planned_start_is_read() {
        assertThat(read(row("plan_start", null)).planStart()).isNull();
    }

    @Test
    void changed_is_the_latest_of_all_change_times() {
        for (String column : List.of(
                "added_at", "changed_at", "appeared_at", "started_at", "ended_at", "canceled_at", "check_issued_at")) {
            assertThat(read(row(column, NOON.plusHours(9))).changedAt())
                    .as(column)
                    .isEqualTo(NOON.plusHours(9));
        }
        assertThat(read(row("added_at", null)).changedAt()).isNull();
    }

    @Test
    void nonsense_in_a_birthday_is_no_birthday_and_no_failure() {
        assertThat(read(row("birthday", "не помнит")).patient().birthday()).isNull();
    }

    @Test
    void a_birthday_after_the_servers_clock_is_none() {
        assertThat(read(row("birthday", "17.03.2026")).patient().birthday()).isNull();
        assertThat(read(row("birthday", "16.03.2026")).patient().birthday()).isEqualTo(NOON.toLocalDate());
    }

    @Test
    void a_birthday_that_is_a_date_column_is_read_too() {
        assertThat(read(row("birthday", java.sql.Date.valueOf("1980-11-05")))
                        .patient()
                        .birthday())
                .isEqualTo(LocalDate.of(1980, 11, 5));
        assertThat(read(row("birthday", Timestamp.valueOf("1980-11-05 00:00:00")))
                        .patient()
                        .birthday())
                .isEqualTo(LocalDate.of(1980, 11, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1900-01-01 00:00:00", "1900-01-01 09:30:00"})
    void sql_servers_empty_date_is_no_date_in_any_column(String empty) {
        Timestamp none = Timestamp.valueOf(empty);
        Reception reception = read(row(
                "plan_start",
                none,
                "plan_end",
                none,
                "appeared_at",
                none,
                "started_at",
                none,
                "ended_at",
                none,
                "check_issued_at",
                none,
                "canceled_at",
                none,
                "added_at",
                none,
                "birthday",
                none,
                "first_visit",
                none));
        assertThat(reception)
                .extracting(
                        Reception::planStart,
                        Reception::planEnd,
                        Reception::appearedAt,
                        Reception::startedAt,
                        Reception::endedAt,
                        Reception::changedAt)
                .containsOnlyNulls();
        assertThat(reception.checkIssued()).isFalse();
        assertThat(reception.cancelled()).isFalse();
        assertThat(reception.patient().birthday()).isNull();
        assertThat(reception.patient().firstVisit()).isNull();
        assertThat(read(row("first_visit", "01.01.1900")).patient().firstVisit())
                .isNull();
        assertThat(FoundRow.of(row("plan_start", none), "reception_id").planStart())
                .as("a run goes on by the order in IDENT")
                .isEqualTo(none.toLocalDateTime());
    }

    @Test
    void bits_come_as_booleans_or_numbers() {
        assertThat(read(row("sms_rejection", (short) 0)).patient().smsOptOut()).isFalse();
        assertThat(read(row("sms_rejection", 1)).patient().smsOptOut()).isTrue();
        assertThat(read(row("sms_rejection", null)).patient().smsOptOut()).isNull();
    }

    @Test
    void services_are_distinct_trimmed_and_in_order_and_their_sum_is_the_cost() {
        Reception reception = read(
                row(),
                List.of(
                        service("Снимок ", "600"),
                        service("Анестезия", "750.005"),
                        service("Снимок", "600"),
                        service(null, "390"),
                        service(" ", null)));
        assertThat(reception.services()).containsExactly("Снимок", "Анестезия");
        assertThat(reception.cost()).isEqualTo(new BigDecimal("2340.01"));
    }

    @Test
    void no_services_mean_no_cost_and_free_services_cost_nothing() {
        assertThat(read(row()).cost()).isNull();
        assertThat(read(row()).services()).isEmpty();
        assertThat(read(row(), List.of(service("Консультация", "0"))).cost()).isEqualTo(new BigDecimal("0.00"));
    }

    @Test
    void a_build_that_does_not_tell_returned_lines_has_none() {
        Map<String, Object> returned = new HashMap<>(service("Снимок", "600"));
        returned.put("returned", 1);
        assertThat(read(row(), List.of(returned, service("Осмотр", "500"))))
                .extracting(Reception::services, Reception::cost)
                .containsExactly(List.of("Осмотр"), new BigDecimal("500.00"));
        returned.put("amount", null);
        assertThat(read(row(), List.of(returned)))
                .extracting(Reception::services, Reception::cost)
                .containsExactly(List.of(), new BigDecimal("0.00"));
    }

    @Test
    void services_of_other_receptions_are_theirs() {
        Map<String, Object> other = new HashMap<>(service("Снимок", "600"));
        other.put("reception_id", 1);
        assertThat(read(row(), List.of(other)).cost()).isNull();
    }

    @Test
    void whether_the_patient_completed_a_visit_before_is_unknown_without_a_word_and_never_no() {
        assertThat(read(row("completed_before", 1)).completedBefore()).isTrue();
        assertThat(read(row("completed_before", 0)).completedBefore()).isFalse();
        assertThat(read(row("completed_before", null)).completedBefore()).isNull();
    }

    @ParameterizedTest
    @MethodSource("brokenColumns")
    void one_unreadable_row_names_its_column_not_its_value_and_fails_alone(
            String column, Object value, String expected) {
        List<RowResult> results = new ReceptionRows()
                .read(
                        List.of(row("reception_id", 1), row("reception_id", 2, column, value), row("reception_id", 3)),
                        List.of(),
                        any -> List.of());
        assertThat(results).hasSize(3);
        assertThat(results.get(0)).isInstanceOf(ReadRow.class);
        assertThat(results.get(1)).isEqualTo(new UnreadableRow(2L, column, expected));
        assertThat(results.get(2)).isInstanceOf(ReadRow.class);
        assertThat(((UnreadableRow) results.get(1)).failure().code()).isEqualTo(FailureCode.ROW_UNREADABLE);
        assertThat(((UnreadableRow) results.get(1)).failure().sentence())
                .contains(column)
                .doesNotContain(SECRET);
    }

    static Stream<Arguments> brokenColumns() {
        return Stream.of(
                arguments("plan_start", SECRET, "date and time"),
                arguments("canceled_at", 1, "date and time"),
                arguments("read_at", null, "date and time"),
                arguments("patient_id", SECRET, "whole number"),
                arguments("transferred_from_id", 1.5, "whole number"),
                arguments("patient_number", Double.NaN, "text"),
                arguments("first_visit", true, "date"),
                arguments("sms_rejection", SECRET.getBytes(), "bit"));
    }

    @Test
    void an_alias_that_is_missing_is_refused_and_not_taken_as_null() {
        for (String column : row().keySet()) {
            Map<String, Object> row = row();
            row.remove(column);
            Long id = column.equals("reception_id") ? null : 100_001L;
            assertThat(new ReceptionRows().read(List.of(row), List.of(), any -> List.of()))
                    .as(column)
                    .containsExactly(new UnreadableRow(id, column, "a column of this name"));
        }
    }

    @Test
    void an_amount_that_is_no_number_fails_its_reception_only() {
        Map<String, Object> service = new HashMap<>(service("Снимок", null));
        service.put("amount", SECRET);
        List<RowResult> results =
                new ReceptionRows().read(List.of(row(), row("reception_id", 2)), List.of(service), any -> List.of());
        assertThat(results.get(0)).isEqualTo(new UnreadableRow(100_001L, "amount", "number"));
        assertThat(results.get(1)).isInstanceOf(ReadRow.class);
    }

    @Test
    void a_service_line_of_no_reception_fails_all_because_any_could_lack_it() {
        List<RowResult> results = new ReceptionRows()
                .read(List.of(row()), List.of(Map.of("reception", 1, "amount", 1)), any -> List.of());
        assertThat(results)
                .containsExactly(
                        new UnreadableRow(100_001L, "reception_id", "a column of this name in reception-services.sql"));
    }

    @Test
    void a_service_line_whose_reception_is_null_fails_all_too() {
        Map<String, Object> service = new HashMap<>(service("Снимок", null));
        service.put("reception_id", null);
        assertThat(new ReceptionRows().read(List.of(row()), List.of(service), any -> List.of()))
                .containsExactly(new UnreadableRow(100_001L, "reception_id", "whole number in reception-services.sql"));
    }

    @Test
    void a_reception_that_comes_twice_counts_once() {
        assertThat(new ReceptionRows().read(List.of(row(), row()), List.of(), any -> List.of()))
                .hasSize(1);
    }

    @Test
    void the_servers_clock_is_read_or_refused() {
        assertThat(new ServerClock().read(List.of(Map.of("read_at", OffsetDateTime.of(NOON, ZoneOffset.UTC)))))
                .isEqualTo(NOON);
        List<Map<String, Object>> none = List.of();
        List<Map<String, Object>> nonsense = List.of(Map.of("read_at", SECRET));
        for (List<Map<String, Object>> rows : List.of(none, nonsense)) {
            assertThat(catchThrowable(() -> new ServerClock().read(rows)))
                    .isInstanceOf(UnreadableColumnException.class)
                    .hasMessage("read_at: date and time expected");
        }
    }

    private static Reception read(Map<String, Object> row) {
        return read(row, List.of());
    }

    private static Reception read(Map<String, Object> row, List<Map<String, Object>> services) {
        RowResult result = new ReceptionRows()
                .read(List.of(row), services, any -> List.of())
                .get(0);
        assertThat(result).isInstanceOf(ReadRow.class);
        return (Reception) ((ReadRow) result).item();
    }

    private static Map<String, Object> service(String name, String amount) {
        Map<String, Object> row = new HashMap<>();
        row.put("reception_id", 100_001);
        row.put("service_name", name);
        row.put("amount", amount == null ? null : new BigDecimal(amount));
        return row;
    }

    /** A sound row with some columns changed: name, value, name, value … */
    private static Map<String, Object> row(Object... changes) {
        Map<String, Object> row = new HashMap<>();
        for (String column : List.of(
                "plan_end",
                "appeared_at",
                "started_at",
                "ended_at",
                "check_issued_at",
                "canceled_at",
                "cancel_reason_id",
                "transferred_from_id",
                "changed_at",
                "card_number",
                "comment",
                "completed_before")) {
            row.put(column, null);
        }
        row.put("reception_id", 100_001);
        row.put("patient_id", 5001);
        row.put("plan_start", Timestamp.valueOf(NOON));
        row.put("added_at", Timestamp.valueOf(NOON.minusDays(3)));
        row.put("read_at", Timestamp.valueOf(NOON));
        row.put("doctor_surname", "Бормашинский");
        row.put("doctor_name", "Аристарх");
        row.put("doctor_patronymic", "Пломбирович");
        row.put("branch_id", (short) 2);
        row.put("branch_name", " Филиал у пруда ");
        row.put("patient_number", 17);
        row.put("surname", "Зарницын");
        row.put("name", "Велимир");
        row.put("patronymic", "Ратиборович");
        row.put("birthday", "05.11.1980");
        row.put("mobile_phone", "8 (912) 000-00-07");
        row.put("first_visit", Timestamp.valueOf("2024-01-02 00:00:00"));
        row.put("sms_rejection", true);
        for (int i = 0; i < changes.length; i += 2) {
            row.put((String) changes[i], changes[i + 1]);
        }
        return row;
    }
}
