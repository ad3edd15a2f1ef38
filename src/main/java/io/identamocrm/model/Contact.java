package io.identamocrm.model;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A contact as the mirror remembers it: ids and fingerprints, no text of any person.
 *
 * @param id        amoCRM's id; negative while our own creation of it is still on its way
 * @param updatedAt amoCRM's clock, Unix seconds
 * @param patientId number in the patient-id field, or null if the field is empty or no number
 * @param name      fingerprint of amoCRM's own name of the contact, or null
 * @param phones    fingerprints of its phones in E.164
 * @param fingerprints    fingerprints of our fields as read (phones apart); absent = empty
 * @param sent      what we sent for fields, as long as it matters
 */
public record Contact(
        long id,
        long updatedAt,
        @Nullable Long patientId,
        @Nullable String name,
        Set<String> phones,
        Map<ContactField, String> fingerprints,
        Map<ContactField, Sent> sent) {

    public Contact {
        phones = Set.copyOf(phones);
        fingerprints = Map.copyOf(fingerprints);
        sent = Map.copyOf(sent);
    }

    /** True if no patient's id is written in it: a manager's or a website's contact. */
    public boolean isUnowned() {
        return !fingerprints.containsKey(ContactField.PATIENT_ID);
    }

    /** True if the patient-id field holds exactly this patient's id. */
    public boolean belongsTo(long patient) {
        return patientId != null && patientId == patient;
    }
}
