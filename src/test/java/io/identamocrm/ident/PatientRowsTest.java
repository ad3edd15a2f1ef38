package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.ClinicStaff;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Patient;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The 25 contact fields from IDENT's tables, by the SQL files as they are. */
class PatientRowsTest {

    private static final LocalDateTime NOW = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS);

    /** Fields whose values are parts of every patient, also of one that comes with a reception. */
    private static final Set<ContactField> OF_EVERY_PATIENT = EnumSet.of(
            ContactField.NAME,
            ContactField.PHONE,
            ContactField.CARD_NUMBER,
            ContactField.BIRTHDATE,
            ContactField.COMMENT,
            ContactField.SMS_OPT_OUT,
            ContactField.PATIENT_NUMBER,
            ContactField.FIRST_VISIT,
            ContactField.PATIENT_ID);

    /** No IDENT build with a known source was seen: a clinic selects its own column. */
    private static final Set<ContactField> WITHOUT_COLUMN = EnumSet.of(ContactField.DISCOUNT);

    private final SampleClinic clinic = SampleClinic.inMemory();
    private final ClinicStaff staff = clinic.staff();
    private long patient;

    @BeforeEach
    void register() {
        patient = staff.newPatient("Образцова", "Анна", "Ивановна", "8 900 111-22-33", NOW.minusDays(2));
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    private List<Map<String, Object>> query(IdentSql sql, String file, Object... parameters) throws SQLException {
        String statement = sql.statement(file).replaceAll(":#(in:)?\\w+", "?");
        List<Map<String, Object>> rows = new ArrayList<>();
        try (var connection = clinic.dataSource().getConnection();
                var prepared = connection.prepareStatement(statement)) {
            for (int i = 1; i <= prepared.getParameterMetaData().getParameterCount(); i++) {
                prepared.setObject(i, parameters[0]);
            }
            try (var result = prepared.executeQuery()) {
                while (result.next()) {
                    Map<String, Object> row = new HashMap<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.put(
                                result.getMetaData().getColumnLabel(i).toLowerCase(java.util.Locale.ROOT),
                                result.getObject(i));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private Patient read() throws SQLException {
        IdentSql sql = new IdentSql(Path.of("config/sql"), clinic.dataSource());
        List<RowResult> results = new PatientRows()
                .read(
                        query(sql, "patients.sql", patient),
                        query(sql, "patient-visits.sql", patient),
                        query(sql, "patient-branches.sql", patient),
                        query(sql, "patient-balances.sql", patient));
        assertThat(results).hasSize(1);
        return (Patient) ((ReadRow) results.get(0)).item();
    }

    private List<Long> changedSince(LocalDateTime since) throws SQLException {
        IdentSql sql = new IdentSql(Path.of("config/sql"), clinic.dataSource());
        return query(sql, "changed-patients.sql", java.sql.Timestamp.valueOf(since)).stream()
                .map(row -> ((Number) row.get("patient_id")).longValue())
                .toList();
    }

    @Test
    void a_patient_without_visits_has_none_and_owes_nothing() throws SQLException {
        assertThat(read().further())
                .containsEntry(ContactField.TOTAL_VISITS, 0L)
                .containsEntry(ContactField.APPOINTMENTS, 0L)
                .containsEntry(ContactField.COMPLETED_RECEPTIONS_COUNT, 0L)
                .doesNotContainKeys(ContactField.LAST_VISIT, ContactField.BRANCH, ContactField.EMAIL, ContactField.AGE);
        assertThat((BigDecimal) read().further().get(ContactField.DEBT)).isZero();
        assertThat((BigDecimal) read().further().get(ContactField.ADVANCE)).isZero();
    }

    @Test
    void visits_are_counted_by_what_became_of_them() throws SQLException {
        long completed = staff.book(patient, NOW.minusDays(9), NOW.minusDays(12));
        staff.arrive(completed, NOW.minusDays(9));
        staff.complete(completed, NOW.minusDays(9));
        long present = staff.book(patient, NOW.minusHours(1), NOW.minusDays(12));
        staff.arrive(present, NOW);
        staff.cancel(staff.book(patient, NOW.plusDays(2), NOW), NOW);
        staff.book(patient, NOW.minusDays(30), NOW.minusDays(40));
        staff.book(patient, NOW.plusDays(3), NOW);
        assertThat(read().further())
                .containsEntry(ContactField.TOTAL_VISITS, 2L)
                .containsEntry(ContactField.COMPLETED_RECEPTIONS_COUNT, 1L)
                .containsEntry(ContactField.APPOINTMENTS, 1L)
                .containsEntry(ContactField.LAST_VISIT, NOW.minusHours(1).toLocalDate())
                .containsKey(ContactField.BRANCH);
    }

    @Test
    void the_balance_is_what_was_paid_less_what_was_billed() throws SQLException {
        long visit = staff.book(patient, NOW.minusDays(1), NOW.minusDays(3));
        staff.addService(visit, "Пломба", new BigDecimal("3000.50"), NOW.minusDays(1));
        staff.pay(patient, new BigDecimal("1000"), NOW);
        assertThat((BigDecimal) read().further().get(ContactField.DEBT)).isEqualByComparingTo("2000.50");
        assertThat((BigDecimal) read().further().get(ContactField.ADVANCE)).isZero();
        staff.pay(patient, new BigDecimal("5000"), NOW);
        staff.payBack(patient, new BigDecimal("500"), NOW);
        assertThat((BigDecimal) read().further().get(ContactField.ADVANCE)).isEqualByComparingTo("2499.50");
        assertThat((BigDecimal) read().further().get(ContactField.DEBT)).isZero();
        staff.returnServices(visit, NOW);
        assertThat((BigDecimal) read().further().get(ContactField.ADVANCE)).isEqualByComparingTo("5500");
    }

    @Test
    void what_the_clinic_knows_besides_is_taken_as_it_stands() throws SQLException {
        staff.describe(patient, "anna@example.ru", "Ж", "Казань", "160000000000", "000-000-001 00", NOW);
        staff.archive(patient, "Переезд", NOW);
        clinic.execute("UPDATE dbo.Persons SET Birthday = ? WHERE ID = ?", "01.02." + (NOW.getYear() - 31), patient);
        assertThat(read().further())
                .containsEntry(ContactField.EMAIL, "anna@example.ru")
                .containsEntry(ContactField.GENDER, "Ж")
                .containsEntry(ContactField.CITY, "Казань")
                .containsEntry(ContactField.INN, "160000000000")
                .containsEntry(ContactField.SNILS, "000-000-001 00")
                .containsEntry(ContactField.ARCHIVE_REASON, "Переезд")
                .containsEntry(ContactField.STATUS, "В архиве");
        assertThat((Integer) read().further().get(ContactField.AGE)).isBetween(30, 31);
    }

    @Test
    void every_other_field_has_a_value_where_the_clinic_knows_everything() throws SQLException {
        staff.describe(patient, "anna@example.ru", "Ж", "Казань", "160000000000", "000-000-001 00", NOW);
        staff.archive(patient, "Переезд", NOW);
        clinic.execute("UPDATE dbo.Persons SET Birthday = ? WHERE ID = ?", "01.02." + (NOW.getYear() - 31), patient);
        staff.arrive(staff.book(patient, NOW.minusHours(1), NOW.minusDays(1)), NOW);
        Set<ContactField> expected = EnumSet.allOf(ContactField.class);
        expected.removeAll(OF_EVERY_PATIENT);
        expected.removeAll(WITHOUT_COLUMN);
        assertThat(read().further()).containsOnlyKeys(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "bit,1,1",
        "smallint,2,2",
        "bigint,0,0",
        "'decimal(5,2)',1.50,1.5",
        "char(10),м,м",
        "nchar(3),' ж',ж",
        "binary(2),0x0a1b,0x0A1B",
        "datetime2,2020-05-06 00:00:00,2020-05-06 00:00:00.0"
    })
    void the_sex_is_sent_as_text_whatever_the_columns_type(String type, String held, String sent) throws SQLException {
        clinic.execute("ALTER TABLE dbo.Persons DROP COLUMN Sex");
        clinic.execute("ALTER TABLE dbo.Persons ADD Sex " + type);
        clinic.execute("UPDATE dbo.Persons SET Sex = " + (held.startsWith("0x") ? held : "'" + held + "'"));
        assertThat(read().further()).containsEntry(ContactField.GENDER, sent);
    }

    @Test
    void a_build_without_the_uncertain_columns_still_gives_the_rest() throws SQLException {
        for (String column : List.of("Email", "Sex", "City", "INN", "SNILS", "DateTimeChanged")) {
            clinic.execute("ALTER TABLE dbo.Persons DROP COLUMN " + column);
        }
        clinic.execute("DROP TABLE dbo.PaymentsIn");
        clinic.execute("DROP TABLE dbo.PaymentsOut");
        clinic.execute("DROP TABLE dbo.ArchivingReasons");
        assertThat(read().number()).isEqualTo("1");
        assertThat(read().further())
                .doesNotContainKeys(ContactField.DEBT, ContactField.ADVANCE, ContactField.EMAIL)
                .containsKey(ContactField.TOTAL_VISITS);
        assertThat(changedSince(NOW.minusDays(3))).containsExactly(patient);
    }

    @Test
    void a_build_that_has_payments_but_none_back_has_a_balance() throws SQLException {
        clinic.execute("DROP TABLE dbo.PaymentsOut");
        staff.pay(patient, new BigDecimal("700"), NOW);
        assertThat((BigDecimal) read().further().get(ContactField.ADVANCE)).isEqualByComparingTo("700");
    }

    @Test
    void whatever_changes_in_a_contact_is_noticed() throws SQLException {
        long visit = staff.book(patient, NOW.minusDays(1), NOW.minusDays(2));
        staff.addService(visit, "Осмотр", new BigDecimal("500"), NOW.minusDays(2));
        assertThat(changedSince(NOW)).isEmpty();
        Map<String, Runnable> changes = Map.of(
                "name",
                () -> staff.rename(patient, "Иная", "Анна", null, NOW),
                "phone",
                () -> staff.changePhone(patient, "8 900 222-33-44", NOW),
                "e-mail",
                () -> staff.describe(patient, "a@example.ru", null, null, null, null, NOW),
                "archive",
                () -> staff.archive(patient, "Переезд", NOW),
                "payment",
                () -> staff.pay(patient, BigDecimal.TEN, NOW),
                "payment back",
                () -> staff.payBack(patient, BigDecimal.ONE, NOW),
                "visit",
                () -> staff.arrive(visit, NOW),
                "bill",
                () -> staff.addService(visit, "Снимок", BigDecimal.TEN, NOW),
                "return",
                () -> staff.returnServices(visit, NOW));
        for (Map.Entry<String, Runnable> change : changes.entrySet()) {
            clinic.execute("UPDATE dbo.Patients SET DateTimeChanged = ?", NOW.minusDays(2));
            clinic.execute("UPDATE dbo.Persons SET DateTimeChanged = NULL");
            clinic.execute("DELETE FROM dbo.PaymentsIn");
            clinic.execute("DELETE FROM dbo.PaymentsOut");
            clinic.execute("UPDATE dbo.Receptions SET PatientAppeared = NULL");
            clinic.execute("UPDATE dbo.Orders SET DateTimeChanged = NULL");
            clinic.execute(
                    "UPDATE dbo.OrderServiceRelation SET DateTimeChanged = NULL, DateTimeAdded = ?", NOW.minusDays(2));
            assertThat(changedSince(NOW)).as("before " + change.getKey()).isEmpty();
            change.getValue().run();
            assertThat(changedSince(NOW)).as(change.getKey()).containsExactly(patient);
        }
    }
}
