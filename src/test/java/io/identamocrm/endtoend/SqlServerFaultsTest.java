package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.identamocrm.problems.Problem;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.tds.TdsFault;
import io.identamocrm.tds.TdsFault.Kind;
import io.identamocrm.tds.TdsServer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL Server's refusals and the network's faults, at the login and at each statement of a run, through SQL Server's own driver. */
class SqlServerFaultsTest {

    private static final String CATALOGUE = "service_broker_guid";
    private static final Set<Integer> SET_UP = Set.of(207, 208, 229, 245, 262, 297, 468);

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private final Terminal terminal = installation.terminal();
    private TdsServer server;
    private long reception;

    @BeforeEach
    void start() {
        server = installation.behindSqlServer();
        reception = installation.booked(installation.patient("8 900 111-22-33"));
    }

    /** Each error as SQL Server reports it at the login. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "18456 | refuses the login   | DB_PASSWORD",
                "18452 | refuses the login   | not of Windows",
                "4060  | no such database    | DB_DATABASE",
                "18488 | password has ended  | set a password",
                "17142 | shutting down       | by themselves",
                "40613 | offline             | administrator"
            })
    void a_login_that_is_refused_is_told_and_the_next_run_is_well(int number, String text, String remedy) {
        server.fail(TdsServer.LOGIN::equals, TdsFault.error(number));
        assertThat(terminal.run("reception-sync")).isEqualTo(Problem.UNREACHABLE);
        assertTold("IDENT cannot be read: ", text, remedy, "error " + number);
        nextRunIsWell();
    }

    /**
     * At start all files are asked for their columns; in a lock, a deadlock or a lack of memory none of them is broken. Of an error that ends
     * the session the driver keeps the number to itself: it asks again, and tells that the connection is closed.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "207   | 2 | all-patients.sql, line | Сообщение           | undo the last edit",
                "208   | 2 | all-patients.sql, line | Сообщение           | undo the last edit",
                "229   | 2 | all-patients.sql, line | may not read        | GRANT SELECT",
                "262   | 2 | all-patients.sql, line | may not read        | GRANT SELECT",
                "297   | 2 | all-patients.sql, line | may not read        | GRANT SELECT",
                "245   | 2 | all-patients.sql, line | holds something else | convert",
                "468   | 2 | all-patients.sql, line | two collations      | DATABASE_DEFAULT",
                "1205  | 3 | IDENT cannot be read:  | give way            | next run",
                "1222  | 3 | IDENT cannot be read:  | stayed locked       | transactions open",
                "596   | 3 | IDENT cannot be read:  | cannot be reached   | that the server runs",
                "8645  | 3 | IDENT cannot be read:  | no memory           | by themselves",
                "40613 | 3 | IDENT cannot be read:  | cannot be reached   | that the server runs"
            })
    void the_check_at_start_tells_a_broken_file_from_a_server_that_is_busy(
            int number, int exitCode, String where, String text, String remedy) {
        server.fail(statement -> statement.startsWith("set fmtonly on"), TdsFault.error(number));
        assertThat(terminal.run("reception-sync")).as(terminal.errors()).isEqualTo(exitCode);
        assertThat(terminal.errors()).contains(where, text, remedy);
        if (!text.equals("Сообщение")) {
            assertTold(where, text, remedy);
        }
        nextRunIsWell();
    }

    private static Stream<TdsFault> faults() {
        return Stream.concat(
                Stream.of(207, 208, 229, 245, 262, 297, 468, 1205, 1222, 596, 8645, 40613)
                        .map(TdsFault::error),
                Stream.of(
                        TdsFault.errorAmongRows(1205),
                        TdsFault.errorAmongRows(596),
                        TdsFault.of(Kind.CUT),
                        TdsFault.of(Kind.CUT_AMONG_ROWS),
                        TdsFault.of(Kind.SILENCE)));
    }

    /** In one process, as the service does it; what a run reads, statement by statement. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT CURRENT_TIMESTAMP AS read_at",
                CATALOGUE,
                "SELECT MIN_ACTIVE_ROWVERSION() AS row_version",
                "changed.RowVersion > ",
                "AS plan_end,",
                "AS doctor_surname,",
                "ID_Receptions AS reception_id"
            })
    void whichever_statement_of_a_run_fails_it_is_told_nothing_is_lost_and_the_next_run_is_well(String statement) {
        installation.full();
        int phone = 10;
        // Of the catalogue's answer one row is read, and nobody waits for what comes after it.
        for (TdsFault fault : faults().filter(one ->
                        !statement.equals(CATALOGUE) || !one.kind().name().endsWith("AMONG_ROWS"))
                .toList()) {
            long fresh = installation.booked(installation.patient("8 900 222-33-" + phone++));
            assertBreaks(installation::incremental, statement, fault);
            assertThat(installation.incremental().found()).as("after " + fault).isEqualTo(1);
            assertThat(installation.dealsOf(fresh)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT CURRENT_TIMESTAMP AS read_at",
                "changes.patient_id",
                "AS first_visit,",
                "AS balance",
                "AS total_visits",
                "AS branch_name"
            })
    void the_same_is_true_of_a_run_of_patients(String statement) {
        long patient = installation.patient("8 900 222-33-44");
        installation.runtime().everything(RunRequest.full());
        int phone = 10;
        for (TdsFault fault : faults().toList()) {
            installation.staff().changePhone(patient, "8 900 222-33-" + phone, LocalDateTime.now());
            assertBreaks(() -> installation.runtime().patients(RunRequest.incremental()), statement, fault);
            installation.runtime().patients(RunRequest.incremental());
            assertThat(installation.contactsOf(patient))
                    .as("after " + fault)
                    .singleElement()
                    .asString()
                    .contains("22233" + phone++);
        }
    }

    private void assertBreaks(ThrowingCallable run, String statement, TdsFault fault) {
        server.fail(text -> text.contains(statement), fault);
        Throwable failure = catchThrowable(run);
        assertThat(failure).as("asked: " + server.asked()).isNotNull();
        Problem problem = Problem.of(failure);
        assertThat(problem.message())
                .as(fault.toString())
                .startsWith("IDENT cannot be read: ")
                .doesNotContain("Образцов", "null", "Сообщение", "reports error");
        assertThat(problem.exitCode())
                .isEqualTo(SET_UP.contains(fault.number()) ? Problem.WRONG_SETUP : Problem.UNREACHABLE);
        server.heal();
    }

    @Test
    void a_silent_login_ends_by_a_time_out() {
        server.fail(TdsServer.LOGIN::equals, TdsFault.of(Kind.SILENCE));
        assertThat(terminal.run("reception-sync")).isEqualTo(Problem.UNREACHABLE);
        assertTold("did not answer in time", "by themselves");
        nextRunIsWell();
    }

    @Test
    void a_long_run_that_meets_a_locked_row_asks_again_and_comes_to_its_end() {
        AtomicInteger times = new AtomicInteger(1);
        installation.runtime();
        server.fail(text -> text.contains("AS doctor_surname") && times.getAndDecrement() > 0, TdsFault.error(1222));
        assertThat(installation.full().found()).isEqualTo(1);
        assertThat(times).as("asked again").hasValueLessThan(0);
        assertThat(installation.dealsOf(reception)).hasSize(1);
    }

    @Test
    void a_service_starts_while_a_table_is_locked() {
        server.fail(statement -> statement.startsWith("set fmtonly on"), TdsFault.error(1222));
        installation.asService().runtime();
        server.heal();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(installation.dealsOf(reception)).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integratedSecurity=true                                   | library of Microsoft's | a login of SQL Server",
                "integratedSecurity=true;authenticationScheme=JavaKerberos | Kerberos               | krb5.conf",
                "trustServerCertificate=maybe                              | driver itself refuses  | connection properties"
            })
    void what_the_driver_itself_refuses_is_told_as_that(String property, String text, String remedy) {
        boolean windows = property.startsWith("integrated");
        installation.with(
                "IDENT_JDBC_URL", "jdbc:sqlserver://127.0.0.1:" + server.port() + ";encrypt=false;" + property);
        if (windows) {
            installation.with("DB_USERNAME", "").with("DB_PASSWORD", "");
        }
        assertThat(terminal.run("test-db"))
                .isEqualTo(text.equals("Kerberos") ? Problem.UNREACHABLE : Problem.WRONG_SETUP);
        assertThat(terminal.output() + terminal.errors())
                .contains(text, remedy)
                .doesNotContain("null", "not as SQL Server does");
    }

    private void assertTold(String... words) {
        assertThat(terminal.errors()).contains(words).doesNotContain("Образцов", "Сообщение", "SQL state null");
    }

    private void nextRunIsWell() {
        server.heal();
        assertThat(terminal.run("reception-sync")).as(terminal.errors()).isZero();
        assertThat(installation.dealsOf(reception)).hasSize(1);
    }
}
