package io.identamocrm.model;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What is known of amoCRM when a reception is decided: the mirror, with the run's own pending writes laid over it. */
public interface CrmSnapshot {

    /** Deals, in any pipeline or stage, whose reception-id field holds this reception. */
    Collection<Deal> dealsOfReception(long receptionId);

    /** The deal with this id, or null if it is not known; only of those that receptions are remembered with. */
    @Nullable
    Deal deal(long id);

    /** Deals of our pipelines whose patient-number field has this fingerprint; of very many some, free ones before the others. */
    Collection<Deal> dealsOfPatientNumber(String numberFingerprint);

    /**
     * Deals of our pipelines linked to this contact, which is a patient's own or nobody's; of very many some, free ones before the
     * others.
     */
    Collection<Deal> dealsOfContact(long contactId);

    /** Contacts whose patient-id field holds this patient. */
    Collection<Contact> contactsOfPatient(long patientId);

    /** Contacts that carry the phone with this fingerprint; of very many some, though more patients' than may share a phone. */
    Collection<Contact> contactsWithPhone(String phoneFingerprint);

    /** The reception of this run that took the deal, or null. */
    @Nullable
    Long claimedBy(long dealId);
}
