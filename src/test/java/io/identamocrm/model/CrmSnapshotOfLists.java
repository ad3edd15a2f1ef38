package io.identamocrm.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * amoCRM as lists. It answers with every deal that fits, wherever the deal stands: the rules must refuse the wrong ones themselves,
 * not rely on what a mirror leaves out.
 */
public final class CrmSnapshotOfLists implements CrmSnapshot {

    private final List<Deal> deals = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private final Map<Long, Long> claims = new HashMap<>();

    public CrmSnapshotOfLists with(DealBuilder... some) {
        Stream.of(some).map(DealBuilder::build).forEach(this::put);
        return this;
    }

    public CrmSnapshotOfLists with(ContactBuilder... some) {
        Stream.of(some).map(ContactBuilder::build).forEach(this::put);
        return this;
    }

    /** Notes that a reception of this run has taken the deal. */
    public CrmSnapshotOfLists claimed(long dealId, long receptionId) {
        claims.put(dealId, receptionId);
        return this;
    }

    /** Adds the deal, in place of the one with the same id if there is one. */
    public void put(Deal deal) {
        deals.removeIf(old -> old.id() == deal.id());
        deals.add(deal);
    }

    /** Adds the contact, in place of the one with the same id if there is one. */
    public void put(Contact contact) {
        contacts.removeIf(old -> old.id() == contact.id());
        contacts.add(contact);
    }

    /** Forgets the claims: a new run. */
    public void forgetClaims() {
        claims.clear();
    }

    /** The same snapshot, answering in another order. */
    public CrmSnapshotOfLists shuffled(long seed) {
        CrmSnapshotOfLists other = new CrmSnapshotOfLists();
        other.deals.addAll(deals);
        other.contacts.addAll(contacts);
        other.claims.putAll(claims);
        Collections.shuffle(other.deals, new Random(seed));
        Collections.shuffle(other.contacts, new Random(seed));
        return other;
    }

    /** The same snapshot without the deals that are not this reception's or do not pass. */
    public CrmSnapshotOfLists onlyDealsOf(long receptionId, Predicate<Deal> wanted) {
        CrmSnapshotOfLists other = new CrmSnapshotOfLists();
        other.deals.addAll(find(
                deals, deal -> deal.receptionId() != null && deal.receptionId() == receptionId && wanted.test(deal)));
        other.contacts.addAll(contacts);
        return other;
    }

    public List<Deal> deals() {
        return List.copyOf(deals);
    }

    public List<Contact> contacts() {
        return List.copyOf(contacts);
    }

    @Override
    public Deal deal(long id) {
        return deals.stream().filter(deal -> deal.id() == id).findFirst().orElse(null);
    }

    public Contact contact(long id) {
        return find(contacts, contact -> contact.id() == id).get(0);
    }

    @Override
    public Collection<Deal> dealsOfReception(long receptionId) {
        return find(deals, deal -> deal.receptionId() != null && deal.receptionId() == receptionId);
    }

    @Override
    public Collection<Deal> dealsOfPatientNumber(String numberFingerprint) {
        return find(deals, deal -> numberFingerprint.equals(deal.fingerprints().get(DealField.PATIENT_NUMBER)));
    }

    @Override
    public Collection<Deal> dealsOfContact(long contactId) {
        return find(deals, deal -> deal.contactIds().contains(contactId));
    }

    @Override
    public Collection<Contact> contactsOfPatient(long patientId) {
        return find(contacts, contact -> contact.belongsTo(patientId));
    }

    @Override
    public Collection<Contact> contactsWithPhone(String phoneFingerprint) {
        return find(contacts, contact -> contact.phones().contains(phoneFingerprint));
    }

    @Override
    public Long claimedBy(long dealId) {
        return claims.get(dealId);
    }

    private static <T> List<T> find(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).toList();
    }

    @Override
    public String toString() {
        return "deals " + deals + ", contacts " + contacts + ", claims " + claims;
    }
}
