package io.identamocrm.model;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A patient as IDENT knows them. All but the ids is personal: {@link #toString()} shows ids only, so that no log can leak it.
 *
 * @param id         {@code Patients.ID_Persons}
 * @param number     {@code Patients.PatientNumber}, the «порядковый номер в МИС»; null if none
 * @param surname    may be null, as may the other two names
 * @param phones     the phone text as typed in IDENT, any form, or null
 * @param birthday   null if absent or not a date
 * @param cardNumber or null
 * @param comment    or null
 * @param firstVisit or null
 * @param smsOptOut  or null when IDENT does not say
 * @param further    values of contact fields that only runs of patients read (domain rules, "Field mapping"); a field that is absent is
 *                   left alone in amoCRM
 */
public record Patient(
        long id,
        @Nullable String number,
        @Nullable String surname,
        @Nullable String name,
        @Nullable String patronymic,
        @Nullable String phones,
        @Nullable LocalDate birthday,
        @Nullable String cardNumber,
        @Nullable String comment,
        @Nullable LocalDate firstVisit,
        @Nullable Boolean smsOptOut,
        Map<ContactField, Object> further)
        implements SyncItem {

    public Patient {
        further = Map.copyOf(further);
    }

    @Override
    public Patient patient() {
        return this;
    }

    @Override
    public String toString() {
        return "Patient[" + id + "]";
    }
}
