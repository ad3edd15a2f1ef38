package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.CrmSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contacts that carry a patient's phone. A phone of very many patients, such as the clinic's own, tells nothing of any of them: its
 * contacts are left out.
 *
 * @param contacts each once
 * @param crowded  how many of the patient's phones are no key
 * @param atMost   patients that may share a phone
 */
record ContactsByPhone(Collection<Contact> contacts, int crowded, int atMost) {

    /** Those of a case's patient. */
    static ContactsByPhone of(SyncCase one) {
        CrmSnapshot snapshot = one.basis().snapshot();
        int atMost = one.basis().policy().phonePatientsAtMost();
        Map<Long, Contact> found = new LinkedHashMap<>();
        int crowded = 0;
        for (String phone : one.keys().phoneFingerprints()) {
            Collection<Contact> carriers = snapshot.contactsWithPhone(phone);
            if (carriers.stream().filter(contact -> !contact.isUnowned()).count() > atMost) {
                crowded++;
            } else {
                carriers.forEach(contact -> found.put(contact.id(), contact));
            }
        }
        return new ContactsByPhone(new ArrayList<>(found.values()), crowded, atMost);
    }

    /** Tells of phones that are no key, without naming them. */
    void tell(StepReasons reasons) {
        if (crowded > 0) {
            reasons.add(
                    crowded == 1 ? RuleText.CROWDED_PHONE.with(atMost) : RuleText.CROWDED_PHONES.with(crowded, atMost));
        }
    }

    List<Contact> unowned() {
        return contacts.stream()
                .filter(Contact::isUnowned)
                .sorted(ContactChoice.LATEST_FIRST)
                .toList();
    }

    List<Contact> owned() {
        return contacts.stream()
                .filter(contact -> !contact.isUnowned())
                .sorted(ContactChoice.LATEST_FIRST)
                .toList();
    }
}
