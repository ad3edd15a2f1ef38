package io.identamocrm.endtoend;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicStaff;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.SandboxOptions;
import io.identamocrm.sandbox.TokenDesk;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The whole product beside a sample clinic, a real Redis and the sandbox: started on first use, so that a test can set it up before. */
final class Installation implements AutoCloseable {

    /** The clinic's present; the zone is the process's, as that is H2's clock. */
    static final LocalDateTime NOW = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS);
    static final long RECEPTION_ID = 26;
    static final long PATIENT_NUMBER = 17;
    static final long PHONE = 2;
    static final long PATIENT_ID = 25;

    private final EmbeddedSetUp setUp;
    private Path routes = Path.of("routes");
    private Path config = Path.of("config");
    private StartOptions.Mode mode = StartOptions.Mode.RUNS;
    private Clock clock = Clock.systemUTC();
    private CamelRuntime runtime;

    Installation(SampleClinic clinic, SandboxOptions sandbox) {
        setUp = new EmbeddedSetUp(clinic, sandbox);
        with("TIMEZONE", ZoneId.systemDefault().getId()).with("AMOCRM_UNCLEAR_WINDOW_MS", "300")
                .with("MANAGEMENT_PORT", "0");
    }

    /** An empty clinic, an empty account, no rate limit. */
    static Installation empty() {
        return new Installation(SampleClinic.inMemory(), SandboxOptions.standard().unlimited()).with("RATE_LIMIT_REQUESTS", "0")
                .with("AMOCRM_RETRY_DELAY_MS", "1");
    }

    Installation with(String variable, String value) {
        setUp.variables().put(variable, value);
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

    /** With an OAuth integration that is not authorised yet, instead of the long-lived token. */
    Installation withOAuth() {
        return with("AMOCRM_ACCESS_TOKEN", "").with("AMOCRM_CLIENT_ID", TokenDesk.CLIENT_ID)
                .with("AMOCRM_CLIENT_SECRET", TokenDesk.CLIENT_SECRET).with("AMOCRM_REDIRECT_URI", TokenDesk.REDIRECT_URI);
    }

    /** With its schedules, every second instead of every minute. */
    Installation asService() {
        mode = StartOptions.Mode.SERVICE;
        return with("RECEPTIONS_CRON", "* * * * * ?");
    }

    CamelRuntime runtime() {
        if (runtime == null) {
            runtime = anotherProcess();
        }
        return runtime;
    }

    /** The product once more beside the first, as another process would be; the caller closes it. */
    CamelRuntime anotherProcess() {
        return CamelRuntime.start(new StartOptions(config, routes, setUp.variables(), mode, clock));
    }

    /** As a process that was ended and started again. */
    void restart() {
        if (runtime != null) {
            runtime.close();
            runtime = null;
        }
    }

    RunReport full() {
        return runtime().receptions(RunRequest.full());
    }

    RunReport incremental() {
        return runtime().receptions(RunRequest.incremental());
    }

    RunReport one(long reception) {
        return runtime().receptions(RunRequest.one(reception));
    }

    EmbeddedSetUp setUp() {
        return setUp;
    }

    SampleClinic clinic() {
        return setUp.clinic();
    }

    ClinicStaff staff() {
        return setUp.clinic().staff();
    }

    AmoSandbox sandbox() {
        return setUp.sandbox();
    }

    SandboxAccount account() {
        return setUp.sandbox().account();
    }

    Map<String, String> variables() {
        return setUp.variables();
    }

    EmbeddedRedis redis() {
        return setUp.redis();
    }

    int redisPort() {
        return setUp.redisPort();
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
        return Long.toString(clinic().count("SELECT CAST(PatientNumber AS BIGINT) FROM dbo.Patients WHERE ID_Persons = ?", patient));
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
        return account().leads().stream().filter(lead -> Long.toString(reception).equals(lead.fields().get(RECEPTION_ID))).toList();
    }

    List<EntityView> contactsOf(long patient) {
        return account().contacts().stream().filter(contact -> Long.toString(patient).equals(contact.fields().get(PATIENT_ID))).toList();
    }

    @Override
    public void close() throws IOException {
        restart();
        setUp.close();
    }
}
