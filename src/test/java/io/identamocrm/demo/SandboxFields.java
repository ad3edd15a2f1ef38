package io.identamocrm.demo;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.sandbox.SandboxAccount;
import java.util.HashMap;
import java.util.Map;

/** Which fields of the sandbox's account ours are mapped to: by title, so that the order of our constants says nothing. */
public final class SandboxFields {

    private SandboxFields() {}

    /** The variable that a clinic maps a field with. */
    public static String variable(MappedField field) {
        return (field instanceof DealField ? "AMOCRM_DEAL_FIELD_" : "AMOCRM_CONTACT_FIELD_") + field.name();
    }

    /** The settings of all that the account has. */
    public static Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        for (MappedField field : MappedField.all()) {
            String title = title(field);
            if (title != null) {
                long id = SandboxAccount.fieldId(field instanceof DealField, title);
                variables.put(variable(field), Long.toString(id));
            }
        }
        return variables;
    }

    /** The title in the account; null if the account has no such field, and who wants to try it makes one. */
    private static String title(MappedField field) {
        return field instanceof DealField deal ? ofDeals(deal) : ofContacts((ContactField) field);
    }

    private static String ofDeals(DealField field) {
        return switch (field) {
            case RECEPTION_ID -> "Номер приёма";
            case RECEPTION_DATE -> "Дата приёма";
            case DOCTOR_NAME -> "Врач";
            case SERVICE_NAME -> "Услуги";
            case RECEPTION_COST -> "Стоимость";
            case PATIENT_NUMBER -> "Номер пациента";
            case SYNC_STATE -> null;
        };
    }

    private static String ofContacts(ContactField field) {
        return switch (field) {
            case NAME -> "ФИО";
            case PHONE -> "Телефон";
            case AGE -> "Возраст";
            case GENDER -> "Пол";
            case APPOINTMENTS -> "Записей";
            case TOTAL_VISITS -> "Всего визитов";
            case CARD_NUMBER -> "Номер карты";
            case BIRTHDATE -> "Дата рождения";
            case COMMENT -> "Комментарий";
            case DISCOUNT -> "Скидка";
            case SMS_OPT_OUT -> "Отказ от SMS";
            case ARCHIVE_REASON -> "Причина архивации";
            case STATUS -> "Статус пациента";
            case SNILS -> "СНИЛС";
            case INN -> "ИНН";
            case BRANCH -> "Филиал";
            case PATIENT_NUMBER -> "Номер пациента";
            case ADVANCE -> "Аванс";
            case DEBT -> "Долг";
            case EMAIL -> "E-mail";
            case COMPLETED_RECEPTIONS_COUNT -> "Завершённых приёмов";
            case FIRST_VISIT -> "Первый визит";
            case LAST_VISIT -> "Последний визит";
            case CITY -> "Город";
            case PATIENT_ID -> "Код пациента";
        };
    }
}
