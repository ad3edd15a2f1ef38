package io.identamocrm.endtoend;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.ClinicStaff;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults;
import io.identamocrm.sandbox.FieldType;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.SandboxOptions;
import io.identamocrm.sandbox.TokenDesk;
import io.identamocrm.settings.SqlServerUrl;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.Lease;
import io.identamocrm.state.RunLock;
import io.identamocrm.state.Scripts;
import io.identamocrm.state.Timing;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.tds.TdsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole product beside a sample clinic, a real Redis and the sandbox. A test says in one line what it needs, and JUnit closes it:
 *
 * <pre>{@code
 * @RegisterExtension
 * private final Installation installation = Installation.filled(deliverable(120, NOW)).with("SYNC_BATCH_SIZE", "2");
 * }</pre>
 *
 * In an instance field each test gets its own, in a static field all tests of the class share one; who makes one more in a test closes it.
 * Nothing starts before it is asked for: clinic, Redis and sandbox when the first of them is, the product at its first run or at
 * {@link #runtime()}. Until then what starts can be changed.
 */
final class Installation implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    /** The clinic's present; the zone is the process's, as that is H2's clock. */
    static final LocalDateTime NOW = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS);

    static final String NEVER = "0 0 0 1 1 ? 2099";
    static final long RECEPTION_ID = 26;
    static final long PATIENT_NUMBER = 17;
    static final long PHONE = 2;
    static final long PATIENT_ID = 25;
    private static final long SYNC_STATE = 990;
    private static final int MOST_RUNS = 20;

    private final Supplier<SampleClinic> makeClinic;
    private final Map<String, String> variables = new HashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private SandboxOptions sandboxOptions = SandboxOptions.standard().unlimited();
    private Consumer<Faults> faults = none -> {};
    private Path routes = Path.of("routes");
    private Path config = Path.of("config");
    private StartOptions.Mode mode = StartOptions.Mode.RUNS;
    private Clock clock = Clock.systemUTC();
    private Timing timing = Timing.REAL;
    private boolean ofAllTests;
    private EmbeddedSetUp setUp;
    private CamelRuntime runtime;
    private TdsServer sqlServer;

    private Installation(Supplier<SampleClinic> makeClinic) {
        this.makeClinic = makeClinic;
        with("TIMEZONE", ZoneId.systemDefault().getId())
                .with("AMOCRM_UNCLEAR_WINDOW_MS", "300")
                .with("AMOCRM_REQUEST_DEADLINE_MS", "2000")
                .with("MANAGEMENT_PORT", "0")
                .with("RATE_LIMIT_REQUESTS", "0")
                .with("AMOCRM_RETRY_DELAY_MS", "1");
    }

    /** An empty clinic, an empty account, no rate limit, no pauses. */
    static Installation empty() {
        return new Installation(SampleClinic::inMemory);
    }

    /** The same with what the generator brings. */
    static Installation filled(ClinicGenerator.Options options) {
        return new Installation(() -> SampleClinic.filled(options));
    }

    /** The same beside a clinic that other processes can open; it is closed with the others, and made as late as they. */
    static Installation beside(Supplier<SampleClinic> clinic) {
        return new Installation(clinic);
    }

    /** With a variable of the environment, from the product's next start on. */
    Installation with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Installation withRoutes(Path directory) {
        routes = directory;
        return this;
    }

    Installation withConfig(Path directory) {
        config = directory;
        return this;
    }

    /** With another present than the machine's, for the product; the sandbox has its own options. */
    Installation withClock(Clock other) {
        clock = other;
        return this;
    }

    /** Whoever finds Redis emptied, or a lock that was not given back, has waited already; for a test with one process. */
    Installation leapingOverWaits() {
        timing = new LeapingTime();
        return this;
    }

    /** With a sandbox that differs; too late once it has started. */
    Installation withSandbox(UnaryOperator<SandboxOptions> change) {
        if (setUp != null) {
            throw new IllegalStateException("The sandbox has started already");
        }
        sandboxOptions = change.apply(sandboxOptions);
        return this;
    }

    /** With a sandbox that is faulty from its start on; later faults are planned at {@link #sandbox()}. */
    Installation withFaults(Consumer<Faults> planned) {
        if (setUp != null) {
            throw new IllegalStateException("The sandbox has started already");
        }
        faults = planned;
        return this;
    }

    /** With amoCRM's real rate limit and the product's real pauses. */
    Installation atRealPace() {
        variables.remove("RATE_LIMIT_REQUESTS");
        variables.remove("AMOCRM_RETRY_DELAY_MS");
        return withSandbox(sandbox -> sandbox.withRate(SandboxOptions.standard().rate()));
    }

    /** With an OAuth integration that is not authorised yet, instead of the long-lived token. */
    Installation withOAuth() {
        return with("AMOCRM_ACCESS_TOKEN", "")
                .with("AMOCRM_CLIENT_ID", TokenDesk.CLIENT_ID)
                .with("AMOCRM_CLIENT_SECRET", TokenDesk.CLIENT_SECRET)
                .with("AMOCRM_REDIRECT_URI", TokenDesk.REDIRECT_URI);
    }

    /** Beside a server that speaks SQL Server's protocol before the clinic, which must be one of H2. */
    TdsServer behindSqlServer() {
        Assumptions.assumeTrue(clinic().isH2());
        sqlServer = new TdsServer(clinic().jdbcUrl(), clinic().reader(), clinic().readerPassword(), null);
        with(
                "IDENT_JDBC_URL",
                SqlServerUrl.of("127.0.0.1", sqlServer.port(), "IDENT", null, false, true)
                        .replace("socketTimeout=120000", "socketTimeout=1000")
                        .replace("loginTimeout=15", "loginTimeout=5"));
        return sqlServer;
    }

    /** With the management port of a service, on a port that nobody listens on. */
    Installation withManagementPort() {
        try {
            return with("MANAGEMENT_PORT", Integer.toString(EmbeddedRedis.freePort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With receptions every second instead of every minute; patients and deep runs at no hour at which a test may happen to run. */
    Installation asService() {
        mode = StartOptions.Mode.SERVICE;
        return with("RECEPTIONS_CRON", "* * * * * ?")
                .with("PATIENTS_CRON", NEVER)
                .with("DEEP_CRON", NEVER);
    }

    /** Where a person types commands to this installation. */
    Terminal terminal() {
        return new Terminal(this::variables);
    }

    CamelRuntime runtime() {
        if (runtime == null) {
            runtime = anotherProcess();
        }
        return runtime;
    }

    /** The product once more beside the first, as another process would be; the caller closes it. */
    CamelRuntime anotherProcess() {
        return CamelRuntime.start(
                new StartOptions(config, routes, variables(), mode, clock).in(timing, UnaryOperator.identity()));
    }

    /** The product in a real process of its own, which is ended with the installation; its output is thrown away. */
    Process process(Path directory, String... arguments) throws IOException {
        return process(directory, null, arguments);
    }

    /** The same; what it says on standard error goes to a file. */
    Process process(Path directory, Path errors, String... arguments) throws IOException {
        Process process = ProductProcess.start(directory, errors, variables(), arguments);
        processes.add(process);
        return process;
    }

    /** The lock of a kind of run, such as {@code receptions-full}, as another process would take it. */
    RunLock lockOfAnotherProcess(String kind) {
        return new RunLock(
                new Scripts(runtime().redis(), Timing.REAL),
                runtime().keys(),
                kind,
                "another process",
                new Lease(Duration.ofMinutes(1), Duration.ofSeconds(30)));
    }

    /** As the schedule does it: a short run that fails is followed by the next one, of a new process. */
    void untilDone() {
        for (int run = 0; run < MOST_RUNS; run++) {
            try {
                incremental();
                return;
            } catch (RuntimeException e) {
                restart();
            }
        }
        throw new AssertionError("Not done after " + MOST_RUNS + " runs");
    }

    /** As a process that was ended and started again. */
    void restart() {
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
    }

    /** With a deal field in which the product keeps what Redis may lose. */
    Installation withSyncState() {
        account().putField(true, SYNC_STATE, "Состояние", FieldType.TEXT);
        return with("AMOCRM_DEAL_FIELD_SYNC_STATE", Long.toString(SYNC_STATE));
    }

    /** Redis is emptied, and the product started again. */
    void loseRedis() {
        runtime().redis().getKeys().flushdb();
        restart();
    }

    RunReport full() {
        return runtime().receptions(RunRequest.full());
    }

    /** All receptions, after amoCRM was listed from end to end. */
    RunReport deep() {
        return runtime().receptions(RunRequest.deep());
    }

    RunReport incremental() {
        return runtime().receptions(RunRequest.incremental());
    }

    RunReport one(long reception) {
        return runtime().receptions(RunRequest.one(reception));
    }

    EmbeddedSetUp setUp() {
        if (setUp == null) {
            setUp = new EmbeddedSetUp(makeClinic.get(), sandboxOptions);
            faults.accept(setUp.sandbox().faults());
            setUp.variables().forEach(variables::putIfAbsent);
        }
        return setUp;
    }

    SampleClinic clinic() {
        return setUp().clinic();
    }

    ClinicStaff staff() {
        return clinic().staff();
    }

    AmoSandbox sandbox() {
        return setUp().sandbox();
    }

    SandboxAccount account() {
        return sandbox().account();
    }

    /** The variables that lead the product here; what the caller changes in them holds from its next start on. */
    Map<String, String> variables() {
        setUp();
        return variables;
    }

    EmbeddedRedis redis() {
        return setUp().redis();
    }

    int redisPort() {
        return setUp().redisPort();
    }

    /** A patient with a phone and a running number, which IDENT gives itself. */
    long patient(String phone) {
        return staff().newPatient("Образцов", "Пётр", "Иванович", phone, NOW.minusDays(2));
    }

    /** A visit tomorrow. */
    long booked(long patient) {
        return staff().book(patient, NOW.plusDays(1), NOW.minusDays(1));
    }

    String numberOf(long patient) {
        return Long.toString(
                clinic().count("SELECT CAST(PatientNumber AS BIGINT) FROM dbo.Patients WHERE ID_Persons = ?", patient));
    }

    /** The only deal that holds the reception. */
    EntityView dealOf(long reception) {
        List<EntityView> deals = dealsOf(reception);
        if (deals.size() != 1) {
            throw new AssertionError(deals.size() + " deals hold reception " + reception);
        }
        return deals.get(0);
    }

    List<EntityView> dealsOf(long reception) {
        return account().leads().stream()
                .filter(lead -> Long.toString(reception).equals(lead.fields().get(RECEPTION_ID)))
                .toList();
    }

    List<EntityView> contactsOf(long patient) {
        return account().contacts().stream()
                .filter(contact ->
                        Long.toString(patient).equals(contact.fields().get(PATIENT_ID)))
                .toList();
    }

    /** Called for an installation in a static field only. */
    @Override
    public void beforeAll(ExtensionContext context) {
        ofAllTests = true;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (!ofAllTests) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        try {
            restart();
        } finally {
            if (sqlServer != null) {
                sqlServer.close();
            }
            if (setUp != null) {
                setUp.close();
            }
        }
    }
}
