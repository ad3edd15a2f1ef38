package io.identamocrm.amocrm;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import java.util.Set;

/**
 * What the values of our fields are, which types of amoCRM fields can hold them, and which type is made for them (amoCRM facts, section 6;
 * {@link FieldFormats} converts accordingly).
 */
public enum FieldKind {
    /** An id by which deals or contacts are found. */
    KEY("text", Set.of(FieldType.TEXT, FieldType.TEXTAREA), Set.of(FieldType.NUMERIC), "an id that is no plain number is not sent"),
    /** A line of text. */
    TEXT("text", Set.of(FieldType.TEXT, FieldType.TEXTAREA), Set.of(FieldType.SELECT, FieldType.NUMERIC),
            "other values than its options, or than numbers, are not sent"),
    /** A text that may be long. */
    LONG_TEXT("textarea", Set.of(FieldType.TEXTAREA), Set.of(FieldType.TEXT, FieldType.SELECT, FieldType.NUMERIC),
            "what is longer than 250 characters is cut, or is not sent"),
    /** A count or an amount of money. */
    NUMBER("numeric", Set.of(FieldType.NUMERIC, FieldType.TEXT, FieldType.TEXTAREA), Set.of(FieldType.SELECT),
            "other values than its options are not sent"),
    /** A day. */
    DAY("date", Set.of(FieldType.DATE, FieldType.TEXT, FieldType.TEXTAREA, FieldType.DATE_TIME), Set.of(), ""),
    /** A day that comes again every year. */
    BIRTHDAY("birthday", DAY.fitting, Set.of(), ""),
    /** A day with its time. */
    MOMENT("date_time", Set.of(FieldType.DATE_TIME, FieldType.TEXT, FieldType.TEXTAREA), Set.of(FieldType.DATE),
            "the time of day is lost"),
    /** Yes or no. */
    FLAG("checkbox", Set.of(FieldType.CHECKBOX, FieldType.TEXT, FieldType.TEXTAREA), Set.of(FieldType.SELECT),
            "it needs the options «да» and «нет»"),
    /** Phones or addresses: amoCRM has fields for them from the start, so none is made. */
    STANDARD(null, Set.of(FieldType.MULTITEXT, FieldType.TEXT, FieldType.TEXTAREA), Set.of(), ""),
    /** The name: contacts have one without a field, so none is made. */
    NAME(null, Set.of(FieldType.TEXT, FieldType.TEXTAREA), Set.of(), "");

    private final String made;
    private final Set<FieldType> fitting;
    private final Set<FieldType> lossy;
    private final String loss;

    FieldKind(String made, Set<FieldType> fitting, Set<FieldType> lossy, String loss) {
        this.made = made;
        this.fitting = fitting;
        this.lossy = lossy;
        this.loss = loss;
    }

    /** The kind of one of our fields. */
    public static FieldKind of(MappedField field) {
        if (field instanceof DealField deal) {
            return switch (deal) {
                case RECEPTION_ID, PATIENT_NUMBER, SYNC_STATE -> KEY;
                case RECEPTION_DATE -> MOMENT;
                case DOCTOR_NAME -> TEXT;
                case SERVICE_NAME -> LONG_TEXT;
                case RECEPTION_COST -> NUMBER;
            };
        }
        return switch ((ContactField) field) {
            case PATIENT_ID, PATIENT_NUMBER -> KEY;
            case NAME -> NAME;
            case PHONE, EMAIL -> STANDARD;
            case AGE, APPOINTMENTS, TOTAL_VISITS, DISCOUNT, ADVANCE, DEBT, COMPLETED_RECEPTIONS_COUNT -> NUMBER;
            case GENDER, CARD_NUMBER, ARCHIVE_REASON, STATUS, SNILS, INN, BRANCH, CITY -> TEXT;
            case BIRTHDATE -> BIRTHDAY;
            case FIRST_VISIT, LAST_VISIT -> DAY;
            case COMMENT -> LONG_TEXT;
            case SMS_OPT_OUT -> FLAG;
        };
    }

    /** amoCRM's name of the type that is made for it, or null if the account has such a field from the start. */
    public String made() {
        return made;
    }

    /** True if a field of this type holds every value. */
    public boolean fits(FieldType type) {
        return fitting.contains(type);
    }

    /** True if a field of this type holds some values, or holds them less well. */
    public boolean fitsPartly(FieldType type) {
        return lossy.contains(type);
    }

    /** What is lost where it fits partly; empty if nothing is. */
    public String loss() {
        return loss;
    }
}
