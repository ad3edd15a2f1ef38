package io.identamocrm.rules;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Patient;
import org.jspecify.annotations.Nullable;

/** A patient on the way to a decision: the body of route {@code decide-patient}. */
public final class PatientCase extends SyncCase {

    private final Patient patient;

    /**
     * A patient whom no step has seen yet.
     *
     * @param patient who it is
     * @param own     what is remembered of the contact, or null
     * @param keys    what the patient is looked up by
     * @param basis   what the decision rests on
     */
    public PatientCase(Patient patient, @Nullable OwnContact own, PatientKeys keys, DecisionBasis basis) {
        super(basis, keys, own);
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

    /** True if a manager removed the contact that we had delivered, and nobody wants it back. */
    boolean isContactRemoved() {
        return own() != null
                && own().gone()
                && !basis().byHand()
                && !basis().policy().recreateDeleted();
    }

    @Override
    Decision decided(Outcome as) {
        return new Decision(
                patient.id(),
                patient.id(),
                null,
                null,
                as,
                null,
                null,
                contactWrite(),
                contactDuplicates(),
                reasons(),
                null,
                null,
                ownAfterwards(),
                leftOut());
    }

    @Override
    public String toString() {
        return "PatientCase[" + patient.id() + progress() + "]";
    }
}
