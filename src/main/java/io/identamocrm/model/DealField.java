package io.identamocrm.model;

/** Our custom fields of a deal; each is configured as {@code AMOCRM_DEAL_FIELD_<NAME>}. */
public enum DealField implements MappedField {
    RECEPTION_ID,
    RECEPTION_DATE,
    DOCTOR_NAME,
    SERVICE_NAME,
    RECEPTION_COST,
    PATIENT_NUMBER,
    /** Our own state of the deal, which so survives the loss of Redis; see {@link SyncState}. */
    SYNC_STATE;

    @Override
    public boolean isPersonal() {
        return switch (this) {
            case DOCTOR_NAME, PATIENT_NUMBER -> true;
            case RECEPTION_ID, RECEPTION_DATE, SERVICE_NAME, RECEPTION_COST, SYNC_STATE -> false;
        };
    }
}
