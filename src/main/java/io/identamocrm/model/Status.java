package io.identamocrm.model;

/** Status of a reception. IDENT stores none; {@code StatusRule} derives it from times and marks. */
public enum Status {
    CANCELLED,
    COMPLETED,
    ARRIVED,
    NO_SHOW,
    SCHEDULED;

    /** A visit that will not take place: it opens no deal. */
    public boolean isOff() {
        return this == CANCELLED || this == NO_SHOW;
    }
}
