package io.identamocrm.model;

/** Status of a reception. IDENT stores none; {@code StatusRule} derives it from times and marks. */
public enum Status implements Message {
    CANCELLED("отменён"),
    COMPLETED("завершён"),
    ARRIVED("пациент пришёл"),
    NO_SHOW("пациент не пришёл"),
    SCHEDULED("запланирован");

    private final String russian;

    Status(String russian) {
        this.russian = russian;
    }

    @Override
    public String english() {
        return name();
    }

    @Override
    public String russian() {
        return russian;
    }

    /** A visit that will not take place: it opens no deal. */
    public boolean isOff() {
        return this == CANCELLED || this == NO_SHOW;
    }
}
