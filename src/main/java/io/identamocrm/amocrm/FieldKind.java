package io.identamocrm.amocrm;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the values of our fields are, which types of amoCRM fields can hold them, and which type is made for them (amoCRM facts, section 6;
 * {@link FieldFormats} converts accordingly).
 */
public enum FieldKind {
    /** An id by which deals or contacts are found. */
    KEY("text", Set.of(FieldType.TEXT, FieldType.TEXTAREA), Set.of(FieldType.NUMERIC), AmocrmText.LOSS_OF_ID),
    /** A line of text. */
    TEXT(
            "text",
            Set.of(FieldType.TEXT, FieldType.TEXTAREA),
            Set.of(FieldType.SELECT, FieldType.NUMERIC),
            AmocrmText.LOSS_OF_OPTIONS_OR_NUMBERS),
    /** A text that may be long. */
    LONG_TEXT(
            "textarea",
            Set.of(FieldType.TEXTAREA),
            Set.of(FieldType.TEXT, FieldType.SELECT, FieldType.NUMERIC),
            AmocrmText.LOSS_OF_LENGTH),
    /** A count or an amount of money. */
    NUMBER(
            "numeric",
            Set.of(FieldType.NUMERIC, FieldType.TEXT, FieldType.TEXTAREA),
            Set.of(FieldType.SELECT),
            AmocrmText.LOSS_OF_OPTIONS),
    /** A day. */
    DAY("date", Set.of(FieldType.DATE, FieldType.TEXT, FieldType.TEXTAREA, FieldType.DATE_TIME), Set.of(), Text.of("")),
    /** A day that comes again every year. */
    BIRTHDAY("birthday", DAY.fitting, Set.of(), Text.of("")),
    /** A day with its time. */
    MOMENT(
            "date_time",
            Set.of(FieldType.DATE_TIME, FieldType.TEXT, FieldType.TEXTAREA),
            Set.of(FieldType.DATE),
            AmocrmText.LOSS_OF_TIME),
    /** Yes or no. */
    FLAG(
            "checkbox",
            Set.of(FieldType.CHECKBOX, FieldType.TEXT, FieldType.TEXTAREA),
            Set.of(FieldType.SELECT),
            AmocrmText.LOSS_OF_FLAG),
    /** Phones or addresses: amoCRM has fields for them from the start, so none is made. */
    STANDARD(null, Set.of(FieldType.MULTITEXT, FieldType.TEXT, FieldType.TEXTAREA), Set.of(), Text.of("")),
    /** The name: contacts have one without a field, so none is made. */
    NAME(null, Set.of(FieldType.TEXT, FieldType.TEXTAREA), Set.of(), Text.of(""));

    private final @Nullable String made;
    private final Set<FieldType> fitting;
    private final Set<FieldType> lossy;
    private final Text loss;

    FieldKind(@Nullable String made, Set<FieldType> fitting, Set<FieldType> lossy, Text loss) {
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
    public @Nullable String made() {
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
    public Text loss() {
        return loss;
    }
}
