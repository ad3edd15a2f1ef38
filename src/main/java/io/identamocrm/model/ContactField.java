package io.identamocrm.model;

/** Our custom fields of a contact; each is configured as {@code AMOCRM_CONTACT_FIELD_<NAME>}. */
public enum ContactField implements MappedField {
    NAME,
    PHONE,
    AGE,
    GENDER,
    APPOINTMENTS,
    TOTAL_VISITS,
    CARD_NUMBER,
    BIRTHDATE,
    COMMENT,
    DISCOUNT,
    SMS_OPT_OUT,
    ARCHIVE_REASON,
    STATUS,
    SNILS,
    INN,
    BRANCH,
    PATIENT_NUMBER,
    ADVANCE,
    DEBT,
    EMAIL,
    COMPLETED_RECEPTIONS_COUNT,
    FIRST_VISIT,
    LAST_VISIT,
    CITY,
    PATIENT_ID;

    @Override
    public boolean isPersonal() {
        return this != PATIENT_ID;
    }
}
