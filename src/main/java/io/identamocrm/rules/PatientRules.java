package io.identamocrm.rules;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Reason;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.rules.ContactChoice.Choice;
import io.identamocrm.rules.ContactChoice.Kind;
import java.util.ArrayList;
import java.util.List;

/** Decides one patient: which contact is theirs, and what differs in it, with the reasons. */
public final class PatientRules {

    private final SyncPolicy policy;
    private final Fingerprint fingerprint;
    private final ContactRules contacts;

    /**
     * The rules of one clinic.
     *
     * @param policy its choices
     * @param form   how values are compared and sent in its amoCRM account
     * @param fingerprint  how canonical values become fingerprints
     */
    public PatientRules(SyncPolicy policy, CanonicalForm form, Fingerprint fingerprint) {
        this.policy = policy;
        this.fingerprint = fingerprint;
        this.contacts = new ContactRules(policy, fingerprint, new DesiredFields(form));
    }

    /**
     * Decides a patient.
     *
     * @param patient the patient as read
     * @param snapshot what is known of amoCRM
     * @return never null
     */
    public Decision decide(Patient patient, CrmSnapshot snapshot) {
        List<Reason> reasons = new ArrayList<>();
        List<String> phones = PhoneNumbers.inText(patient.phones(), policy.phoneRegion());
        List<String> phoneFingerprints = phones.stream().map(fingerprint::of).toList();
        Choice choice = ContactChoice.choose(patient, phoneFingerprints, snapshot, policy.attachSharedPhone(), reasons);
        ContactWrite write = contacts.write(patient, phones, choice, true);
        if (write != null) {
            reasons.add(new Reason("difference", write.isNew() ? "a new contact" : "contact fields " + write.values().keySet()
                    + (write.name() == null ? "" : ", name") + (write.phones().isEmpty() ? "" : ", phone")));
        }
        return new Decision(patient.id(), patient.id(), null, null, outcomeOf(choice, write), null, null, write,
                choice.duplicates(), reasons);
    }

    private static Outcome outcomeOf(Choice choice, ContactWrite write) {
        if (choice.kind() == Kind.SHARED) {
            return Outcome.SKIPPED;
        }
        return write == null ? Outcome.UNCHANGED : write.isNew() ? Outcome.CREATED : Outcome.UPDATED;
    }
}
