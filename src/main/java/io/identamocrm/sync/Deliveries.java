package io.identamocrm.sync;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.model.Decision;
import io.identamocrm.rules.SyncCase;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Hands on what was decided: writes to the run's write buffer, outcomes that need none to the run. */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /**
     * Delivers one decision.
     *
     * @throws IllegalStateException if no step of its route has concluded the case
     */
    public void deliver(@Body SyncCase one, @Variable("run") Run run) {
        String kind = run.kind().one();
        MDC.put(kind, Long.toString(one.id()));
        try {
            Decision decision = one.decision();
            if (run.isMirrorNeeded()
                    || !run.followsMirror() && (decision.deal() != null || decision.contact() != null)) {
                // Later ones too: they may rest on what this one is about to write.
                run.needMirror();
                run.tally().returned(one.item());
                return;
            }
            Delivery delivery = new Delivery(one.item(), decision, run.tally().attemptsOf(one.item()));
            if (delivery.own() != null
                    && run.pending().holdsContact(delivery.own().contact())) {
                delivery.leaveContactToOthers();
            }
            if (decision.deal() == null && decision.contact() == null) {
                run.tally().completed(delivery);
            } else if (run.request().dryRun()) {
                run.writeBuffer().overlay(delivery);
                run.tally().completed(delivery);
            } else {
                run.writeBuffer().add(delivery);
            }
            if (decision.deal() != null && !decision.deal().isNew()) {
                MDC.put("deal", Long.toString(decision.deal().knownId()));
            }
            if (decision.failure() != null) {
                LOG.warn(
                        "The {} {} failed: {}. {}",
                        kind,
                        one.id(),
                        decision.failure().sentence(),
                        decision.failure().code().remedy());
            } else if (!decision.duplicates().isEmpty()) {
                LOG.warn(
                        "For {} {} amoCRM holds further deals or contacts that fit, left alone: {}",
                        kind,
                        one.id(),
                        decision.duplicates());
            }
        } finally {
            MDC.remove(kind);
            MDC.remove("deal");
        }
    }
}
