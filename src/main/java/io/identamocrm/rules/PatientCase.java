package io.identamocrm.rules;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Patient;
import java.util.List;

/** A patient on the way to a decision: the body of route {@code decide-patient}. */
public final class PatientCase extends SyncCase {

    private final Patient patient;

    /**
     * A patient whom no step has seen yet.
     *
     * @param patient never null
     * @param keys    what the patient is looked up by
     * @param basis   what the decision rests on
     */
    public PatientCase(Patient patient, PatientKeys keys, DecisionBasis basis) {
        super(basis, keys);
        this.patient = patient;
    }

    private PatientCase(PatientCase original) {
        super(original);
        patient = original.patient;
    }

    @Override
    PatientCase copy() {
        return new PatientCase(this);
    }

    @Override
    public Patient item() {
        return patient;
    }

    @Override
    boolean needsContact() {
        return true;
    }

    @Override
    Decision decided() {
        return new Decision(patient.id(), patient.id(), null, null, outcome(), null, null, contactWrite(),
                contact() == null ? List.of() : contact().duplicates(), reasons());
    }

    @Override
    public String toString() {
        return "PatientCase[" + patient.id() + progress() + "]";
    }
}
