package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.account.AccountSetup.Tools;
import io.identamocrm.delivery.Delivery;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorSnapshot;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncItem;
import io.identamocrm.rules.PhoneNumbers;
import io.identamocrm.state.SentStatuses;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Decides the receptions of a chunk and hands their writes to the outbox: the steps of route {@code deliver}. */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /**
     * What the decisions of one chunk rest on.
     *
     * @param snapshot  what is known of amoCRM
     * @param statuses statuses last sent
     */
    public record Basis(CrmSnapshot snapshot, Map<Long, Status> statuses) {
    }

    private final Mirror mirror;
    private final SentStatuses statuses;
    private final AccountSetup account;
    private final Fingerprint fingerprint;
    private final Clock clinicClock;

    /**
     * Deliveries of one account.
     *
     * @param clinicClock the clock of the clinic's zone
     */
    public Deliveries(Mirror mirror, SentStatuses statuses, AccountSetup account, Fingerprint fingerprint, Clock clinicClock) {
        this.mirror = mirror;
        this.statuses = statuses;
        this.account = account;
        this.fingerprint = fingerprint;
        this.clinicClock = clinicClock;
    }

    /** Reads what is needed to decide these receptions or patients, in a few batched reads of Redis. */
    public Basis look(@Body Chunk chunk) {
        List<SyncItem> items = chunk.items();
        List<MirrorSnapshot.Keys> keys = items.stream().filter(item -> item.patient() != null).map(this::keysOf).toList();
        List<Long> receptions = items.stream().filter(Reception.class::isInstance).map(SyncItem::id).toList();
        return new Basis(MirrorSnapshot.load(mirror, chunk.run().pending(), keys), statuses.of(receptions));
    }

    private MirrorSnapshot.Keys keysOf(SyncItem item) {
        Tools tools = account.tools();
        Patient patient = item.patient();
        List<String> phones = PhoneNumbers.inText(patient.phones(), tools.policy().phoneRegion()).stream().map(fingerprint::of).toList();
        if (!(item instanceof Reception reception)) {
            return new MirrorSnapshot.Keys(null, null, patient.id(), null, phones);
        }
        String number = tools.formats().of(DealField.PATIENT_NUMBER, patient.number());
        return new MirrorSnapshot.Keys(reception.id(), reception.transferredFrom(), patient.id(), number == null ? null : fingerprint.of(number),
                phones);
    }

    /** Decides one and puts its writes into the outbox. */
    public void decide(@Body SyncItem item, @ExchangeProperty("basis") Basis basis, @ExchangeProperty("run") Run run) {
        String kind = run.kind().one();
        MDC.put(kind, Long.toString(item.id()));
        try {
            Decision decision = decide(item, basis);
            Delivery delivery = new Delivery(item, decision, run.tally().attemptsOf(item));
            if (decision.deal() == null && decision.contact() == null) {
                run.tally().completed(delivery);
            } else if (run.request().dryRun()) {
                run.writeBuffer().overlay(delivery);
                run.tally().completed(delivery);
            } else {
                run.writeBuffer().add(delivery);
            }
            if (decision.deal() != null && !decision.deal().isNew()) {
                MDC.put("deal", decision.deal().id().toString());
            }
            if (decision.outcome() == Outcome.FAILED) {
                LOG.warn("The {} {} failed: {}. {}", kind, item.id(), decision.failure().sentence(), decision.failure().code().remedy());
            } else if (!decision.duplicates().isEmpty()) {
                LOG.warn("For {} {} amoCRM holds further deals or contacts that fit, left alone: {}", kind, item.id(),
                        decision.duplicates());
            }
        } finally {
            MDC.remove(kind);
            MDC.remove("deal");
        }
    }

    private Decision decide(SyncItem item, Basis basis) {
        try {
            if (item instanceof Reception reception) {
                return account.tools().rules().decide(reception, basis.snapshot(), basis.statuses().get(reception.id()),
                        LocalDateTime.now(clinicClock));
            }
            return account.tools().patients().decide(item.patient(), basis.snapshot());
        } catch (RuntimeException e) {
            // One never stops the others. The message may repeat a patient's data, the class and the place cannot.
            StackTraceElement place = e.getStackTrace().length == 0 ? null : e.getStackTrace()[0];
            return Decision.failed(item.id(), item.patient() == null ? null : item.patient().id(),
                    new Failure(FailureCode.INTERNAL, e.getClass().getSimpleName() + " at " + place), List.of());
        }
    }
}
