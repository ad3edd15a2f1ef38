package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Patient;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.rules.ContactChoice.Choice;
import io.identamocrm.rules.ContactChoice.Kind;
import java.util.List;
import java.util.Map;

/** What is to be written into a patient's contact (domain rules, section 4). */
final class ContactRules {

    private final SyncPolicy policy;
    private final Fingerprint fingerprint;
    private final DesiredFields desired;

    ContactRules(SyncPolicy policy, Fingerprint fingerprint, DesiredFields desired) {
        this.policy = policy;
        this.fingerprint = fingerprint;
        this.desired = desired;
    }

    /**
     * The write, or null if nothing is due.
     *
     * @param phones the patient's phones, E.164
     * @param needed whether a contact is created if there is none
     */
    ContactWrite write(Patient patient, List<String> phones, Choice choice, boolean needed) {
        Contact contact = choice.contact();
        if (choice.kind() == Kind.SHARED || choice.kind() == Kind.NEW && !needed) {
            return null;
        }
        Map<ContactField, String> values = desired.ofContact(patient);
        if (contact == null) {
            return new ContactWrite(null, null, titleOf(patient), phones, values);
        }
        values = FieldDifference.between(values, contact.fingerprints(), contact.sent(), fingerprint);
        FieldDifference.leaveCreateOnly(values, contact.fingerprints(), policy.createOnly());
        String title = DesiredFields.nameOf(patient);
        boolean rename = title != null && contact.hasOurName() && !fingerprint.of(title).equals(contact.name());
        boolean phoneMissing = phones.stream().anyMatch(phone -> !contact.phones().contains(fingerprint.of(phone)));
        return values.isEmpty() && !phoneMissing && !rename ? null
                : new ContactWrite(contact.id(), contact, rename ? title : null, phoneMissing ? phones : List.of(), values);
    }

    private static String titleOf(Patient patient) {
        String name = DesiredFields.nameOf(patient);
        return name == null ? "Пациент #" + patient.id() : name;
    }
}
