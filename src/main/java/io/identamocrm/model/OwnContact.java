package io.identamocrm.model;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is ours in a patient's contact: remembered apart from the mirror, because it cannot be read from amoCRM again.
 *
 * @param contact the patient's contact; 0 if there is none
 * @param name    fingerprint of the name that we gave it, or null if we gave none
 * @param gone    true if amoCRM said, asked by id, that the contact is no more
 * @param written fingerprints of the phones and e-mails in it that nobody but us has written; they go when IDENT replaces them
 */
public record OwnContact(long contact, @Nullable String name, boolean gone, Set<String> written) {

    public OwnContact {
        written = written == null ? Set.of() : Set.copyOf(written);
    }

    /** Without a phone or e-mail of ours. */
    public OwnContact(long contact, @Nullable String name, boolean gone) {
        this(contact, name, gone, Set.of());
    }

    /** The same as this contact. */
    public OwnContact in(long created) {
        return new OwnContact(created, name, gone, written);
    }

    /** The same after amoCRM said that the contact is no more. */
    public OwnContact asGone() {
        return new OwnContact(contact, name, true, written);
    }

    /** The same but for values that somebody else had written before. */
    public OwnContact without(Set<String> theirs) {
        Set<String> ours = new HashSet<>(written);
        ours.removeAll(theirs);
        return new OwnContact(contact, name, gone, ours);
    }
}
