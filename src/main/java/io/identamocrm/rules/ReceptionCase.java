package io.identamocrm.rules;

import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncState;
import io.identamocrm.model.VisitRow;
import io.identamocrm.rules.StageRule.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A reception on its way to a decision: the body of route {@code decide}. */
public final class ReceptionCase extends SyncCase {

    private final Reception reception;
    private final Map<Long, Delivered> memory;
    private final @Nullable Delivered remembered;
    private final TransferChain chain;
    private SyncPolicy policy;
    private @Nullable Status status;
    private @Nullable Funnel funnel;
    private @Nullable Deal deal;
    private List<Long> dealDuplicates = List.of();
    private @Nullable Place place;
    private @Nullable DealWrite dealWrite;
    private List<FollowUp> followUps = List.of();

    /**
     * A reception that no step has seen yet.
     *
     * @param reception never null
     * @param memory    what is remembered of its delivery and of the other rows of its visit; those of which nothing is are absent
     * @param own       what is remembered of its patient's contact, or null
     * @param keys      what its patient is looked up by
     * @param basis     what the decision rests on
     */
    public ReceptionCase(
            Reception reception,
            Map<Long, Delivered> memory,
            @Nullable OwnContact own,
            PatientKeys keys,
            DecisionBasis basis) {
        super(basis, keys, own);
        this.reception = reception;
        this.memory = memory;
        this.remembered = memory.get(reception.id());
        this.policy = basis.policy();
        this.chain = TransferChain.of(this);
    }

    private ReceptionCase(ReceptionCase original) {
        super(original);
        reception = original.reception;
        memory = original.memory;
        remembered = original.remembered;
        chain = original.chain;
        policy = original.policy;
        status = original.status;
        funnel = original.funnel;
        deal = original.deal;
        dealDuplicates = original.dealDuplicates;
        place = original.place;
        dealWrite = original.dealWrite;
        followUps = original.followUps;
    }

    @Override
    ReceptionCase copy() {
        return new ReceptionCase(this);
    }

    @Override
    public Reception item() {
        return reception;
    }

    /** The reception as read; never null. */
    public Reception reception() {
        return reception;
    }

    /**
     * The derived status.
     *
     * @throws IllegalStateException before that step
     */
    public Status status() {
        return found(status, "status");
    }

    /**
     * The chosen funnel.
     *
     * @throws IllegalStateException before that step
     */
    public Funnel funnel() {
        return found(funnel, "funnel");
    }

    /** The deal that was found, or null if none is yet. */
    public @Nullable Deal deal() {
        return deal;
    }

    /**
     * The deal that was found, where one must have been.
     *
     * @throws IllegalStateException if none is
     */
    Deal knownDeal() {
        return found(deal, "deal");
    }

    /** True if a deal is still to be looked for: none is found, and nothing else is concluded. */
    public boolean isDealMissing() {
        return deal == null && isOpen();
    }

    /** What is remembered of its delivery, or null. */
    @Nullable
    Delivered remembered() {
        return remembered;
    }

    /** What is remembered of another row of its visit, or null. */
    @Nullable
    Delivered rememberedOf(long row) {
        return memory.get(row);
    }

    /** True if a row that IDENT no longer has was this patient's: as remembered, else by the number in its deal, else nobody knows. */
    boolean isGoneRowOf(VisitRow row, Long patient) {
        Delivered last = memory.get(row.id());
        if (last != null && last.patient() != null) {
            return last.patient().equals(patient);
        }
        return basis().snapshot().dealsOfReception(row.id()).stream()
                .map(held -> held.fingerprints().get(DealField.PATIENT_NUMBER))
                .allMatch(held -> held == null || held.equals(keys().numberFingerprint()));
    }

    /** True if a row of its visit has or had a deal of its own: not one that went along with the visit to another row. */
    boolean hasDealOfItsOwn(long row) {
        Delivered last = memory.get(row);
        if (!basis().snapshot().dealsOfReception(row).isEmpty()) {
            return true;
        }
        Deal deal = last == null ? null : basis().snapshot().deal(last.deal());
        return last != null && last.deal() != 0 && (deal == null || deal.isFree());
    }

    /** The rows that are one visit with it. */
    TransferChain chain() {
        return chain;
    }

    /**
     * What was last delivered in its deal: as remembered of it, or of the row of the visit that held it, else as the deal says of itself;
     * null if nobody knows.
     */
    @Nullable
    Delivered last() {
        return deal == null ? remembered : lastIn(deal);
    }

    /** The same of any deal of the visit; null too for a deal of others. */
    @Nullable
    Delivered lastIn(Deal some) {
        Delivered holders = some.receptionId() == null || !isStillOurs(some) ? null : memory.get(some.receptionId());
        // What is remembered of another deal, such as one that a manager deleted or closed, says nothing of this one.
        if (holders != null && holders.deal() == some.id()) {
            return holders;
        }
        return rowsOfVisit()
                .map(memory::get)
                .filter(last -> last != null && last.deal() == some.id())
                .findFirst()
                .or(() -> Optional.ofNullable(holdsVisit(some) ? SyncState.read(some) : null))
                // A status without a deal, as after a row was skipped or of an older build, is the last that anybody
                // knows.
                .orElse(holders != null && holders.deal() == 0 ? holders : null);
    }

    private boolean isOwn(Deal some) {
        return Objects.equals(some.receptionId(), reception.id());
    }

    private boolean isOfVisit(Deal some) {
        return chain.forerunners().stream().anyMatch(row -> Objects.equals(some.receptionId(), row.id()));
    }

    private boolean holdsVisit(Deal some) {
        return isOwn(some) || isOfVisit(some);
    }

    /** True if the deal holds this visit, or none. */
    boolean isStillOurs(Deal some) {
        return some.isFree() || holdsVisit(some);
    }

    /** True if we closed the deal for this visit, and it stands as we left it. */
    boolean closedByUs(Deal some) {
        Delivered last = lastIn(some);
        return basis().policy().isOurs(some)
                && !basis().policy().isActive(some)
                && last != null
                && last.isWherePut(some);
    }

    /** True if its deal is just being taken, and nobody knows what we did in it before. */
    boolean isTakenOver() {
        return !holdsVisit(knownDeal()) && lastIn(knownDeal()) == null;
    }

    private Stream<Long> rowsOfVisit() {
        return Stream.concat(
                Stream.of(reception.id()), chain.forerunners().stream().map(VisitRow::id));
    }

    /** True if its deal stands in another pipeline than its funnel's. */
    boolean isElsewhere() {
        return knownDeal().pipelineId() != policy.targetOf(funnel()).pipelineId();
    }

    /** True if amoCRM said that the deal with which it was last delivered is no more. */
    boolean isDealGone() {
        return remembered != null && remembered.gone();
    }

    /** True if its deal was last delivered for another patient than it has now: as remembered, else by the number that it holds. */
    boolean isOfAnotherPatient() {
        if (deal == null || !holdsVisit(deal)) {
            return remembered != null
                    && remembered.patient() != null
                    && remembered.patient() != reception.knownPatient().id();
        }
        Delivered last = last();
        String held = deal.fingerprints().get(DealField.PATIENT_NUMBER);
        return last != null && last.patient() != null
                ? last.patient() != reception.knownPatient().id()
                : held != null && keys().numberFingerprint() != null && !held.equals(keys().numberFingerprint());
    }

    /** What was delivered in its deal for another patient, whom it no longer belongs to; null if it goes on with the same. */
    @Nullable
    Delivered former() {
        if (deal == null || !holdsVisit(deal) || !isOfAnotherPatient()) {
            return null;
        }
        Delivered last = last();
        return last == null ? Delivered.ofStatus(status()) : last;
    }

    /** Fingerprint of the planned start. */
    String plan() {
        return basis().fingerprint().of(String.valueOf(reception.planStart()));
    }

    /** True if it has the status and the planned start with which it was last delivered. */
    boolean isAsDelivered() {
        return remembered != null && remembered.status() == status && plan().equals(remembered.plan());
    }

    /** The clinic's choices, or once it is known those of the branch. */
    SyncPolicy policy() {
        return policy;
    }

    /**
     * Where the deal is put.
     *
     * @throws IllegalStateException before that step
     */
    Place place() {
        return found(place, "place");
    }

    /** The deal as it is to be created or changed; null before that step. */
    @Nullable
    DealWrite dealWrite() {
        return dealWrite;
    }

    ReceptionCase withReason(Reason why) {
        ReceptionCase next = copy();
        next.add(List.of(why));
        return next;
    }

    ReceptionCase withPolicy(SyncPolicy ofBranch) {
        ReceptionCase next = copy();
        next.policy = ofBranch;
        return next;
    }

    ReceptionCase withStatus(Status derived, Reason why) {
        ReceptionCase next = copy();
        next.status = derived;
        next.add(List.of(why));
        return next;
    }

    ReceptionCase withFunnel(Funnel chosen, Reason why) {
        ReceptionCase next = copy();
        next.funnel = chosen;
        next.add(List.of(why));
        return next;
    }

    /** With the first of the deals that a step has found, if any; the others are its duplicates. */
    ReceptionCase withDeals(List<Deal> found, List<Reason> more) {
        ReceptionCase next = copy();
        if (!found.isEmpty()) {
            next.deal = found.get(0);
            next.dealDuplicates = found.stream()
                    .skip(1)
                    .limit(StepReasons.SHOWN)
                    .map(Deal::id)
                    .toList();
        }
        next.add(more);
        return next;
    }

    ReceptionCase withPlace(Place where, List<Reason> more) {
        ReceptionCase next = copy();
        next.place = where;
        next.add(more);
        return next;
    }

    ReceptionCase withDealWrite(DealWrite write, List<Reason> more) {
        ReceptionCase next = copy();
        next.dealWrite = write;
        next.add(more);
        return next;
    }

    /** A manager is to hear of it once it is delivered. */
    ReceptionCase withFollowUp(FollowUp due, Reason why) {
        ReceptionCase next = withReason(why);
        next.followUps = List.of(due);
        return next;
    }

    @Override
    ReceptionCase leave(Outcome as, List<Reason> more) {
        ReceptionCase next = (ReceptionCase) super.leave(as, more);
        next.dealWrite = null;
        return next;
    }

    /** A deal with a contact keeps what the managers linked, and one from which they took ours stays as it is. */
    boolean needsLink() {
        return former() != null
                || deal != null
                        && deal.contactIds().isEmpty()
                        && (isTakenOver() || last() == null || last().contact() == null);
    }

    @Override
    boolean needsContact() {
        return deal == null || needsLink();
    }

    @Override
    Decision decided(Outcome as) {
        List<Long> duplicates = new ArrayList<>(dealDuplicates);
        duplicates.addAll(contactDuplicates());
        boolean writesDeal = dealWrite != null && (dealWrite.changesDeal() || dealWrite.linkContact());
        return new Decision(
                reception.id(),
                reception.knownPatient().id(),
                status,
                funnel,
                as,
                null,
                writesDeal ? dealWrite : null,
                contactWrite(),
                duplicates,
                reasons(),
                delivered(),
                drifted(),
                ownAfterwards(),
                leftOut());
    }

    private @Nullable Long drifted() {
        return place != null && deal != null && place.pipelineId() == null && isElsewhere()
                ? Long.valueOf(deal.id())
                : null;
    }

    /** What is to be remembered once all is written; null for one that could not be placed, or that is held back. */
    private @Nullable Delivered delivered() {
        if (status == null || reasons().contains(Reason.HELD_BACK)) {
            return null;
        }
        if (place == null) {
            // Left alone: whatever was delivered before stays as it is, under the status of now; but that of a row from
            // which the visit has
            // moved on is none of the visit's.
            if (chain().goesOnWith() != null && chain().goesOnWith() != reception.id()) {
                return remembered;
            }
            Delivered before = remembered == null ? Delivered.ofStatus(status) : remembered;
            Deal known = basis().snapshot().deal(before.deal());
            boolean movedSince = known != null && !before.isWherePut(known);
            return new Delivered(
                    before.deal(),
                    status,
                    before.pipeline(),
                    movedSince ? null : before.stage(),
                    movedSince ? null : before.stageIn(),
                    before.withheld(),
                    before.contact(),
                    plan(),
                    before.gone(),
                    before.patient());
        }
        return place.delivered().in(deal == null ? 0 : deal.id()).telling(followUps);
    }

    @Override
    public String toString() {
        return "ReceptionCase[" + reception.id()
                + (reception.patient() == null
                        ? ""
                        : ", patient " + reception.patient().id())
                + (status == null ? "" : ", " + status) + (funnel == null ? "" : ", " + funnel)
                + (deal == null ? "" : ", deal " + deal.id()) + progress() + "]";
    }
}
