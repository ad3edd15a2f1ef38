package io.identamocrm.app;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.amocrm.RequestListener;
import io.identamocrm.console.ConsoleChecks;
import io.identamocrm.console.ConsoleDeadLetters;
import io.identamocrm.console.ConsoleHeaders;
import io.identamocrm.console.ConsolePage;
import io.identamocrm.console.ConsoleProblems;
import io.identamocrm.console.ConsoleRuns;
import io.identamocrm.console.ConsoleState;
import io.identamocrm.console.ConsoleStories;
import io.identamocrm.console.OpenApi;
import io.identamocrm.console.Product;
import io.identamocrm.ops.HealthMonitor;
import io.identamocrm.ops.Operations;
import io.identamocrm.ops.Readiness;
import io.identamocrm.ops.RecentDecisions;
import io.identamocrm.ops.RunProgress;
import io.identamocrm.ops.ServiceMetrics;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.sync.RunListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import java.util.List;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;

/** What the service has beside the {@link ProductBeans}: health, metrics and what operators ask for. */
public final class ServiceBeans extends ProductBeans {

    private static final int HTTP_THREADS = 8;

    private final StartOptions options;
    private final Product product;

    /**
     * The beans of one service.
     *
     * @param product what the console asks
     */
    ServiceBeans(StartOptions options, Settings settings, AccountState state, Product product) {
        super(options, settings, state);
        this.options = options;
        this.product = product;
    }

    /** Where Camel's figures and ours are counted; Camel knows it by this name. */
    @BindToRegistry
    public PrometheusMeterRegistry metricsRegistry() {
        return once(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    /** The health of the service. */
    @BindToRegistry
    public HealthMonitor healthMonitor() {
        return once(HealthMonitor.class, () -> {
            HealthMonitor monitor = new HealthMonitor(
                    () -> identForRoutes().getConnection().close(),
                    blockage(),
                    state().redis(),
                    state().keys(),
                    mirror(),
                    accountTokens(),
                    () -> amocrmBreaker().getState() == CircuitBreaker.State.OPEN,
                    clinicClock());
            serviceMetrics().watch(monitor);
            Settings.Management management = settings().management();
            serviceMetrics()
                    .limits(
                            management.stale(),
                            management.mostDeadLetters(),
                            settings().alerts().growth());
            return monitor;
        });
    }

    /** IDENT can be read. */
    @BindToRegistry
    public Readiness identReadiness() {
        return Readiness.ofIdent(healthMonitor());
    }

    /** Redis can be used. */
    @BindToRegistry
    public Readiness redisReadiness() {
        return Readiness.ofRedis(healthMonitor());
    }

    /** amoCRM accepts the tokens. */
    @BindToRegistry
    public Readiness authorisationReadiness() {
        return Readiness.ofAuthorisation(healthMonitor());
    }

    /** amoCRM is not left alone. */
    @BindToRegistry
    public Readiness amocrmReadiness() {
        return Readiness.ofAmocrm(healthMonitor());
    }

    /** Runs of receptions come to their end. */
    @BindToRegistry
    public Readiness receptionsReadiness() {
        return Readiness.ofReceptions(healthMonitor(), settings().management().stale());
    }

    /** There are no more dead letters than usual. */
    @BindToRegistry
    public Readiness deadLettersReadiness() {
        return Readiness.ofDeadLetters(healthMonitor(), settings().management().mostDeadLetters());
    }

    /** No writes have stopped because far too many were due. */
    @BindToRegistry
    public Readiness brakesReadiness() {
        return Readiness.ofBrakes(healthMonitor());
    }

    /** The MBean that Hawtio shows beside Camel's own. */
    @BindToRegistry
    public Operations operations(CamelContext context) {
        return once(
                Operations.class,
                () -> new Operations(
                        context.createProducerTemplate(),
                        state()::deadLetters,
                        state().schedulePause(),
                        state()::statistics,
                        recentDecisions(),
                        state().brakes(),
                        clock()));
    }

    /** How the service is, for the console. */
    @BindToRegistry
    public ConsoleState consoleState() {
        return new ConsoleState(
                healthMonitor(),
                List.of(
                        redisReadiness(),
                        identReadiness(),
                        authorisationReadiness(),
                        amocrmReadiness(),
                        receptionsReadiness(),
                        brakesReadiness(),
                        deadLettersReadiness()),
                runFailures(),
                settings(),
                Product.version());
    }

    /** Runs, for the console. */
    @BindToRegistry
    public ConsoleRuns consoleRuns(CamelContext context) {
        return new ConsoleRuns(product, runProgress(), state().hourCounts(), operations(context), clinicClock());
    }

    /** What did not arrive, for the console. */
    @BindToRegistry
    public ConsoleDeadLetters consoleDeadLetters() {
        return new ConsoleDeadLetters(product, clock());
    }

    /** The stories that the console tells. */
    @BindToRegistry
    public ConsoleStories consoleStories() {
        return new ConsoleStories(product);
    }

    /** The doctor, for the console. */
    @BindToRegistry
    public ConsoleChecks consoleChecks() {
        return new ConsoleChecks(() -> Doctor.findings(options.in(StartOptions.Mode.ACCOUNT)), clock());
    }

    /** What goes wrong at the console. */
    @BindToRegistry
    public ConsoleProblems consoleProblems() {
        return new ConsoleProblems();
    }

    /** The console's page. */
    @BindToRegistry
    public ConsolePage consolePage() {
        return new ConsolePage();
    }

    /** What the console's API says of itself. */
    @BindToRegistry
    public OpenApi openApi(CamelContext context) {
        return new OpenApi(context, Product.version());
    }

    /** What goes through between HTTP and the console. */
    @BindToRegistry
    public ConsoleHeaders consoleHeaders() {
        return new ConsoleHeaders();
    }

    /** Who reads at the console, however many, has few threads: runs are not to feel it. */
    @BindToRegistry
    public VertxOptions httpThreads() {
        return new VertxOptions().setWorkerPoolSize(HTTP_THREADS).setEventLoopPoolSize(1);
    }

    private ServiceMetrics serviceMetrics() {
        return once(ServiceMetrics.class, () -> new ServiceMetrics(metricsRegistry()));
    }

    private RecentDecisions recentDecisions() {
        return once(RecentDecisions.class, () -> new RecentDecisions(clock()));
    }

    @Override
    RequestListener requestListener() {
        return serviceMetrics();
    }

    private RunProgress runProgress() {
        return once(RunProgress.class, () -> new RunProgress(clock()));
    }

    @Override
    List<RunListener> watchers() {
        return List.of(runProgress(), recentDecisions(), serviceMetrics());
    }
}
