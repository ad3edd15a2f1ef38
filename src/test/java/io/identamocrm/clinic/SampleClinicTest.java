package io.identamocrm.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.identamocrm.clinic.ClinicGenerator.Options;
import io.identamocrm.clinic.ClinicGenerator.Shares;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleClinicTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 16, 11, 0);
    private static final Duration GRACE = Duration.ofHours(12);
    private static final List<String> TABLES =
            List.of("Persons", "Patients", "Receptions", "Orders", "OrderServiceRelation");

    @Test
    void the_same_options_give_the_same_rows() {
        try (SampleClinic one = SampleClinic.filled(Options.of(500, NOW));
                SampleClinic other = SampleClinic.filled(Options.of(500, NOW))) {
            assertThat(rows(one)).isEqualTo(rows(other));
        }
    }

    @Test
    void another_seed_gives_other_rows() {
        try (SampleClinic one = SampleClinic.filled(Options.of(100, NOW));
                SampleClinic other = SampleClinic.filled(Options.of(100, NOW).withSeed(2))) {
            assertThat(rows(one)).isNotEqualTo(rows(other));
        }
    }

    @Test
    void a_realistic_clinic_has_every_status_in_about_its_share() {
        try (SampleClinic clinic = SampleClinic.filled(Options.of(5_000, NOW))) {
            Map<Status, Long> counts = clinic.expected(NOW, GRACE).stream()
                    .collect(Collectors.groupingBy(ExpectedReception::status, Collectors.counting()));
            assertThat(counts.get(Status.COMPLETED)).isBetween(2_500L, 3_000L);
            assertThat(counts.get(Status.SCHEDULED)).isBetween(900L, 1_300L);
            assertThat(counts.get(Status.CANCELLED)).isBetween(600L, 1_000L);
            assertThat(counts.get(Status.NO_SHOW)).isBetween(250L, 450L);
            assertThat(counts.get(Status.ARRIVED)).isBetween(20L, 120L);
        }
    }

    @Test
    void broken_rows_are_as_many_as_asked_for_and_of_all_three_kinds() {
        try (SampleClinic clinic =
                SampleClinic.filled(Options.of(1_000, NOW).with(Shares.REALISTIC.withBroken(0.009)))) {
            assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Receptions")).isEqualTo(1_000);
            assertThat(clinic.expected(NOW, GRACE))
                    .filteredOn(reception -> !reception.deliverable())
                    .hasSize(9);
            assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Receptions WHERE ID_Patients IS NULL"))
                    .isEqualTo(3);
            assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Receptions WHERE PlanStart IS NULL"))
                    .isEqualTo(3);
        }
    }

    @Test
    void a_thousand_deliverable_receptions_all_open_a_deal() {
        try (SampleClinic clinic = SampleClinic.filled(Options.deliverable(1_000, NOW))) {
            assertThat(clinic.expected(NOW, GRACE)).hasSize(1_000).allMatch(ExpectedReception::opensDeal);
        }
    }

    @Test
    void a_big_clinic_is_made_without_trouble() {
        try (SampleClinic clinic = SampleClinic.filled(Options.of(20_000, NOW))) {
            assertThat(clinic.expected(NOW, GRACE)).hasSize(20_000);
            assertThat(clinic.expected(NOW, GRACE))
                    .extracting(ExpectedReception::funnel)
                    .contains(Funnel.PRIMARY, Funnel.SECONDARY, null);
        }
    }

    @Test
    void nothing_is_marked_later_than_now() {
        try (SampleClinic clinic = SampleClinic.filled(Options.of(2_000, NOW))) {
            for (String column : List.of(
                    "DateTimeAdded",
                    "DateTimeChanged",
                    "PatientAppeared",
                    "ReceptionStarted",
                    "ReceptionEnded",
                    "ReceptionCanceled",
                    "CheckIssued")) {
                assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Receptions WHERE " + column + " > ?", NOW))
                        .as(column)
                        .isZero();
            }
        }
    }

    @Test
    void a_moved_visit_leaves_a_cancelled_row_of_the_same_patient() {
        try (SampleClinic clinic = SampleClinic.filled(Options.of(2_000, NOW))) {
            String moved =
                    "SELECT COUNT(*) FROM dbo.Receptions m JOIN dbo.Receptions o ON o.ID = m.ID_ReceptionsTransferFrom";
            assertThat(clinic.count(moved)).isGreaterThan(20);
            assertThat(clinic.count(moved + " WHERE o.ReceptionCanceled IS NULL OR o.ID_Patients <> m.ID_Patients"))
                    .isZero();
        }
    }

    @Test
    void every_number_is_a_valid_russian_one_and_belongs_to_one_owner() throws NumberParseException {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        Random random = new Random(7);
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < 40_000; n += 7) {
            assertThat(seen.add(TypedPhone.digits(n)) && seen.add(TypedPhone.secondDigits(n)))
                    .isTrue();
            assertThat(phones.isValidNumber(phones.parse(TypedPhone.tidy(TypedPhone.digits(n), random), "RU")))
                    .isTrue();
            assertThat(phones.isValidNumber(phones.parse(TypedPhone.secondDigits(n), "RU")))
                    .isTrue();
        }
    }

    @Test
    void about_a_tenth_of_the_patients_share_a_relatives_phone() {
        try (SampleClinic clinic = SampleClinic.filled(Options.of(5_000, NOW).tidy())) {
            long owners = clinic.personalValues().stream()
                    .filter(value -> value.matches("9\\d{2}000\\d{4}"))
                    .count();
            assertThat(2_000 - owners).isBetween(150L, 260L);
            assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Patients WHERE ParentSNP IS NOT NULL"))
                    .isBetween(60L, 150L);
        }
    }

    @Test
    void a_messy_clinic_has_emoji_a_huge_comment_and_people_without_a_name() {
        try (SampleClinic clinic = SampleClinic.filled(Options.of(3_000, NOW))) {
            assertThat(clinic.count("SELECT MAX(LEN(Comment)) FROM dbo.Patients"))
                    .isEqualTo(100_000);
            assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Patients WHERE CHARINDEX(N'\uD83E\uDDB7', Comment) > 0"))
                    .isPositive();
            assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Persons WHERE Surname = N'' AND Name IS NULL"))
                    .isPositive();
            assertThat(clinic.count("SELECT COUNT(*) FROM dbo.Persons WHERE MobilePhone IS NULL AND ID > 5000"))
                    .isPositive();
        }
    }

    @Test
    void personal_values_hold_what_was_typed_and_what_becomes_of_it() {
        try (SampleClinic clinic = SampleClinic.inMemory()) {
            long patient = clinic.staff().newPatient(" Зарницын ", "Велимир", null, "8 (912) 000-00-07 доб. 12", NOW);
            clinic.execute("UPDATE dbo.Persons SET Birthday = N'05.11.1980' WHERE ID = ?", patient);
            assertThat(clinic.personalValues())
                    .contains(
                            "Зарницын",
                            "Велимир",
                            "8 (912) 000-00-07 доб. 12",
                            "9120000007",
                            "05.11.1980",
                            "1980-11-05",
                            "Бормашинский");
        }
    }

    @Test
    void a_number_is_found_by_itself_and_as_a_phone_but_not_among_other_digits() {
        try (SampleClinic clinic = SampleClinic.inMemory()) {
            clinic.staff().newPatient("Зарницын", "Велимир", null, "8 (912) 000-00-07", NOW);
            assertThat(clinic.personalValuesIn("key:79120000007 and 9120000007"))
                    .containsExactly("9120000007");
            assertThat(clinic.personalValuesIn("tel:89120000007, Зарницын"))
                    .containsExactlyInAnyOrder("9120000007", "Зарницын");
            assertThat(clinic.personalValuesIn("at 1791200000071 and 91200000070"))
                    .isEmpty();
        }
    }

    @Test
    void the_staff_take_a_visit_from_booking_to_bill() {
        try (SampleClinic clinic = SampleClinic.inMemory()) {
            ClinicStaff staff = clinic.staff();
            long patient = staff.newPatient("Зарницын", "Велимир", "Ратиборович", "+79120000007", NOW);
            long visit = staff.book(patient, NOW.plusHours(1), NOW);
            assertThat(status(clinic, visit)).isEqualTo(Status.SCHEDULED);
            staff.arrive(visit, NOW.plusMinutes(55));
            assertThat(status(clinic, visit)).isEqualTo(Status.ARRIVED);
            staff.start(visit, NOW.plusMinutes(60));
            staff.complete(visit, NOW.plusMinutes(90));
            staff.issueCheck(visit, NOW.plusMinutes(95));
            assertThat(status(clinic, visit)).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void ids_of_deleted_rows_never_come_back() {
        try (SampleClinic clinic = SampleClinic.filled(Options.of(20, NOW))) {
            long visit = clinic.staff().book(5001L, NOW.plusHours(1), NOW);
            clinic.staff().deleteReception(visit);
            assertThat(clinic.staff().book(5001L, NOW.plusHours(1), NOW))
                    .isEqualTo(visit + 1)
                    .isEqualTo(100_022);
            assertThatThrownBy(() -> clinic.staff().arrive(visit, NOW)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void row_versions_grow_with_every_write() {
        try (SampleClinic clinic = SampleClinic.inMemory()) {
            long first = clinic.staff().book(null, NOW, NOW);
            clinic.staff().book(null, NOW, NOW);
            clinic.staff().arrive(first, NOW);
            assertThat(clinic.count("SELECT ID FROM dbo.Receptions ORDER BY RowVersion DESC"))
                    .isEqualTo(first);
        }
    }

    @Test
    void the_reader_reads_and_cannot_write() throws SQLException {
        try (SampleClinic clinic = SampleClinic.inMemory();
                Connection reader =
                        DriverManager.getConnection(clinic.jdbcUrl(), clinic.reader(), clinic.readerPassword());
                var statement = reader.createStatement()) {
            assertThat(statement.execute("SELECT COUNT(*) FROM dbo.Receptions")).isTrue();
            assertThatThrownBy(() -> statement.execute("DELETE FROM dbo.Receptions"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void a_clinic_in_a_file_is_still_there_when_opened_again(@TempDir Path folder) throws SQLException {
        try (SampleClinic clinic = SampleClinic.inFile(folder.resolve("clinic")).fill(Options.of(20, NOW));
                Connection second =
                        DriverManager.getConnection(clinic.jdbcUrl(), clinic.reader(), clinic.readerPassword())) {
            assertThat(second.isValid(1)).isTrue();
        }
        try (SampleClinic again = SampleClinic.inFile(folder.resolve("clinic"))) {
            assertThat(again.count("SELECT COUNT(*) FROM dbo.Receptions")).isEqualTo(20);
        }
    }

    private static Status status(SampleClinic clinic, long visit) {
        return clinic.expected(NOW, GRACE).stream()
                .filter(reception -> reception.id() == visit)
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static List<List<Object>> rows(SampleClinic clinic) {
        ClinicDatabase database = new ClinicDatabase(clinic.dataSource(), null);
        return TABLES.stream()
                .flatMap(table -> database
                        .list(
                                row -> {
                                    List<Object> values = new ArrayList<>();
                                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                                        values.add(row.getString(i));
                                    }
                                    return values;
                                },
                                "SELECT * FROM dbo." + table + " ORDER BY 1")
                        .stream())
                .toList();
    }
}
