package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.WriteBodies;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.RefusedField;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One item of a future batch. Several receptions may wait for the same one. */
final class Write {

    /** In the order in which they are sent: what others wait for goes first. */
    enum Kind {
        CREATE_DEAL_WITH_CONTACT(FailureCode.DEAL_NOT_CREATED),
        CREATE_CONTACT(FailureCode.CONTACT_NOT_CREATED),
        CREATE_DEAL(FailureCode.DEAL_NOT_CREATED),
        LINK(FailureCode.DEAL_NOT_UPDATED),
        UNLINK(FailureCode.DEAL_NOT_UPDATED),
        CHANGE_DEAL(FailureCode.DEAL_NOT_UPDATED),
        CHANGE_CONTACT(FailureCode.CONTACT_NOT_UPDATED);

        private final FailureCode failure;

        Kind(FailureCode failure) {
            this.failure = failure;
        }

        boolean isCreation() {
            return this == CREATE_DEAL_WITH_CONTACT || this == CREATE_CONTACT || this == CREATE_DEAL;
        }

        boolean createsDeal() {
            return this == CREATE_DEAL_WITH_CONTACT || this == CREATE_DEAL;
        }

        boolean createsContact() {
            return this == CREATE_DEAL_WITH_CONTACT || this == CREATE_CONTACT;
        }

        boolean ofContact() {
            return this == CREATE_CONTACT || this == CHANGE_CONTACT;
        }

        boolean isChange() {
            return this == CHANGE_DEAL || this == CHANGE_CONTACT;
        }
    }

    final Kind kind;
    final List<Delivery> deliveries = new ArrayList<>();
    /** The deal written or linked; negative while amoCRM has not numbered it; 0 if none. */
    final long dealId;
    /** The contact written or linked; negative while amoCRM has not numbered it; 0 if none. */
    long contactId;

    @Nullable
    DealWrite deal;

    @Nullable
    ContactWrite contact;
    /** The contact is linked as the deal's main one. */
    private boolean main = true;
    /** What fields of the contact that hold several values are to hold, by what amoCRM held just before. */
    private Map<ContactField, List<JsonNode>> lists = Map.of();

    private Set<String> theirs = Set.of();
    /** Fingerprints of what amoCRM does not take. */
    private final Set<String> refused = new HashSet<>();

    private boolean unclear;

    /** A write for one delivery; others may {@link #join}. */
    Write(
            Kind kind,
            Delivery delivery,
            long dealId,
            @Nullable DealWrite deal,
            long contactId,
            @Nullable ContactWrite contact) {
        this.kind = kind;
        this.dealId = dealId;
        this.deal = deal;
        this.contactId = contactId;
        this.contact = contact;
        join(delivery);
    }

    /**
     * What is written into the deal.
     *
     * @throws IllegalStateException if this kind writes none
     */
    DealWrite knownDeal() {
        if (deal == null) {
            throw new IllegalStateException(kind + " writes no deal");
        }
        return deal;
    }

    /**
     * What is written into the contact.
     *
     * @throws IllegalStateException if this kind writes none
     */
    ContactWrite knownContact() {
        if (contact == null) {
            throw new IllegalStateException(kind + " writes no contact");
        }
        return contact;
    }

    /** The entity changed, or the deal linked or created: one write of a kind per such id. */
    long key() {
        return kind.ofContact() ? contactId : dealId;
    }

    /** One delivery more waits for this write. */
    void join(Delivery delivery) {
        if (!deliveries.contains(delivery)) {
            deliveries.add(delivery);
            delivery.writeAdded(this);
        }
    }

    /** Adds a later change of the same deal: amoCRM would take only one item per id. */
    void merge(DealWrite later) {
        DealWrite earlier = knownDeal();
        Map<DealField, String> values = new HashMap<>(earlier.values());
        values.putAll(later.values());
        deal = new DealWrite(
                earlier.id(),
                earlier.base(),
                earlier.name(),
                later.pipelineId() == null ? earlier.pipelineId() : later.pipelineId(),
                later.pipelineId() == null && later.stageId() == null ? earlier.stageId() : later.stageId(),
                earlier.responsibleId(),
                values,
                earlier.linkContact(),
                earlier.contactId(),
                earlier.former());
    }

    /** Adds a later change of the same contact. */
    void merge(ContactWrite later) {
        ContactWrite earlier = knownContact();
        Map<ContactField, String> values = new HashMap<>(earlier.values());
        values.putAll(later.values());
        contact = new ContactWrite(
                earlier.id(),
                earlier.base(),
                later.name() == null ? earlier.name() : later.name(),
                later.phones().isEmpty() ? earlier.phones() : later.phones(),
                values);
    }

    /** The deal keeps the main contact that a manager gave it. */
    void keepMain() {
        main = false;
    }

    /** True if the contact is taken off to be linked again: amoCRM makes none the main one that is linked already. */
    boolean isBeforeLink() {
        return kind == Kind.UNLINK && !Objects.equals(contactId, knownDeal().unlinked());
    }

    /** The change may have happened: nobody can tell by the answer. */
    void mayHaveHappened() {
        unclear = true;
    }

    /** True if it may have happened already. */
    boolean isUnclear() {
        return unclear;
    }

    /**
     * Phones and e-mails of the contact.
     *
     * @param joined          ours in front of what amoCRM holds
     * @param writtenByOthers fingerprints of those of ours that somebody else had written before
     */
    void joinLists(Map<ContactField, List<JsonNode>> joined, Set<String> writtenByOthers) {
        lists = joined;
        theirs = writtenByOthers;
    }

    /** What it writes into a field of ours; null if it leaves that alone. */
    @Nullable
    String valueOf(MappedField field) {
        return field instanceof ContactField ofContact
                ? contact == null ? null : contact.valueOf(ofContact)
                : deal == null ? null : deal.values().get((DealField) field);
    }

    /** The rest goes without this field. */
    void leaveAlone(MappedField what) {
        if (what instanceof ContactField field) {
            contact = knownContact().without(field);
        } else {
            deal = knownDeal().without((DealField) what);
        }
    }

    /**
     * The rest goes without a field that amoCRM refuses.
     *
     * @param values fingerprints of what would have stood in it, one by one
     */
    void leaveOut(RefusedField what, Set<String> values) {
        leaveAlone(what.field());
        if (what.field() instanceof ContactField field) {
            lists = new HashMap<>(lists);
            lists.remove(field);
            refused.addAll(values);
        }
        deliveries.forEach(delivery -> delivery.refuse(what));
    }

    /** True if nothing is left to be sent. */
    boolean isEmpty() {
        return kind == Kind.CHANGE_DEAL && !knownDeal().changesDeal()
                || kind == Kind.CHANGE_CONTACT && knownContact().isEmpty();
    }

    /** True if it puts a deal that is there into another stage: then a manager's move must not be undone by sending it twice. */
    boolean movesDeal() {
        return kind == Kind.CHANGE_DEAL
                && (knownDeal().pipelineId() != null || knownDeal().stageId() != null);
    }

    /** The item of the request. */
    ObjectNode body(WriteBodies bodies) {
        return switch (kind) {
            case CREATE_DEAL_WITH_CONTACT -> bodies.newDealWithContact(knownDeal(), knownContact());
            case CREATE_CONTACT -> bodies.newContact(knownContact());
            case CREATE_DEAL -> bodies.newDeal(knownDeal(), contactId);
            case LINK -> bodies.link(dealId, contactId, main);
            case UNLINK -> bodies.unlink(dealId, contactId);
            case CHANGE_DEAL -> bodies.changedDeal(knownDeal());
            case CHANGE_CONTACT -> bodies.changedContact(knownContact(), lists);
        };
    }

    /** The reception that the deal names when it is written: of a visit that was moved meanwhile, the last. */
    long receptionId() {
        String named = knownDeal().values().get(DealField.RECEPTION_ID);
        return named != null
                ? Long.parseLong(named)
                : deliveries.get(deliveries.size() - 1).item.id();
    }

    /** The patient that the contact names when it is written. */
    long patientId() {
        String named = knownContact().values().get(ContactField.PATIENT_ID);
        return named != null
                ? Long.parseLong(named)
                : deliveries.get(0).item.knownPatient().id();
    }

    /** What is to be remembered of the reception that the deal names, without ids that amoCRM has not given yet; may be null. */
    @Nullable
    Delivered delivered() {
        long reception = receptionId();
        return deliveries.stream()
                .filter(delivery -> delivery.item.id() == reception)
                .findFirst()
                .orElse(deliveries.get(0))
                .decision
                .delivered();
    }

    /** What is to be remembered of the contact's patient, without an id that amoCRM has not given yet; null for nothing new. */
    @Nullable
    OwnContact own() {
        return deliveries.stream()
                .map(delivery -> delivery.decision.own())
                .filter(Objects::nonNull)
                .findFirst()
                .map(own -> own.without(theirs).without(refused))
                .orElse(null);
    }

    /** What was done, once amoCRM has said so; ids only. */
    private Text done(long newId) {
        return switch (kind) {
            case CREATE_DEAL_WITH_CONTACT -> DeliveryText.DEAL_AND_CONTACT_CREATED.with(newId);
            case CREATE_CONTACT -> DeliveryText.CONTACT_CREATED.with(newId);
            case CREATE_DEAL -> DeliveryText.DEAL_CREATED.with(newId, contactId);
            case LINK -> DeliveryText.LINKED.with(dealId, contactId);
            case UNLINK ->
                (isBeforeLink() ? DeliveryText.UNLINKED_BEFORE : DeliveryText.UNLINKED).with(contactId, dealId);
            case CHANGE_DEAL -> DeliveryText.DEAL_CHANGED.with(dealId);
            case CHANGE_CONTACT -> DeliveryText.CONTACT_CHANGED.with(contactId);
        };
    }

    /** Notes for all who wait for it what was done. */
    void noteDone(long newId) {
        deliveries.forEach(delivery -> delivery.note(done(newId)));
    }

    /** The failure of this write, given the member that amoCRM refused. */
    FailureCode failureAt(String path) {
        return kind == Kind.CREATE_DEAL_WITH_CONTACT && path.startsWith("_embedded")
                ? FailureCode.CONTACT_NOT_CREATED
                : kind.failure;
    }
}
