package io.identamocrm.app;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.account.AccountZones;
import io.identamocrm.amocrm.AccountRateLimit;
import io.identamocrm.amocrm.AccountTokens;
import io.identamocrm.amocrm.AmocrmBreaker;
import io.identamocrm.amocrm.AmocrmClient;
import io.identamocrm.amocrm.AmocrmHeaderFilter;
import io.identamocrm.amocrm.RequestListener;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.TokenSeal;
import io.identamocrm.checks.IdentConnection;
import io.identamocrm.checks.IdentProbe;
import io.identamocrm.checks.RedisConnection;
import io.identamocrm.checks.SqlFiles;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.mirror.KeyedFingerprint;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Status;
import io.identamocrm.ops.HealthMonitor;
import io.identamocrm.ops.ManagementPort;
import io.identamocrm.ops.Operations;
import io.identamocrm.ops.Readiness;
import io.identamocrm.ops.RecentDecisions;
import io.identamocrm.ops.RunFailures;
import io.identamocrm.ops.ServiceMetrics;
import io.identamocrm.ops.Statistics;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.IdentErrors;
import io.identamocrm.problems.InvalidSettingsException;
import io.identamocrm.problems.Problem;
import io.identamocrm.reconcile.Reconciliation;
import io.identamocrm.reconcile.Reconciliations;
import io.identamocrm.reconcile.SyncOutcome;
import io.identamocrm.reconcile.SyncOutcomes;
import io.identamocrm.rules.BranchFilter;
import io.identamocrm.rules.BrokenRule;
import io.identamocrm.rules.ContactChoice;
import io.identamocrm.rules.ContactDifference;
import io.identamocrm.rules.DealByPatientNumber;
import io.identamocrm.rules.DealByPhone;
import io.identamocrm.rules.DealByReceptionId;
import io.identamocrm.rules.DealDifference;
import io.identamocrm.rules.FactsCheck;
import io.identamocrm.rules.FinishedBusiness;
import io.identamocrm.rules.FunnelRule;
import io.identamocrm.rules.OffVisit;
import io.identamocrm.rules.PatientOutcome;
import io.identamocrm.rules.ReceptionOutcome;
import io.identamocrm.rules.StageRule;
import io.identamocrm.rules.StatusRule;
import io.identamocrm.settings.EnvFile;
import io.identamocrm.settings.RouteFiles;
import io.identamocrm.settings.SettingProblem;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.settings.StartOptions.Mode;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.Intents;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.RunHistory;
import io.identamocrm.state.SchedulePause;
import io.identamocrm.state.SentStatuses;
import io.identamocrm.sync.Conversations;
import io.identamocrm.sync.Deliveries;
import io.identamocrm.sync.FailedAttempts;
import io.identamocrm.sync.MirrorRefreshes;
import io.identamocrm.sync.PatientChunks;
import io.identamocrm.sync.ReceptionChunks;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunListener;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.Runs;
import io.identamocrm.sync.SyncCases;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spi.Registry;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The product at work: Camel with the routes of the routes directory, and the beans they name, made from the settings. */
public final class CamelRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CamelRuntime.class);
    // Camel keeps an object for each request that a throttle lets through in its period, so the period of no limit is short.
    private static final int UNLIMITED_MILLISECONDS = 100;
    private static final int UNLIMITED_REQUESTS = 10_000;
    /** Requests' worth of receptions or patients read at a time: fewer statements at IDENT and round trips to Redis than one by one. */
    private static final int BATCHES_OF_A_CHUNK = 4;
    private static final int LARGEST_CHUNK = 250;

    private final Main main = new Main() {
        @Override
        protected CamelContext createCamelContext() {
            CamelContext context = super.createCamelContext();
            SettingsCheck.prepare((PropertiesComponent) context.getPropertiesComponent());
            return context;
        }
    };
    private final StartOptions options;
    private Settings settings;
    private HikariDataSource ident;
    private RedissonClient redis;
    private ProducerTemplate template;
    private RedisKeys keys;
    private RunHistory history;
    private ManagementPort port;
    private RecentDecisions decisions;
    private AmocrmClient door;
    private Runs runs;
    private Mirror mirror;

    private CamelRuntime(StartOptions options) {
        this.options = options;
    }

    /**
     * Starts everything.
     *
     * @throws InvalidSettingsException if settings are wrong; names all of them
     * @throws BrokenFileException      if a route or SQL file cannot be used; names file and line
     */
    public static CamelRuntime start(StartOptions options) {
        CamelRuntime runtime = new CamelRuntime(options);
        try {
            runtime.start();
            return runtime;
        } catch (RuntimeException e) {
            // A context that failed to start leaves threads behind that keep the process alive.
            runtime.close();
            throw RouteFiles.explain(e, options.routes());
        }
    }

    /**
     * Reads the settings and starts nothing.
     *
     * @param options the mode does not matter
     * @throws InvalidSettingsException if settings are wrong; names all of them
     * @throws BrokenFileException      if the file of the settings is missing
     */
    public static Settings settings(StartOptions options) {
        return SettingsCheck.of(options).without(problem -> true);
    }

    private void start() {
        SettingsCheck check = SettingsCheck.of(options);
        settings = check.without(problem -> options.mode() != Mode.FIELDS || isNeededForFields(problem));
        check.warnings().forEach(warning -> LOG.warn("{}", warning));
        if (options.mode() == Mode.STATE) {
            // Camel is not started: people wait for these commands.
            openState();
            return;
        }
        Properties variables = new Properties();
        variables.putAll(SettingsCheck.variables(options));
        RouteFiles.requireSome(options.routes());
        main.configure().withRoutesIncludePattern("file:" + options.routes() + "/*.camel.yaml");
        main.setOverrideProperties(variables);
        main.setPropertyPlaceholderLocations("file:" + options.config().resolve("application.properties"));
        // The summary would print the variables, secrets among them.
        main.configure().withAutoConfigurationLogSummary(false);
        // What a broken rule failed with is the case as it entered its route (useOriginalBody in decide.camel.yaml).
        main.configure().withAllowUseOriginalMessage(true);
        // Hawtio looks at the service; a command is gone before anybody could.
        main.configure().withJmxEnabled(options.mode() == Mode.SERVICE);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                bindBeans(starting.getCamelContext());
            }

            @Override
            public void afterConfigure(BaseMainSupport starting) {
                if (port != null) {
                    port.protect(starting.getCamelContext());
                }
            }
        });
        main.start();
        template = main.getCamelContext().createProducerTemplate();
        if (options.mode() == Mode.SERVICE) {
            offerOperations();
        }
    }

    /** The MBean that Hawtio shows beside Camel's own. */
    private void offerOperations() {
        ManagementAgent agent = main.getCamelContext().getManagementStrategy().getManagementAgent();
        if (agent == null) {
            return;
        }
        try {
            agent.register(new Operations(template, this::deadLetters, new SchedulePause(redis, keys), this::statistics, decisions,
                    options.clock()), new ObjectName("io.identamocrm:type=Operations,name=" + ObjectName.quote(keys.account())), true);
        } catch (JMException e) {
            throw new IllegalStateException("The product's MBean cannot be registered", e);
        }
    }

    /** The figures of {@code stats}. */
    public Map<String, Object> statistics() {
        int deadLetters = Stream.of(Run.Kind.values()).mapToInt(kind -> deadLetters(kind).count()).sum();
        return Statistics.of(history, deadLetters, cursors(), options.clock().withZone(settings.zone()));
    }

    private boolean isLookAtAccount() {
        return options.mode() == Mode.ACCOUNT || options.mode() == Mode.FIELDS;
    }

    /** Fields are listed and made before their ids, and those of the pipelines, can be set. */
    private static boolean isNeededForFields(SettingProblem problem) {
        String property = String.valueOf(problem.property());
        return !property.startsWith("ident.")
                && !(problem.isMissing() && property.matches("amocrm\\.((deal|contact)-field\\..*|\\w+-pipeline-id)"));
    }

    private void openState() {
        keys = new RedisKeys(settings.amocrm().account());
        redis = RedisConnection.open(settings.redis());
        history = new RunHistory(redis, keys);
    }

    /** A service goes on without IDENT, and its runs ask again; who gave a command waits for an answer. */
    private void checkIdent(IdentSql sql, Path sqlFiles) {
        SqlFiles.requireAll(sqlFiles);
        try {
            // The pool would try for a quarter of a minute what the driver knows at once.
            IdentConnection.tryOnce(settings.ident());
            SqlFiles.check(sqlFiles, ident, sql);
            if (options.mode() == Mode.SERVICE) {
                IdentProbe.tell(ident, sql, sqlFiles, settings.zone(), options.clock());
            }
        } catch (SQLException e) {
            if (options.mode() != Mode.SERVICE) {
                throw new RuntimeCamelException(e);
            }
            IdentErrors.Meaning meaning = IdentErrors.of(e);
            LOG.warn("IDENT is away: {} ({}); {}. So config/sql could not be checked; the runs will tell", meaning.text(),
                    IdentErrors.numbers(e), meaning.remedy());
        }
    }

    private void bindBeans(CamelContext context) {
        openState();
        Properties derived = main.getOverrideProperties();
        derived.setProperty("config.dir", options.config().toString());
        derived.setProperty("schedules.enabled", Boolean.toString(options.mode() == Mode.SERVICE));
        derived.setProperty("amocrm.endpoint", settings.amocrm().baseUrl());
        boolean unlimited = settings.amocrm().requests() == 0;
        derived.setProperty("rate-limit.throttle-milliseconds",
                Long.toString(unlimited ? UNLIMITED_MILLISECONDS : settings.amocrm().period().plus(settings.amocrm().margin()).toMillis()));
        derived.setProperty("rate-limit.throttle-requests",
                Integer.toString(unlimited ? UNLIMITED_REQUESTS : settings.amocrm().requests()));

        derived.setProperty("sync.chunk-size", Integer.toString(Math.min(LARGEST_CHUNK, settings.batchSize() * BATCHES_OF_A_CHUNK)));

        Clock clock = options.clock();
        RequestListener requestListener = RequestListener.NONE;
        RunListener runListener = RunListener.NONE;
        ServiceMetrics metrics = null;
        if (options.mode() == Mode.SERVICE) {
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            metrics = new ServiceMetrics(meters);
            decisions = new RecentDecisions(metrics, clock);
            requestListener = metrics;
            runListener = decisions;
            if (settings.management().port() > 0) {
                port = new ManagementPort(settings.management());
                port.configure(main.configure(), derived, meters, context);
            }
        }
        ident = IdentConnection.open(settings.ident());
        Path sqlFiles = options.config().resolve("sql");
        IdentSql sql = new IdentSql(sqlFiles, ident);
        if (isLookAtAccount()) {
            // A person waits to hear that amoCRM is away.
            derived.setProperty("amocrm.retry-delay", "1");
        }
        if (!isLookAtAccount()) {
            checkIdent(sql, sqlFiles);
        }
        KeyedFingerprint fingerprint = new KeyedFingerprint(settings.fingerprintKey(), settings.amocrm().account());
        Settings.Amocrm amocrm = settings.amocrm();
        AccountTokens tokens = new AccountTokens(redis, keys.of("tokens"), new TokenSeal(amocrm.sealKey(), amocrm.account()),
                amocrm.integration(), clock);
        door = new AmocrmClient(tokens, new AccountRateLimit(redis, keys.of("rate-limit"), amocrm.requests(), amocrm.period(),
                amocrm.margin(), amocrm.retryDelay()), clock, requestListener);
        AccountSetup account = new AccountSetup(settings.mapping(), settings.policy(), settings.zone(), fingerprint,
                redis.getBucket(keys.of("account-setup"), StringCodec.INSTANCE));
        mirror = new Mirror(redis, keys::of, settings.policy()::isOurs);

        Registry registry = context.getRegistry();
        registry.bind("ident", ident);
        runs = new Runs(redis, keys, mirror, account, fingerprint, clock, door::requests, settings.batchSize(), settings.horizon(),
                amocrm.unclearWindow(), runListener);
        registry.bind("runs", runs);
        registry.bind("receptionChunks", new ReceptionChunks(fingerprint));
        registry.bind("identSql", sql);
        registry.bind("accountZones", new AccountZones(clock.withZone(settings.zone())));
        registry.bind("syncOutcomes", new SyncOutcomes(history, clock));
        registry.bind("reconciliations", new Reconciliations(mirror, settings.policy(), account,
                settings.moveOrphaned(), settings.batchSize()));
        registry.bind("patientChunks", new PatientChunks(fingerprint));
        registry.bind("syncCases", new SyncCases(mirror, new SentStatuses(redis, keys), account, fingerprint,
                clock.withZone(settings.zone())));
        registry.bind("factsCheck", new FactsCheck());
        registry.bind("branchFilter", new BranchFilter());
        registry.bind("statusRule", new StatusRule());
        registry.bind("funnelRule", new FunnelRule());
        registry.bind("dealByReceptionId", new DealByReceptionId());
        registry.bind("finishedBusiness", new FinishedBusiness());
        registry.bind("offVisit", new OffVisit());
        registry.bind("dealByPatientNumber", new DealByPatientNumber());
        registry.bind("dealByPhone", new DealByPhone());
        registry.bind("contactChoice", new ContactChoice());
        registry.bind("stageRule", new StageRule());
        registry.bind("dealDifference", new DealDifference());
        registry.bind("contactDifference", new ContactDifference());
        registry.bind("receptionOutcome", new ReceptionOutcome());
        registry.bind("patientOutcome", new PatientOutcome());
        registry.bind("brokenRule", new BrokenRule());
        registry.bind("deliveries", new Deliveries());
        registry.bind("accountSetup", account);
        registry.bind("mirrorRefreshes", new MirrorRefreshes(mirror, account, new Intents(redis, keys), amocrm.unclearWindow()));
        registry.bind("conversations", new Conversations());
        registry.bind("amocrmClient", door);
        registry.bind("accountTokens", tokens);
        CircuitBreaker breaker = AmocrmBreaker.after(amocrm.breakerPause(), clock);
        registry.bind("amocrmBreaker", breaker);
        registry.bind("amocrmHeaderFilter", new AmocrmHeaderFilter());
        registry.bind("failedAttempts", new FailedAttempts());
        registry.bind("runFailures", new RunFailures(clock));
        registry.bind("schedulePause", new SchedulePause(redis, keys));
        if (options.mode() == Mode.SERVICE) {
            HealthMonitor signs = new HealthMonitor(ident, redis, keys, mirror, tokens,
                    () -> breaker.getState() == CircuitBreaker.State.OPEN, clock.withZone(settings.zone()));
            metrics.watch(signs);
            registry.bind("healthMonitor", signs);
            Readiness.checks(signs, settings.management().stale(), settings.management().mostDeadLetters())
                    .forEach(check -> registry.bind("readiness-" + check.getId(), check));
        }
    }

    /** Patients, then receptions, through the routes; a deep request also compares the two sides and adds that to the outcome. */
    public SyncOutcome everything(RunRequest request) {
        return request("direct:full-sync", request, SyncOutcome.class);
    }

    /** Compares amoCRM with IDENT without writing. */
    public Reconciliation reconcile() {
        return request("direct:reconcile-alone", RunRequest.full().asDryRun(), Reconciliation.class);
    }

    /** One run of patients through the routes, as the schedule does it; throws the exception that tells the reason. */
    public RunReport patients(RunRequest request) {
        return request("direct:patient-sync", request, RunReport.class);
    }

    /** One reception run through the routes, as the schedule does it; throws the exception that tells the reason. */
    public RunReport receptions(RunRequest request) {
        return request("direct:reception-sync", request, RunReport.class);
    }

    /**
     * Exchanges an authorisation code for the account's first tokens, and stores them.
     *
     * @param code as amoCRM shows it to the account's owner
     */
    public void authorise(String code) {
        request("direct:amocrm-authorize", code, Object.class);
    }

    /**
     * Carries out a conversation with amoCRM, through the one door.
     *
     * @return the conversation, at its end
     * @throws io.identamocrm.amocrm.AmocrmException if amoCRM refuses or is away
     */
    public <C extends RequestSequence> C ask(C conversation) {
        request("direct:ask-account", conversation, Object.class);
        return conversation;
    }

    /** The account's tokens. */
    AccountTokens tokens() {
        return main.getCamelContext().getRegistry().lookupByNameAndType("accountTokens", AccountTokens.class);
    }

    private <T> T request(String route, Object body, Class<T> type) {
        try {
            T answer = template.requestBody(route, body, type);
            if (body instanceof RunRequest run && run.dryRun()) {
                mirror.scratch(run.scratch()).clear();
            }
            return answer;
        } catch (CamelExecutionException e) {
            throw Problem.of(e).cause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /** The completed receptions of a patient, those behind the number that decides the funnel; oldest first. */
    public List<Long> completedReceptions(long patient) {
        List<Long> ids = new ArrayList<>();
        for (Object row : request("direct:completed-receptions-of-patient", patient, List.class)) {
            ids.add(((Number) ((Map<?, ?>) row).get("reception_id")).longValue());
        }
        return ids;
    }

    /** The status last sent for a reception, or null if none is remembered. */
    public Status lastSentStatus(long reception) {
        return new SentStatuses(redis, keys).of(List.of(reception)).get(reception);
    }

    /** What is known of the account's deals and contacts, as of the last run. */
    public Mirror mirror() {
        return mirror;
    }

    /** Lets runs under way end before their next chunk, with a {@link io.identamocrm.sync.RunStoppedException}. */
    public void stopSoon() {
        runs.stopSoon();
    }

    /** Requests made to amoCRM so far by this process. */
    public long requests() {
        return door.requests();
    }

    /** How long this process has waited for the account's pace so far. */
    public Duration waited() {
        return door.waited();
    }

    /** Waits until the process is told to stop; runs under way are let finish, for as long as the shutdown time-out allows. */
    public void awaitStop() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            close();
            stopped.countDown();
        }, "stop"));
        stopped.await();
    }

    /** Where health and metrics answer; empty if they are switched off or this is no service. */
    public Optional<String> managementAddress() {
        return port == null ? Optional.empty() : Optional.of("http://" + settings.management().host() + ":" + settings.management().port());
    }

    /** The settings in force. */
    public Settings settings() {
        return settings;
    }

    /** What failed in runs of a kind. */
    public DeadLetters deadLetters(Run.Kind kind) {
        return new DeadLetters(redis, keys, kind.key());
    }

    /** What the runs have done. */
    public RunHistory history() {
        return history;
    }

    /** How far the runs have come. */
    public Cursors cursors() {
        return new Cursors(redis, keys);
    }

    /** The Redis client, for health and tests. */
    public RedissonClient redis() {
        return redis;
    }

    /** The account's keys in Redis. */
    public RedisKeys keys() {
        return keys;
    }

    /** The Camel context, for tests and management. */
    public CamelContext camel() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
        if (ident != null) {
            ident.close();
        }
        if (redis != null && !redis.isShutdown()) {
            redis.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }
}
