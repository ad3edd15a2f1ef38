package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.WriteBodies;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.FailureCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One item of a future batch. Several receptions may wait for the same one. */
final class Write {

    /** In the order in which they are sent: what others wait for goes first. */
    enum Kind {
        CREATE_DEAL_WITH_CONTACT(FailureCode.DEAL_NOT_CREATED),
        CREATE_CONTACT(FailureCode.CONTACT_NOT_CREATED),
        CREATE_DEAL(FailureCode.DEAL_NOT_CREATED),
        LINK(FailureCode.DEAL_NOT_UPDATED),
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
    DealWrite deal;
    ContactWrite contact;
    /** Phones that amoCRM held just before and that stay beside ours. */
    private List<JsonNode> heldPhones = List.of();
    private boolean rechecked;
    private boolean unclear;

    /** A write for one delivery; others may {@link #join}. */
    Write(Kind kind, Delivery delivery, long dealId, DealWrite deal, long contactId, ContactWrite contact) {
        this.kind = kind;
        this.dealId = dealId;
        this.deal = deal;
        this.contactId = contactId;
        this.contact = contact;
        join(delivery);
    }

    /** The entity changed, or the deal linked or created: one write of a kind per such id. */
    long key() {
        return kind.ofContact() ? contactId : dealId;
    }

    /** One delivery more waits for this write. */
    void join(Delivery delivery) {
        if (!deliveries.contains(delivery)) {
            deliveries.add(delivery);
            delivery.writeAdded();
        }
    }

    /** Adds a later change of the same deal: amoCRM would take only one item per id. */
    void merge(DealWrite later) {
        Map<DealField, String> values = new HashMap<>(deal.values());
        values.putAll(later.values());
        deal = new DealWrite(deal.id(), deal.base(), deal.name(), later.pipelineId() == null ? deal.pipelineId() : later.pipelineId(),
                later.pipelineId() == null && later.stageId() == null ? deal.stageId() : later.stageId(), deal.responsibleId(), values,
                deal.linkContact(), deal.contactId());
    }

    /** Adds a later change of the same contact. */
    void merge(ContactWrite later) {
        Map<ContactField, String> values = new HashMap<>(contact.values());
        values.putAll(later.values());
        contact = new ContactWrite(contact.id(), contact.base(), later.name() == null ? contact.name() : later.name(),
                later.phones().isEmpty() ? contact.phones() : later.phones(), values);
    }

    /** True while it must not be sent before it was compared with what amoCRM holds now. */
    boolean needsRecheck(Predicate<Deal> stale) {
        return !rechecked && (unclear || kind == Kind.CHANGE_DEAL && stale.test(deal.base())
                || kind == Kind.CHANGE_CONTACT && !contact.phones().isEmpty());
    }

    /** The change or link may have happened: it goes again after it was compared with what amoCRM holds. */
    void mayHaveHappened() {
        unclear = true;
        rechecked = false;
    }

    /**
     * It may be sent as it is.
     *
     * @param phonesToKeep phone values of the contact that are to stay; empty for a deal
     */
    void rechecked(List<JsonNode> phonesToKeep) {
        rechecked = true;
        heldPhones = phonesToKeep;
    }

    /** The item of the request. */
    ObjectNode body(WriteBodies bodies) {
        return switch (kind) {
            case CREATE_DEAL_WITH_CONTACT -> bodies.newDealWithContact(deal, contact);
            case CREATE_CONTACT -> bodies.newContact(contact);
            case CREATE_DEAL -> bodies.newDeal(deal, contactId);
            case LINK -> bodies.link(dealId, contactId);
            case CHANGE_DEAL -> bodies.changedDeal(deal);
            case CHANGE_CONTACT -> bodies.changedContact(contact, heldPhones);
        };
    }

    /** The reception that the write's deal is for. */
    long receptionId() {
        return deliveries.get(0).item.id();
    }

    /** The patient that the write's contact is for. */
    long patientId() {
        return deliveries.get(0).item.patient().id();
    }

    /** What was done, once amoCRM has said so; ids only. */
    private String done(long newId) {
        return switch (kind) {
            case CREATE_DEAL_WITH_CONTACT -> "deal " + newId + " created, with a new contact";
            case CREATE_CONTACT -> "contact " + newId + " created";
            case CREATE_DEAL -> "deal " + newId + " created for contact " + contactId;
            case LINK -> "deal " + dealId + " linked to contact " + contactId;
            case CHANGE_DEAL -> "deal " + dealId + " changed";
            case CHANGE_CONTACT -> "contact " + contactId + " changed";
        };
    }

    /** Notes for all who wait for it what was done. */
    void noteDone(long newId) {
        deliveries.forEach(delivery -> delivery.note(done(newId)));
    }

    /** The failure of this write, given the member that amoCRM refused. */
    FailureCode failureAt(String path) {
        return kind == Kind.CREATE_DEAL_WITH_CONTACT && path.startsWith("_embedded") ? FailureCode.CONTACT_NOT_CREATED : kind.failure;
    }
}
