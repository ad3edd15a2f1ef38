package io.identamocrm.delivery;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.RefusedField;
import io.identamocrm.model.SyncItem;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private int openWrites;
    private @Nullable Failure failure;
    private @Nullable Delivered delivered;
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
    void writeAdded() {
        openWrites++;
    }

    /** There is one write less to wait for: it succeeded, failed, or will not be sent. */
    void writeClosed() {
        openWrites--;
    }

    /** True when there is no write to wait for. */
    boolean isComplete() {
        return openWrites == 0;
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
