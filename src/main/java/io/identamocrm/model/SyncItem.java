package io.identamocrm.model;

import org.jspecify.annotations.Nullable;

/** What a run synchronises, one by one. */
public sealed interface SyncItem permits Reception, Patient {

    /** Its id in IDENT. */
    long id();

    /** The patient it is about; null in broken rows. */
    @Nullable
    Patient patient();

    /**
     * The patient, where the facts have been checked.
     *
     * @throws IllegalStateException if the row names none
     */
    default Patient knownPatient() {
        Patient known = patient();
        if (known == null) {
            throw new IllegalStateException(this + " has no patient");
        }
        return known;
    }
}
