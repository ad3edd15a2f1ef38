package io.identamocrm.rules;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Reception;
import io.identamocrm.model.SyncItem;
import io.identamocrm.model.SyncPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What deals and contacts of a patient are looked up by, beside ids. Phones are personal, so {@link #toString()} only counts them.
 *
 * @param numberFingerprint fingerprint of the patient's number as a deal field, or null if there is none or nobody needs it
 * @param phones            the patient's phones, E.164; empty if none is usable
 * @param phoneFingerprints their fingerprints, in the same order
 */
public record PatientKeys(@Nullable String numberFingerprint, List<String> phones, List<String> phoneFingerprints) {

    private static final PatientKeys NONE = new PatientKeys(null, List.of(), List.of());

    /**
     * The keys of an item's patient.
     *
     * @param item a reception, or a patient, who is not looked up by number
     * @return no keys at all for an item without a patient; never null
     */
    public static PatientKeys of(SyncItem item, SyncPolicy policy, CanonicalForm form, Fingerprint fingerprint) {
        Patient patient = item.patient();
        if (patient == null) {
            return NONE;
        }
        List<String> phones = PhoneNumbers.inText(patient.phones(), policy.phoneRegion());
        String number = item instanceof Reception ? form.of(DealField.PATIENT_NUMBER, patient.number()) : null;
        return new PatientKeys(
                number == null ? null : fingerprint.of(number),
                phones,
                phones.stream().map(fingerprint::of).toList());
    }

    @Override
    public String toString() {
        return "PatientKeys[" + phones.size() + " phones]";
    }
}
