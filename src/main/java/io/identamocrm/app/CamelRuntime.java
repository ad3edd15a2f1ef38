package io.identamocrm.app;

import io.identamocrm.amocrm.AccountTokens;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.checks.IdentAtStart;
import io.identamocrm.checks.OldTls;
import io.identamocrm.console.Product;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Status;
import io.identamocrm.ops.ManagementPort;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.InvalidSettingsException;
import io.identamocrm.problems.Problem;
import io.identamocrm.reconcile.Reconciliation;
import io.identamocrm.reconcile.SyncOutcome;
import io.identamocrm.settings.RouteFiles;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.settings.StartOptions.Mode;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.FollowUps;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.RunHistory;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The product at work: Camel with the routes of the routes directory, and the beans they name, made from the settings. */
public final class CamelRuntime implements Product, AutoCloseable {

    /** Of what a stop breaks off Camel tells in its own words; that it was broken off is no failure, and told by who asked for it. */
    private static final List<String> TELLING_OF_STOPS = List.of(
            "org.apache.camel.component.quartz.CamelJob", "org.apache.camel.impl.engine.DefaultShutdownStrategy");

    private static final Logger LOG = LoggerFactory.getLogger(CamelRuntime.class);
    /** What {@link #request} calls, and what a service lives by. */
    private static final Set<String> ENTRIES = Set.of(
            "amocrm-authorize",
            "ask-amocrm",
            "completed-receptions-of-patient",
            "full-sync",
            "patient-sync",
            "reception-sync",
            "reconcile-alone",
            "scheduled-run");

    private static final Set<String> ENTRIES_OF_ALERTS = Set.of("send-alert", "tell-alert");

    private static final long LONGEST_ANSWER_IN_MEMORY = 2_000_000;

    private final Main main = new Main() {
        @Override
        protected CamelContext createCamelContext() {
            CamelContext context = super.createCamelContext();
            SettingsCheck.prepare((PropertiesComponent) context.getPropertiesComponent());
            return context;
        }

        /** Reads every route file once more in search of what Camel K writes into them; ours are read as they are. */
        @Override
        protected void modelineRoutes(CamelContext context) {}
    };
    private final StartOptions options;
    private final Settings settings;
    private final AccountState state;
    private @Nullable ReadRoutesLoader routesLoader;
    private @Nullable ProductBeans beans;
    private @Nullable ManagementPort port;
    private @Nullable ProducerTemplate template;

    private CamelRuntime(StartOptions options) {
        this.options = options;
        SettingsCheck check = SettingsCheck.of(options);
        settings = check.require(options.mode());
        check.warnings().forEach(warning -> LOG.warn("{}", warning));
        OldTls.allow(settings.ident());
        if (options.mode() != Mode.STATE) {
            RouteFiles files = RouteFiles.of(options.routes());
            files.requireWhole(ENTRIES);
            if (settings.alerts().isOn()) {
                files.requireWhole(ENTRIES_OF_ALERTS);
            }
            routesLoader = new ReadRoutesLoader(files.documents());
        }
        state = new AccountState(
                settings,
                options.clock(),
                options.timing(),
                options.between(),
                options.mode() != Mode.STATE && !options.mode().isCheck());
    }

    /**
     * Starts everything.
     *
     * @throws InvalidSettingsException if settings are wrong; names all of them
     * @throws BrokenFileException      if a route or SQL file cannot be used; names file and line
     */
    public static CamelRuntime start(StartOptions options) {
        CamelRuntime runtime = null;
        try {
            LogTrouble.tell();
            runtime = new CamelRuntime(options);
            runtime.start();
            return runtime;
        } catch (RuntimeException e) {
            // A context that failed to start leaves threads behind that keep the process alive.
            if (runtime != null) {
                runtime.close();
            }
            throw RouteFiles.explain(e, options.routes());
        }
    }

    private void start() {
        if (options.mode() == Mode.STATE) {
            // Camel is not started: people wait for these commands.
            return;
        }
        boolean service = options.mode() == Mode.SERVICE;
        ProductBeans beans = options.mode().hasSchedules()
                ? new ServiceBeans(options, settings, state, this)
                : new ProductBeans(options, settings, state);
        this.beans = beans;
        Properties properties = new Properties();
        properties.putAll(SettingsCheck.variables(options));
        properties.putAll(DerivedSettings.of(settings, options));
        if (service && settings.management().port() > 0) {
            port = new ManagementPort(settings.management(), options.timing());
            port.configure(main.configure(), properties);
        }
        if (!options.mode().isOnlyAboutAccount()) {
            IdentAtStart.check(options, settings, beans.identForRoutes(), beans.identSql());
        }
        configure(properties);
        main.start();
        if (port != null) {
            port.tellProblems(main.getCamelContext());
        }
        template = main.getCamelContext().createProducerTemplate();
        if (service && beans instanceof ServiceBeans ofService) {
            ofService
                    .operations(main.getCamelContext())
                    .register(main.getCamelContext(), state.keys().account());
        }
    }

    private ProductBeans beans() {
        return started(beans);
    }

    private <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("Camel is not started for " + options.mode());
        }
        return part;
    }

    private void configure(Properties properties) {
        // Its hook and ours would wait for each other; who starts this runtime also closes it.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.configure().withRoutesIncludePattern("file:" + options.routes() + "/*.camel.yaml");
        main.setOverrideProperties(properties);
        main.setPropertyPlaceholderLocations("file:" + options.config().resolve("application.properties"));
        if (options.mode() != Mode.SERVICE) {
            // Made, to see whether they can be, and not begun.
            main.configure().withAutoStartupExcludePattern("quartz:*,timer:*,seda:*");
        }
        // The summary would print the variables, secrets among them.
        main.configure().withAutoConfigurationLogSummary(false);
        // What a broken rule failed with is the case as it entered its route (useOriginalBody in decide.camel.yaml).
        main.configure().withAllowUseOriginalMessage(true);
        // A page of very long texts goes to the disk and not to the heap, and is unreadable there: it may be about
        // patients.
        main.configure()
                .withStreamCachingSpoolEnabled(true)
                .withStreamCachingSpoolThreshold(LONGEST_ANSWER_IN_MEMORY)
                .withStreamCachingSpoolCipher("AES/CTR/NoPadding")
                // Camel's own directory belongs to the user who came first, and stays.
                .withStreamCachingSpoolDirectory(
                        Path.of(System.getProperty("java.io.tmpdir"), "ident-amocrm-pages-#uuid#")
                                .toString());
        // What an engineer's log step says is the product's, at its level; Camel's own name for it would be lost below
        // the root's.
        main.configure().withLogName("io.identamocrm.routes.${routeId}");
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
    }

    /** Camel's own time for beans (configuration classes) is too late: it looks for health checks and the registry of metrics before. */
    private void bindBeans(CamelContext context) {
        try {
            started(routesLoader).bind(context);
            if (options.mode() == Mode.SERVICE) {
                context.getCamelContextExtension().setManagementMBeanAssembler(new KnownBeanInfos(context));
            }
            PluginHelper.getBeanPostProcessor(context).postProcessBeforeInitialization(new RuleBeans(), "rules");
            PluginHelper.getBeanPostProcessor(context).postProcessBeforeInitialization(beans, "beans");
            if (beans instanceof ServiceBeans ofService) {
                for (Object more : AlertBeans.of(options, settings, state, ofService.healthMonitor())) {
                    PluginHelper.getBeanPostProcessor(context).postProcessBeforeInitialization(more, "alerts");
                }
            }
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
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
    @Override
    public RunReport patients(RunRequest request) {
        return request("direct:patient-sync", request, RunReport.class);
    }

    /** One reception run through the routes, as the schedule does it; throws the exception that tells the reason. */
    @Override
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
     * Carries out a sequence of requests to amoCRM, through route {@code amocrm-api}.
     *
     * @return the sequence, at its end
     * @throws io.identamocrm.amocrm.AmocrmException if amoCRM refuses or is away
     */
    public <C extends RequestSequence> C ask(C sequence) {
        request("direct:ask-amocrm", sequence, Object.class);
        return sequence;
    }

    /** The account's tokens. */
    AccountTokens tokens() {
        return beans().accountTokens();
    }

    private <T> T request(String route, Object body, Class<T> type) {
        try {
            T answer = started(template).requestBody(route, body, type);
            if (body instanceof RunRequest run && run.dryRun()) {
                beans().mirror().scratch(run.scratch()).drop();
            }
            return answer;
        } catch (CamelExecutionException e) {
            throw Problem.of(e).cause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /** The completed receptions of a patient, those behind the number that decides the funnel; oldest first. */
    @Override
    public List<Long> completedReceptions(long patient) {
        List<Long> ids = new ArrayList<>();
        for (Object row : request("direct:completed-receptions-of-patient", patient, List.class)) {
            Object id = Objects.requireNonNull(((Map<?, ?>) row).get("reception_id"), "a reception without an id");
            ids.add(((Number) id).longValue());
        }
        return ids;
    }

    /** The status last sent for a reception, or null if none is remembered. */
    @Override
    public @Nullable Status lastSentStatus(long reception) {
        Delivered delivered = remembered(List.of(reception)).get(reception);
        return delivered == null ? null : delivered.status();
    }

    @Override
    public List<FollowUps.Recorded> followUps(long reception) {
        return state.followUps().of(reception);
    }

    @Override
    public Map<Long, Delivered> remembered(Collection<Long> receptions) {
        return state.memory().receptions(receptions);
    }

    /** What is known of the account's deals and contacts, as of the last run. */
    @Override
    public Mirror mirror() {
        return beans().mirror();
    }

    /** Lets runs under way end after their present chunk, with a {@link io.identamocrm.sync.RunStoppedException}. */
    public void stopSoon() {
        TELLING_OF_STOPS.forEach(logger -> Configurator.setLevel(logger, Level.OFF));
        beans().chunks().stopSoon();
    }

    /** Requests made to amoCRM so far by this process. */
    public long requests() {
        return beans().amocrmClient().requests();
    }

    /** How long this process has waited for the account's rate limit so far. */
    public Duration waited() {
        return beans().amocrmClient().waited();
    }

    /** Where health and metrics answer; empty if they are switched off or this is no service. */
    public Optional<String> managementAddress() {
        return port == null
                ? Optional.empty()
                : Optional.of("http://" + settings.management().host() + ":"
                        + settings.management().port());
    }

    /** The settings in force. */
    @Override
    public Settings settings() {
        return settings;
    }

    /** What failed in runs of a kind. */
    @Override
    public DeadLetters deadLetters(Run.Kind kind) {
        return state.deadLetters(kind);
    }

    /** Writes that stopped because far too many were due. */
    public BrakeStates brakes() {
        return state.brakes();
    }

    /** What the runs have done. */
    @Override
    public RunHistory history() {
        return state.history();
    }

    /** The figures of {@code stats}. */
    @Override
    public Map<String, Object> statistics() {
        return state.statistics();
    }

    /** How far the runs have come. */
    public Cursors cursors() {
        return state.cursors();
    }

    /** The Redis client, for health and tests. */
    public RedissonClient redis() {
        return state.redis();
    }

    /** The account's keys in Redis. */
    public RedisKeys keys() {
        return state.keys();
    }

    /** The Camel context, for tests and management. */
    public CamelContext camel() {
        return main.getCamelContext();
    }

    @Override
    public void close() {
        main.stop();
        if (beans != null) {
            beans.close();
        }
        state.close();
    }
}
