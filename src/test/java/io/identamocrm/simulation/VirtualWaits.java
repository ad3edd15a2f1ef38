package io.identamocrm.simulation;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.spi.InterceptStrategy;

/** Steps of routes that wait do so in virtual time; the process's own throttle, which knows real time only, is left out. */
public final class VirtualWaits implements InterceptStrategy, CamelContextAware {

    private CamelContext context;

    @Override
    public void setCamelContext(CamelContext context) {
        // Camel looks for such beans before it makes those of the settings.
        this.context = context;
        context.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext ofRoute, NamedNode definition, Processor target, Processor next) {
        if (definition instanceof DelayDefinition delay) {
            return exchange -> {
                Long millis = delay.getExpression().evaluate(exchange, Long.class);
                if (millis != null && millis > 0) {
                    PlayedProcess.current().sleep(Duration.ofMillis(millis));
                }
            };
        }
        return definition instanceof ThrottleDefinition ? exchange -> {} : target;
    }
}
