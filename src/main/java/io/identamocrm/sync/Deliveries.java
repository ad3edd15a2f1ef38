package io.identamocrm.sync;

import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorPicture;
import io.identamocrm.model.CrmPicture;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.rules.PhoneNumbers;
import io.identamocrm.state.SentStatuses;
import io.identamocrm.sync.AccountSetup.Tools;
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
     * @param picture  what is known of amoCRM
     * @param statuses statuses last sent
     */
    public record Basis(CrmPicture picture, Map<Long, Status> statuses) {
    }

    private final Mirror mirror;
    private final SentStatuses statuses;
    private final AccountSetup account;
    private final Fingerprint print;
    private final Clock clinicClock;

    /**
     * Deliveries of one account.
     *
     * @param clinicClock the clock of the clinic's zone
     */
    public Deliveries(Mirror mirror, SentStatuses statuses, AccountSetup account, Fingerprint print, Clock clinicClock) {
        this.mirror = mirror;
        this.statuses = statuses;
        this.account = account;
        this.print = print;
        this.clinicClock = clinicClock;
    }

    /** Reads what is needed to decide these receptions, in a few batched reads of Redis. */
    public Basis look(@Body List<Reception> receptions, @ExchangeProperty("run") ReceptionRun run) {
        List<MirrorPicture.Keys> keys = receptions.stream().filter(reception -> reception.patient() != null).map(this::keysOf).toList();
        return new Basis(MirrorPicture.load(mirror, run.pending, keys), statuses.of(receptions.stream().map(Reception::id).toList()));
    }

    private MirrorPicture.Keys keysOf(Reception reception) {
        Tools tools = account.tools();
        String number = tools.formats().of(DealField.PATIENT_NUMBER, reception.patient().number());
        List<String> phones = PhoneNumbers.inText(reception.patient().phones(), tools.policy().phoneRegion());
        return new MirrorPicture.Keys(reception.id(), reception.transferredFrom(), reception.patient().id(),
                number == null ? null : print.of(number), phones.stream().map(print::of).toList());
    }

    /** Decides one reception and puts its writes into the outbox. */
    public void decide(@Body Reception reception, @ExchangeProperty("basis") Basis basis, @ExchangeProperty("run") ReceptionRun run) {
        MDC.put("reception", Long.toString(reception.id()));
        try {
            Decision decision = decide(reception, basis);
            Delivery delivery = new Delivery(reception, decision, run.attemptsOf(reception));
            if (!run.request.dryRun() && (decision.deal() != null || decision.contact() != null)) {
                run.outbox.add(delivery);
            } else {
                run.settled(delivery);
            }
            if (decision.outcome() == Outcome.FAILED) {
                LOG.warn("Reception {} failed: {}. {}", reception.id(), decision.failure().sentence(), decision.failure().code().remedy());
            } else if (!decision.duplicates().isEmpty()) {
                LOG.warn("Reception {}: amoCRM holds further deals or contacts that fit, left alone: {}", reception.id(),
                        decision.duplicates());
            }
        } finally {
            MDC.remove("reception");
        }
    }

    private Decision decide(Reception reception, Basis basis) {
        try {
            return account.tools().rules().decide(reception, basis.picture(), basis.statuses().get(reception.id()),
                    LocalDateTime.now(clinicClock));
        } catch (RuntimeException e) {
            // One reception never stops the others. The message may repeat a patient's data, the class and the place cannot.
            StackTraceElement place = e.getStackTrace().length == 0 ? null : e.getStackTrace()[0];
            return Decision.failed(reception.id(), reception.patient() == null ? null : reception.patient().id(),
                    new Failure(FailureCode.INTERNAL, e.getClass().getSimpleName() + " at " + place), List.of());
        }
    }
}
