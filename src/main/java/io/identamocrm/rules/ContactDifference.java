package io.identamocrm.rules;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Patient;
import io.identamocrm.rules.ContactChoice.Choice;
import io.identamocrm.rules.ContactChoice.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what is to be written into a patient's contact (domain rules, section 4). */
public final class ContactDifference {

    /** Compares an open case with the contact chosen for it. */
    public SyncCase compare(SyncCase one) {
        if (!one.isOpen()) {
            return one;
        }
        Set<MappedField> leftOut = new HashSet<>();
        ContactWrite write = write(one, leftOut);
        return one.withContactWrite(write).leavingOut(leftOut);
    }

    private static @Nullable ContactWrite write(SyncCase one, Set<MappedField> leftOut) {
        Choice choice = one.contact();
        if (choice.kind() == Kind.SHARED || choice.kind() == Kind.NEW && !one.needsContact()) {
            return null;
        }
        Patient patient = one.item().knownPatient();
        Contact contact = choice.contact();
        List<String> phones = one.keys().phones();
        Map<ContactField, String> desired = new DesiredFields(one.basis().form()).ofContact(patient);
        Fingerprint fingerprint = one.basis().fingerprint();
        Map<String, String> refused = one.basis().refused().ofPatient(patient.id());
        boolean phonesRefused = !phones.isEmpty()
                && fingerprint.of(ContactWrite.together(phones)).equals(refused.get(ContactField.PHONE.name()));
        if (contact == null) {
            leftOut.addAll(FieldDifference.leaveRefused(desired, refused, fingerprint));
            if (phonesRefused) {
                leftOut.add(ContactField.PHONE);
            }
            return new ContactWrite(null, null, titleOf(patient), phonesRefused ? List.of() : phones, desired);
        }
        Map<ContactField, String> values = FieldDifference.between(
                desired,
                contact.fingerprints(),
                contact.sent(),
                fingerprint,
                one.basis().thorough());
        FieldDifference.leaveCreateOnly(
                values, contact.fingerprints(), one.basis().policy().createOnly());
        leftOut.addAll(FieldDifference.leaveRefused(values, refused, fingerprint));
        String title = DesiredFields.nameOf(patient);
        boolean rename = title != null
                && one.hasOurName(contact)
                && !fingerprint.of(title).equals(contact.name());
        boolean phonesDiffer =
                !contact.phones().containsAll(one.keys().phoneFingerprints()) || hasReplacedPhone(one, contact);
        if (phonesDiffer && phonesRefused) {
            leftOut.add(ContactField.PHONE);
            phonesDiffer = false;
        }
        return values.isEmpty() && !phonesDiffer && !rename
                ? null
                : new ContactWrite(
                        contact.id(), contact, rename ? title : null, phonesDiffer ? phones : List.of(), values);
    }

    /** True if a phone that only we had written stands there still, and IDENT has another now. */
    private static boolean hasReplacedPhone(SyncCase one, Contact contact) {
        List<String> ours = one.keys().phoneFingerprints();
        return !ours.isEmpty()
                && one.writtenBefore(contact).stream()
                        .anyMatch(phone -> contact.phones().contains(phone) && !ours.contains(phone));
    }

    private static String titleOf(Patient patient) {
        String name = DesiredFields.nameOf(patient);
        return name == null ? "Пациент #" + patient.id() : name;
    }
}
