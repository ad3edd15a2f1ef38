package io.identamocrm.account;

import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What our fields are called in accounts: by us, by the older tool's set-up guide, and by people who made such fields by hand. */
final class FieldTitles {

    private FieldTitles() {}

    /** The title that a field of ours is made with, for the people of a Russian clinic. */
    static String of(MappedField field) {
        return titles(field)[0];
    }

    /** Everything it may be called, as {@link #plain} writes it; our own title first. */
    static List<String> all(MappedField field) {
        return Stream.of(titles(field)).map(FieldTitles::plain).distinct().toList();
    }

    /** A title without what people write differently: case, ё, punctuation, the sign for number. */
    static String plain(String title) {
        return title.toLowerCase(Locale.ROOT)
                .replace('ё', 'е')
                .replace("№", " номер ")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    private static String[] titles(MappedField field) {
        return field instanceof DealField deal ? ofDeals(deal) : ofContacts((ContactField) field);
    }

    private static String[] titles(String... titles) {
        return titles;
    }

    private static String[] ofDeals(DealField field) {
        return switch (field) {
            case RECEPTION_ID ->
                titles(
                        "Код приёма IDENT",
                        "Номер приёма",
                        "Код приёма",
                        "ID приёма",
                        "ID приёма IDENT",
                        "Номер приёма IDENT",
                        "Reception ID",
                        "Appointment ID");
            case RECEPTION_DATE ->
                titles(
                        "Дата и время приёма",
                        "Дата приёма",
                        "Время приёма",
                        "Дата визита",
                        "Дата и время визита",
                        "Reception date",
                        "Appointment date",
                        "Visit date");
            case DOCTOR_NAME ->
                titles("Врач", "ФИО врача", "Имя врача", "Лечащий врач", "Доктор", "Doctor", "Doctor name");
            case SERVICE_NAME ->
                titles(
                        "Услуги",
                        "Услуга",
                        "Название услуги",
                        "Оказанные услуги",
                        "Services",
                        "Service",
                        "Service name");
            case RECEPTION_COST ->
                titles(
                        "Стоимость приёма",
                        "Стоимость",
                        "Сумма приёма",
                        "Стоимость визита",
                        "Reception cost",
                        "Visit cost");
            case PATIENT_NUMBER -> ofPatientNumber();
            case SYNC_STATE -> titles("Состояние обмена с IDENT", "Состояние синхронизации", "Sync state");
        };
    }

    private static String[] ofPatientNumber() {
        return titles("Номер пациента", "Номер пациента IDENT", "№ пациента", "Patient number");
    }

    private static String[] ofContacts(ContactField field) {
        return switch (field) {
            case NAME -> titles("ФИО", "ФИО пациента", "Полное имя", "Full name");
            case PHONE -> titles("Телефон", "Phone");
            case AGE -> titles("Возраст", "Возраст пациента", "Age");
            case GENDER -> titles("Пол", "Пол пациента", "Gender", "Sex");
            case APPOINTMENTS -> titles("Записей на приём", "Записей", "Количество записей", "Appointments");
            case TOTAL_VISITS ->
                titles("Всего приёмов", "Всего визитов", "Количество визитов", "Количество приёмов", "Total visits");
            case CARD_NUMBER -> titles("Номер карты", "Номер медкарты", "Номер амбулаторной карты", "Card number");
            case BIRTHDATE -> titles("Дата рождения", "День рождения", "Birthdate", "Date of birth", "Birthday");
            case COMMENT -> titles("Комментарий из IDENT", "Комментарий", "Комментарий о пациенте", "Comment");
            case DISCOUNT -> titles("Скидка", "Скидка пациента", "Discount");
            case SMS_OPT_OUT -> titles("Отказ от SMS", "Отказ от СМС", "Отказ от рассылки", "SMS opt-out");
            case ARCHIVE_REASON -> titles("Причина архивации", "Причина архивирования", "Archive reason");
            case STATUS -> titles("Статус пациента", "Patient status");
            case SNILS -> titles("СНИЛС", "SNILS");
            case INN -> titles("ИНН", "ИНН пациента", "INN");
            case BRANCH -> titles("Филиал", "Клиника", "Branch");
            case PATIENT_NUMBER -> ofPatientNumber();
            case ADVANCE -> titles("Аванс", "Сумма аванса", "Advance");
            case DEBT -> titles("Долг", "Сумма долга", "Задолженность", "Debt");
            case EMAIL -> titles("E-mail", "Email", "Эл. почта", "Электронная почта");
            case COMPLETED_RECEPTIONS_COUNT ->
                titles(
                        "Завершённых приёмов",
                        "Количество завершённых приёмов",
                        "Completed receptions",
                        "Completed receptions count");
            case FIRST_VISIT -> titles("Первый визит", "Дата первого визита", "Первый приём", "First visit");
            case LAST_VISIT -> titles("Последний визит", "Дата последнего визита", "Последний приём", "Last visit");
            case CITY -> titles("Город", "Город проживания", "City");
            case PATIENT_ID ->
                titles("Код пациента IDENT", "Код пациента", "ID пациента", "ID пациента IDENT", "Patient ID");
        };
    }
}
