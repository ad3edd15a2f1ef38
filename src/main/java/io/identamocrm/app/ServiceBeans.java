package io.identamocrm.app;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.amocrm.RequestListener;
import io.identamocrm.ops.HealthMonitor;
import io.identamocrm.ops.Operations;
import io.identamocrm.ops.Readiness;
import io.identamocrm.ops.RecentDecisions;
import io.identamocrm.ops.ServiceMetrics;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.sync.RunListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.BindToRegistry;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheck;

/** What the service has beside the {@link ProductBeans}: health, metrics and what operators ask for. */
public final class ServiceBeans extends ProductBeans {

    /** The beans of one service. */
    ServiceBeans(StartOptions options, Settings settings, AccountState state) {
        super(options, settings, state);
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
            HealthMonitor monitor = new HealthMonitor(ident(), blockage(), state().redis(), state().keys(), mirror(), accountTokens(),
                    () -> amocrmBreaker().getState() == CircuitBreaker.State.OPEN, clinicClock());
            serviceMetrics().watch(monitor);
            return monitor;
        });
    }

    /** IDENT can be read. */
    @BindToRegistry
    public HealthCheck identReadiness() {
        return Readiness.ofIdent(healthMonitor());
    }

    /** Redis can be used. */
    @BindToRegistry
    public HealthCheck redisReadiness() {
        return Readiness.ofRedis(healthMonitor());
    }

    /** amoCRM accepts the tokens. */
    @BindToRegistry
    public HealthCheck authorisationReadiness() {
        return Readiness.ofAuthorisation(healthMonitor());
    }

    /** amoCRM is not left alone. */
    @BindToRegistry
    public HealthCheck amocrmReadiness() {
        return Readiness.ofAmocrm(healthMonitor());
    }

    /** Runs of receptions come to their end. */
    @BindToRegistry
    public HealthCheck receptionsReadiness() {
        return Readiness.ofReceptions(healthMonitor(), settings().management().stale());
    }

    /** There are no more dead letters than usual. */
    @BindToRegistry
    public HealthCheck deadLettersReadiness() {
        return Readiness.ofDeadLetters(healthMonitor(), settings().management().mostDeadLetters());
    }

    /** No writes have stopped because far too many were due. */
    @BindToRegistry
    public HealthCheck brakesReadiness() {
        return Readiness.ofBrakes(healthMonitor());
    }

    /** The MBean that Hawtio shows beside Camel's own. */
    Operations operations(ProducerTemplate template) {
        return new Operations(template, state()::deadLetters, state().schedulePause(), state()::statistics, recentDecisions(),
                state().brakes(), clock());
    }

    private ServiceMetrics serviceMetrics() {
        return once(ServiceMetrics.class, () -> new ServiceMetrics(metricsRegistry()));
    }

    private RecentDecisions recentDecisions() {
        return once(RecentDecisions.class, () -> new RecentDecisions(serviceMetrics(), clock()));
    }

    @Override
    RequestListener requestListener() {
        return serviceMetrics();
    }

    @Override
    RunListener runListener() {
        return recentDecisions();
    }
}
