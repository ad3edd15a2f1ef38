package io.identamocrm.delivery;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.RefusedField;
import io.identamocrm.model.SyncItem;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A decided reception or patient on its way to amoCRM: complete when nothing of it is left to write. */
public final class Delivery {

    /** It was decided as often as a run decides, and amoCRM held something else each time. */
    public static final Failure KEEPS_CHANGING =
            new Failure(FailureCode.DEAL_NOT_UPDATED, "amoCRM's deal or contact kept changing meanwhile");

    public final SyncItem item;
    public final Decision decision;
    /** How often it has been decided in this run. */
    public final int attempt;
    /** What was written, for people. */
    private final List<Reason> written = new ArrayList<>();

    private final Map<MappedField, RefusedField> refused = new LinkedHashMap<>();
    private final Set<Write> openWrites = new HashSet<>();
    private boolean contactSettled;
    private @Nullable Failure failure;
    private @Nullable Delivered delivered;
    private @Nullable OwnContact own;
    private boolean outdated;
    private boolean unclear;

    /**
     * A delivery without writes as yet.
     *
     * @param item     the reception or patient
     * @param decision what is to be done for it
     * @param attempt  how often it has been decided in this run, this time included
     */
    public Delivery(SyncItem item, Decision decision, int attempt) {
        this.item = item;
        this.decision = decision;
        this.attempt = attempt;
        this.delivered = decision.delivered();
        this.own = decision.contact() == null ? decision.own() : null;
    }

    /**
     * What is to be remembered of the patient's contact where this delivery writes none; null for nothing new. What is written goes on record
     * with its write.
     */
    public @Nullable OwnContact own() {
        return own;
    }

    /** The contact is as another's write will make it, which may fail: that one puts it on record. */
    public void leaveContactToOthers() {
        own = null;
    }

    /** Notes what was written; ids only. */
    public void note(Text what) {
        written.add(new Reason(ReasonText.WRITTEN, what));
    }

    /** The same in words that are the same in all languages. */
    public void note(String what) {
        note(Text.of(what));
    }

    /** The decision, with what was really written. */
    public Decision withWritten() {
        List<Reason> reasons = new ArrayList<>(decision.reasons());
        reasons.addAll(written);
        refused.values()
                .forEach(field ->
                        reasons.add(new Reason(ReasonText.REFUSED, DeliveryText.SENT_WITHOUT.with(field.detail()))));
        return new Decision(
                decision.id(),
                decision.patientId(),
                decision.status(),
                decision.funnel(),
                outcome(),
                failure(),
                decision.deal(),
                decision.contact(),
                decision.duplicates(),
                reasons,
                delivered,
                decision.drifted(),
                decision.own(),
                decision.leftOut());
    }

    /** What it ends in. */
    public Outcome outcome() {
        return failure() != null
                ? Outcome.FAILED
                : decision.outcome() == Outcome.UPDATED && written.isEmpty() && !refused.isEmpty()
                        ? Outcome.UNCHANGED
                        : decision.outcome();
    }

    /** amoCRM has taken everything but this. */
    void refuse(RefusedField field) {
        refused.put(field.field(), field);
    }

    /** What amoCRM has not taken, though it has taken the rest. */
    public List<RefusedField> refused() {
        return List.copyOf(refused.values());
    }

    /** What is to be remembered of the reception, with the ids that amoCRM has given so far; null for nothing. */
    public @Nullable Delivered delivered() {
        return delivered;
    }

    /** More is known of it. */
    void delivered(Delivered known) {
        delivered = known;
    }

    /** There is one write more to wait for. */
    void writeAdded(Write write) {
        openWrites.add(write);
    }

    /** There is one write less to wait for: it succeeded, failed, or will not be sent. */
    void writeClosed(Write write) {
        openWrites.remove(write);
    }

    /** True when there is no write to wait for. */
    boolean isComplete() {
        return openWrites.isEmpty();
    }

    /** True if its deal is still to be given what was decided for it. */
    boolean awaitsChangeOfDeal() {
        return openWrites.stream().anyMatch(write -> write.kind == Write.Kind.CHANGE_DEAL);
    }

    /** The deal has the contact that was decided, and that of a former patient is off. */
    void settleContact() {
        contactSettled = true;
    }

    /** True if the deal's contact is as it was decided. */
    boolean isContactSettled() {
        return contactSettled;
    }

    /** It failed; the first reason counts. */
    public void fail(Failure why) {
        failure = failure == null ? why : failure;
    }

    /** amoCRM no longer holds what the decision was built on. */
    public void outdate() {
        outdated = true;
    }

    /** What was sent turned out not to have happened, after an answer that told nothing. */
    public void notDone() {
        outdated = true;
        unclear = true;
    }

    /** True if the decision was carried out in vain for no fault of its own: that attempt does not count. */
    public boolean isUnclear() {
        return unclear;
    }

    /** True if it must be decided again. */
    public boolean isOutdated() {
        return outdated && failure == null;
    }

    /** Why it failed, or null. */
    public @Nullable Failure failure() {
        return failure == null ? decision.failure() : failure;
    }
}
