package io.identamocrm.ops;

import com.zaxxer.hikari.HikariDataSource;
import io.identamocrm.amocrm.AccountRateLimit;
import io.identamocrm.amocrm.AccountTokens;
import io.identamocrm.amocrm.AmocrmBreaker;
import io.identamocrm.amocrm.AmocrmDoor;
import io.identamocrm.amocrm.AmocrmHeaderFilter;
import io.identamocrm.amocrm.TokenSeal;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.mirror.KeyedFingerprint;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.Intents;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.RunHistory;
import io.identamocrm.state.SentStatuses;
import io.identamocrm.sync.AccountSetup;
import io.identamocrm.sync.AccountZones;
import io.identamocrm.sync.Conversations;
import io.identamocrm.sync.Deliveries;
import io.identamocrm.sync.FailedAttempts;
import io.identamocrm.sync.MirrorRefreshes;
import io.identamocrm.sync.ReceptionChunks;
import io.identamocrm.sync.PatientChunks;
import io.identamocrm.sync.Reconciliation;
import io.identamocrm.sync.Reconciliations;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.Runs;
import io.identamocrm.sync.SyncOutcome;
import io.identamocrm.sync.SyncOutcomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/** The product at work: Camel with the routes of the routes directory, and the beans they name, made from the settings. */
public final class CamelRuntime implements AutoCloseable {

    private static final int NO_LIMIT = 1_000_000;

    /** How much of the product is started. */
    public enum Mode {
        /** Only what is kept in Redis: statistics, dead letters. */
        STATE,
        /** The routes, to be called by a command. */
        RUNS,
        /** The routes with their schedules. */
        SERVICE
    }

    /**
     * What to start.
     *
     * @param config    directory of {@code application.properties} and {@code sql/}
     * @param routes    directory of the routes
     * @param variables environment variables, which the settings' placeholders take
     * @param mode      how much of the product
     * @param clock     the present; tests bring their own
     */
    public record Options(Path config, Path routes, Map<String, String> variables, Mode mode, Clock clock) {

        public Options {
            config = config.toAbsolutePath().normalize();
            routes = routes.toAbsolutePath().normalize();
            variables = Map.copyOf(variables);
        }
    }

    private final Main main = new Main() {
        @Override
        protected CamelContext createCamelContext() {
            CamelContext context = super.createCamelContext();
            propertiesOf(context);
            return context;
        }
    };
    private final Options options;
    private Settings settings;
    private HikariDataSource ident;
    private RedissonClient redis;
    private ProducerTemplate template;
    private RedisKeys keys;
    private RunHistory history;

    private CamelRuntime(Options options) {
        this.options = options;
    }

    /**
     * Starts everything.
     *
     * @throws InvalidSettingsException if settings are wrong; names all of them
     * @throws BrokenFileException      if a route or SQL file cannot be used; names file and line
     */
    public static CamelRuntime start(Options options) {
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
    public static Settings settings(Options options) {
        Path file = options.config().resolve("application.properties");
        requireFile(file, "--config");
        PropertiesComponent properties = propertiesOf(new DefaultCamelContext());
        Properties variables = new Properties();
        variables.putAll(options.variables());
        properties.setOverrideProperties(variables);
        properties.setLocation("file:" + file);
        properties.build();
        return SettingsReader.read(name -> properties.resolveProperty(name).orElse(null));
    }

    private static PropertiesComponent propertiesOf(CamelContext context) {
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        // Properties files are Latin-1 by Java's tradition; engineers' editors write UTF-8.
        properties.setEncoding("UTF-8");
        // The variables come with the options: the demo must never see a real clinic's environment.
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        return properties;
    }

    private void start() {
        requireFile(options.config().resolve("application.properties"), "--config");
        if (options.mode() != Mode.STATE) {
            RouteFiles.requireSome(options.routes());
            main.configure().withRoutesIncludePattern("file:" + options.routes() + "/*.camel.yaml");
        }
        Properties variables = new Properties();
        variables.putAll(options.variables());
        main.setOverrideProperties(variables);
        main.setPropertyPlaceholderLocations("file:" + options.config().resolve("application.properties"));
        // The summary would print the variables, secrets among them.
        main.configure().withAutoConfigurationLogSummary(false);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                bindBeans(starting.getCamelContext());
            }
        });
        main.start();
        template = main.getCamelContext().createProducerTemplate();
    }

    private static void requireFile(Path file, String option) {
        if (!Files.isReadable(file)) {
            throw new BrokenFileException(file + " is missing or not readable: start in the product's directory, or name the directory with "
                    + option);
        }
    }

    private void bindBeans(CamelContext context) {
        settings = SettingsReader.read(name -> context.getPropertiesComponent().resolveProperty(name).orElse(null));
        Properties derived = main.getOverrideProperties();
        derived.setProperty("config.dir", options.config().toString());
        derived.setProperty("schedules.enabled", Boolean.toString(options.mode() == Mode.SERVICE));
        derived.setProperty("amocrm.endpoint", settings.amocrm().baseUrl());
        derived.setProperty("rate-limit.throttle-milliseconds",
                Long.toString(settings.amocrm().period().plus(settings.amocrm().margin()).toMillis()));
        derived.setProperty("rate-limit.throttle-requests",
                Integer.toString(settings.amocrm().requests() == 0 ? NO_LIMIT : settings.amocrm().requests()));

        Clock clock = options.clock();
        keys = new RedisKeys(settings.amocrm().account());
        redis = connectRedis(settings.redis());
        ident = IdentConnection.open(settings.ident());
        IdentSql sql = new IdentSql(options.config().resolve("sql"), ident);
        Path sqlFiles = options.config().resolve("sql");
        if (options.mode() != Mode.STATE && SqlFiles.check(sqlFiles, ident, sql) && options.mode() == Mode.SERVICE) {
            IdentProbe.tell(ident, sql, sqlFiles, settings.zone(), options.clock());
        }
        KeyedFingerprint print = new KeyedFingerprint(settings.printKey(), settings.amocrm().account());
        Settings.Amocrm amocrm = settings.amocrm();
        AccountTokens tokens = new AccountTokens(redis, keys.of("tokens"), new TokenSeal(amocrm.sealKey(), amocrm.account()),
                amocrm.integration(), clock);
        AmocrmDoor door = new AmocrmDoor(tokens, new AccountRateLimit(redis, keys.of("rate-limit"), amocrm.requests(), amocrm.period(),
                amocrm.margin(), amocrm.retryDelay()), clock);
        AccountSetup account = new AccountSetup(settings.mapping(), settings.policy(), settings.zone(), print,
                redis.getBucket(keys.of("account-setup"), StringCodec.INSTANCE));
        Mirror mirror = new Mirror(redis, keys::of, settings.policy()::isOurs);
        history = new RunHistory(redis, keys);

        Registry registry = context.getRegistry();
        registry.bind("ident", ident);
        registry.bind("runs", new Runs(redis, keys, mirror, account, print, clock, door::requests, settings.batchSize(),
                settings.horizon(), amocrm.unclearWindow()));
        registry.bind("receptionChunks", new ReceptionChunks(print));
        registry.bind("identSql", sql);
        registry.bind("accountZones", new AccountZones(clock.withZone(settings.zone())));
        registry.bind("syncOutcomes", new SyncOutcomes(history, clock));
        registry.bind("reconciliations", new Reconciliations(mirror, settings.policy(), account,
                settings.moveVanished(), settings.batchSize()));
        registry.bind("patientChunks", new PatientChunks(print));
        registry.bind("deliveries", new Deliveries(mirror, new SentStatuses(redis, keys), account, print, clock.withZone(settings.zone())));
        registry.bind("accountSetup", account);
        registry.bind("mirrorRefreshes", new MirrorRefreshes(mirror, account, new Intents(redis, keys), amocrm.unclearWindow()));
        registry.bind("conversations", new Conversations());
        registry.bind("amocrmDoor", door);
        registry.bind("accountTokens", tokens);
        registry.bind("amocrmBreaker", AmocrmBreaker.after(amocrm.breakerPause(), clock));
        registry.bind("amocrmHeaderFilter", new AmocrmHeaderFilter());
        registry.bind("failedAttempts", new FailedAttempts());
        registry.bind("runFailures", new RunFailures());
    }

    private static RedissonClient connectRedis(Settings.Redis redis) {
        Config config = new Config();
        config.setThreads(2).setNettyThreads(2).setLockWatchdogTimeout(redis.lockTime().toMillis());
        SingleServerConfig server = config.useSingleServer().setAddress(redis.address()).setDatabase(redis.database())
                .setConnectionPoolSize(4).setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(2).setSubscriptionConnectionMinimumIdleSize(1)
                .setTimeout(5000).setRetryAttempts(2);
        if (redis.password() != null) {
            server.setPassword(redis.password());
        }
        if (redis.username() != null) {
            server.setUsername(redis.username());
        }
        return Redisson.create(config);
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

    private <T> T request(String route, Object body, Class<T> type) {
        try {
            return template.requestBody(route, body, type);
        } catch (CamelExecutionException e) {
            throw Problem.of(e).cause() instanceof RuntimeException reason ? reason : e;
        }
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
