package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.ClinicStaff;
import io.identamocrm.clinic.ExpectedReception;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code config/sql}, run by Camel's sql component on a sample clinic and compared with SQL that shares nothing with them. */
class SqlFilesTest {

    private static final Path FOLDER = Path.of("config", "sql").toAbsolutePath();
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 16, 11, 0);
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1900, 1, 1, 0, 0);
    private static final Duration GRACE = Duration.ofHours(12);
    private static final int CHUNK = 250;

    private final SampleClinic clinic = SampleClinic.inMemory();
    private final ClinicStaff staff = clinic.staff();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    private final List<Long> streamed = new ArrayList<>();
    private LocalDateTime missedSince = NOW.minus(GRACE);

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("ident", clinic.dataSource());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stream")
                        .toD("${header.uri}")
                        .split(body())
                        .streaming()
                        .setBody(simple("${body[reception_id]}", Long.class))
                        .process(exchange -> streamed.add(exchange.getMessage().getBody(Long.class)));
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        clinic.close();
    }

    @Test
    void all_receptions_come_in_the_order_of_their_planned_start() {
        clinic.fill(ClinicGenerator.Options.of(3_000, NOW));
        assertThat(ids("all-receptions", "planned_since", ALWAYS))
                .isEqualTo(expected().map(ExpectedReception::id).toList());
    }

    @Test
    void changed_receptions_come_in_the_same_order() {
        clinic.fill(ClinicGenerator.Options.of(1_000, NOW));
        assertThat(ids("changed-receptions", "since", ALWAYS))
                .isEqualTo(expected().map(ExpectedReception::id).toList());
    }

    @Test
    void receptions_before_the_horizon_stay_away_and_those_without_a_planned_start_come() {
        long without = staff.book(null, NOW, NOW);
        clinic.execute("UPDATE dbo.Receptions SET PlanStart = NULL WHERE ID = ?", without);
        staff.book(null, NOW.minusMinutes(1), NOW);
        long on = staff.book(null, NOW, NOW);
        assertThat(ids("all-receptions", "planned_since", NOW)).containsExactly(without, on);
    }

    @Test
    void without_a_horizon_visits_planned_before_1900_are_looked_at_too() {
        long old = staff.book(null, NOW, NOW);
        clinic.execute(
                "UPDATE dbo.Receptions SET PlanStart = ? WHERE ID = ?", LocalDateTime.of(1899, 12, 31, 23, 59), old);
        long usual = staff.book(null, NOW, NOW);
        assertThat(ids("all-receptions", "planned_since", ALWAYS)).containsExactly(old, usual);
        assertThat(ids("all-receptions", "planned_since", ALWAYS.plusDays(1))).containsExactly(usual);
    }

    @Test
    void every_reception_is_read_as_the_independent_sql_sees_it() {
        clinic.fill(ClinicGenerator.Options.of(3_000, NOW));
        List<Reception> receptions = readAll();
        List<ExpectedReception> expected = expected().toList();
        assertThat(receptions).hasSize(3_000);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(seen(receptions.get(i))).isEqualTo(expected.get(i));
        }
    }

    @Test
    void the_costs_add_up_to_the_bills_without_what_was_returned() {
        clinic.fill(ClinicGenerator.Options.of(2_000, NOW));
        BigDecimal sum = readAll().stream()
                .map(Reception::cost)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        long kopecks = clinic.count("""
                SELECT CAST(SUM(100 * (l.CountService * (SELECT p.Price FROM dbo.ServiceItemPrices p WHERE p.ID = l.ID_ServicePrices)
                                       - ISNULL(l.DiscountSum, 0))) AS bigint)
                FROM dbo.OrderServiceRelation l
                WHERE ISNULL(l.ID_Returns, 0) = 0 AND l.ID_Orders IN (SELECT o.ID FROM dbo.Orders o WHERE o.ID_Receptions IS NOT NULL)""");
        assertThat(sum.movePointRight(2).longValueExact()).isEqualTo(kopecks).isPositive();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_reception_with_any_sort_of_change_is_read_again(Change change) {
        LocalDateTime longAgo = NOW.minusDays(9);
        long other = staff.book(staff.newPatient("Зарницын", "Велимир", null, null, longAgo), NOW, longAgo);
        long reception = staff.book(staff.newPatient("Туманцева", "Забава", null, null, longAgo), NOW, longAgo);
        assertThat(ids("changed-receptions", "since", NOW)).isEmpty();
        change.act().accept(new Act(staff, reception));
        assertThat(ids("changed-receptions", "since", NOW)).contains(reception).doesNotContain(other);
        assertThat(ids("changed-receptions", "since", NOW.plusSeconds(1))).isEmpty();
    }

    record Act(ClinicStaff staff, long reception) {}

    record Change(String name, Consumer<Act> act) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change("arrival", act -> act.staff().arrive(act.reception(), NOW)),
                new Change("start", act -> act.staff().start(act.reception(), NOW)),
                new Change("end", act -> act.staff().complete(act.reception(), NOW)),
                new Change("bill", act -> act.staff().issueCheck(act.reception(), NOW)),
                new Change("cancellation", act -> act.staff().cancel(act.reception(), NOW)),
                new Change("cancellation by reason", act -> act.staff().cancelByReasonOnly(act.reception(), NOW)),
                new Change("move", act -> act.staff().move(act.reception(), NOW.plusDays(1), NOW)),
                new Change(
                        "move within the row", act -> act.staff().reschedule(act.reception(), NOW.plusDays(1), NOW)));
    }

    @Test
    void a_moved_visit_names_the_one_it_was_moved_from() {
        long old = staff.book(patient(), NOW, NOW);
        long moved = staff.move(old, NOW.plusDays(1), NOW);
        assertThat(read(List.of(old, moved)))
                .extracting(Reception::id, Reception::cancelled, Reception::transferredFrom)
                .containsExactly(tuple(old, true, null), tuple(moved, false, old));
    }

    @Test
    void a_first_visit_stays_a_first_visit_when_later_ones_are_completed_and_an_open_one_follows_any() {
        long patient = patient();
        long open = staff.book(patient, NOW.minusDays(9), NOW);
        long first = staff.book(patient, NOW.minusDays(8), NOW);
        long second = staff.book(patient, NOW, NOW);
        assertThat(read(List.of(open, first, second)))
                .extracting(Reception::completedBefore)
                .containsOnly(false);
        staff.complete(second, NOW);
        staff.complete(first, NOW);
        assertThat(read(List.of(open, first, second)))
                .extracting(Reception::id, Reception::completedBefore)
                .containsExactly(tuple(open, true), tuple(first, false), tuple(second, true));
    }

    @Test
    void a_treated_visit_that_was_cancelled_in_either_way_is_not_completed() {
        long patient = patient();
        long byTime = staff.book(patient, NOW, NOW);
        long byReason = staff.book(patient, NOW, NOW);
        long billed = staff.book(patient, NOW, NOW);
        staff.complete(byTime, NOW);
        staff.complete(byReason, NOW);
        staff.issueCheck(billed, NOW);
        clinic.execute("UPDATE dbo.Receptions SET ReceptionCanceled = ? WHERE ID = ?", NOW, byTime);
        staff.cancelByReasonOnly(byReason, NOW);
        long open = staff.book(patient, NOW, NOW);
        assertThat(read(List.of(open)).get(0).completedBefore()).isTrue();
        staff.cancelByReasonOnly(billed, NOW);
        assertThat(read(List.of(open)).get(0).completedBefore()).isFalse();
    }

    @Test
    void services_come_in_the_order_they_were_billed_and_returned_ones_not_at_all() {
        long reception = staff.book(patient(), NOW, NOW);
        staff.addService(reception, "Снимок", new BigDecimal("600.00"), NOW);
        staff.addService(reception, "Анестезия", new BigDecimal("750.50"), NOW);
        assertThat(read(List.of(reception)).get(0))
                .extracting(Reception::services, Reception::cost)
                .containsExactly(List.of("Снимок", "Анестезия"), new BigDecimal("1350.50"));
        staff.returnServices(reception, NOW);
        assertThat(read(List.of(reception)).get(0))
                .as("a bill that was returned as a whole")
                .extracting(Reception::services, Reception::cost)
                .containsExactly(List.of(), new BigDecimal("0.00"));
        staff.addService(reception, "Пломба", new BigDecimal("3000.00"), NOW);
        assertThat(read(List.of(reception)).get(0))
                .extracting(Reception::services, Reception::cost)
                .containsExactly(List.of("Пломба"), new BigDecimal("3000.00"));
    }

    @Test
    void goods_cost_money_but_are_not_named_as_services() {
        long reception = staff.book(patient(), NOW, NOW);
        staff.addService(reception, "Зубная щётка", new BigDecimal("390.00"), NOW);
        clinic.execute("UPDATE dbo.ServiceItems SET NotAService = 1 WHERE ID = (SELECT MAX(ID) FROM dbo.ServiceItems)");
        assertThat(read(List.of(reception)).get(0))
                .extracting(Reception::services, Reception::cost)
                .containsExactly(List.of(), new BigDecimal("390.00"));
    }

    @Test
    void a_branch_without_a_branch_name_goes_by_its_companys_name() {
        long reception = staff.book(patient(), NOW, NOW);
        assertThat(read(List.of(reception)).get(0).branch()).isEqualTo("Филиал на Берёзовой");
        clinic.execute("UPDATE dbo.OwnCompanies SET BranchName = N' '");
        assertThat(read(List.of(reception)).get(0).branch()).isEqualTo("ООО «Зубная фея»");
    }

    @Test
    void the_servers_clock_answers() {
        assertThat(new ServerClock().read(rows("server-clock", "none", "")))
                .isAfter(LocalDateTime.of(2025, 1, 1, 0, 0));
    }

    @Test
    void the_reader_may_run_every_file() {
        HikariDataSource reader = new HikariDataSource();
        reader.setJdbcUrl(clinic.jdbcUrl());
        reader.setUsername(clinic.reader());
        reader.setPassword(clinic.readerPassword());
        long patient = patient();
        long reception = staff.book(patient, NOW, NOW);
        camel.getRegistry().bind("ident", reader);
        assertThat(ids("all-receptions", "planned_since", ALWAYS)).containsExactly(reception);
        assertThat(read(List.of(reception))).hasSize(1);
        reader.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_keeps_to_what_both_engines_and_camel_understand(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).startsWith("-- ");
        String sql = lines.stream().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        assertThat(sql)
                .doesNotContain("--", "/*", ";", "STRING_AGG", "IIF(", "TRY_", "LIMIT", "NOLOCK")
                .startsWith("SELECT");
        assertThat(Pattern.compile("#").matcher(sql).results().count())
                .isEqualTo(
                        Pattern.compile(":#(in:)?\\w+").matcher(sql).results().count());
        assertThat(Pattern.compile("(FROM|JOIN) (?!dbo\\.|\\(SELECT)")
                        .matcher(sql)
                        .find())
                .isFalse();
        assertThat(lines).allMatch(line -> line.length() <= 140);
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    private long patient() {
        return staff.newPatient("Зарницын", "Велимир", "Ратиборович", "8 (912) 000-00-07", NOW);
    }

    private Stream<ExpectedReception> expected() {
        return clinic.expected(NOW, GRACE).stream();
    }

    private List<Reception> readAll() {
        List<Long> ids = ids("all-receptions", "planned_since", ALWAYS);
        List<Reception> receptions = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            receptions.addAll(read(ids.subList(from, Math.min(ids.size(), from + CHUNK))));
        }
        return receptions;
    }

    private List<Reception> read(List<Long> ids) {
        List<Map<String, Object>> receptions = rows("receptions", "reception_ids", ids);
        return new ReceptionRows()
                .read(receptions, rows("reception-services", "reception_ids", ids), any -> List.of()).stream()
                        .map(result -> (Reception) ((ReadRow) result).item())
                        .toList();
    }

    /** The rules of the status once more, on what the product read. */
    private static ExpectedReception seen(Reception reception) {
        boolean completed = !reception.cancelled() && (reception.checkIssued() || reception.endedAt() != null);
        Status status = reception.cancelled()
                ? Status.CANCELLED
                : completed
                        ? Status.COMPLETED
                        : reception.startedAt() != null || reception.appearedAt() != null
                                ? Status.ARRIVED
                                : reception.planEnd() != null
                                                && reception.planEnd().isBefore(NOW.minus(GRACE))
                                        ? Status.NO_SHOW
                                        : Status.SCHEDULED;
        Long patient = reception.patient() == null ? null : reception.patient().id();
        return new ExpectedReception(
                reception.id(),
                patient,
                patient != null && reception.planStart() != null,
                status,
                patient != null && reception.completedBefore() ? 1 : 0);
    }

    @Test
    void a_visit_that_is_missed_by_now_is_looked_at_though_nothing_of_it_has_changed() {
        long patient = patient();
        long missed = staff.book(patient, NOW.minus(GRACE).minusMinutes(90), NOW.minusDays(9));
        long before = staff.book(patient, NOW.minus(GRACE).minusDays(3), NOW.minusDays(9));
        long arrived = staff.book(patient, NOW.minus(GRACE).minusMinutes(90), NOW.minusDays(9));
        staff.arrive(arrived, NOW.minusDays(1));
        missedSince = NOW.minus(GRACE).minusHours(2);
        assertThat(ids("changed-receptions", "since", NOW))
                .containsExactly(missed)
                .doesNotContain(before, arrived);
    }

    @Test
    void when_a_visit_is_completed_or_a_completed_one_cancelled_the_patients_open_visits_are_looked_at_too() {
        long patient = patient();
        long first = staff.book(patient, NOW.minusHours(1), NOW.minusDays(9));
        long next = staff.book(patient, NOW.plusDays(3), NOW.minusDays(9));
        long off = staff.book(patient, NOW.plusDays(4), NOW.minusDays(9));
        staff.cancel(off, NOW.minusDays(8));
        staff.book(patient(), NOW.plusDays(3), NOW.minusDays(9));
        staff.complete(first, NOW);
        assertThat(ids("changed-receptions", "since", NOW)).containsExactly(first, next);
        staff.cancel(first, NOW.plusMinutes(5));
        assertThat(ids("changed-receptions", "since", NOW.plusMinutes(5))).containsExactly(first, next);
    }

    /** As the routes read what may be long: row by row, while the query is open. */
    private List<Long> ids(String file, String parameter, Object value) {
        streamed.clear();
        camel.createProducerTemplate()
                .requestBodyAndHeaders(
                        "direct:stream",
                        null,
                        Map.of(
                                "uri",
                                uri(file) + "&outputType=StreamList",
                                parameter,
                                value,
                                "missed_since",
                                missedSince,
                                "missed_until",
                                NOW.minus(GRACE)));
        return List.copyOf(streamed);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> rows(String file, String parameter, Object value) {
        return (List<Map<String, Object>>)
                camel.createProducerTemplate().requestBodyAndHeader(uri(file), null, parameter, value);
    }

    private static String uri(String file) {
        return "sql:file:" + FOLDER.resolve(file + ".sql") + "?dataSource=#ident";
    }
}
