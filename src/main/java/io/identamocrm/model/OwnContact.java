package io.identamocrm.model;

/**
 * What is ours in a patient's contact: remembered apart from the mirror, because it cannot be read from amoCRM again.
 *
 * @param contact the patient's contact; 0 if there is none
 * @param name    fingerprint of the name that we gave it, or null if we gave none
 * @param gone    true if amoCRM said, asked by id, that the contact is no more
 */
public record OwnContact(long contact, String name, boolean gone) {

    /** The same as this contact. */
    public OwnContact in(long created) {
        return new OwnContact(created, name, gone);
    }

    /** The same after amoCRM said that the contact is no more. */
    public OwnContact asGone() {
        return new OwnContact(contact, name, true);
    }
}
