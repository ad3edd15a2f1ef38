package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.CustomField.of;
import static io.identamocrm.sandbox.FieldType.BIRTHDAY;
import static io.identamocrm.sandbox.FieldType.CHECKBOX;
import static io.identamocrm.sandbox.FieldType.DATE;
import static io.identamocrm.sandbox.FieldType.DATE_TIME;
import static io.identamocrm.sandbox.FieldType.MONETARY;
import static io.identamocrm.sandbox.FieldType.MULTITEXT;
import static io.identamocrm.sandbox.FieldType.NUMERIC;
import static io.identamocrm.sandbox.FieldType.SELECT;
import static io.identamocrm.sandbox.FieldType.TEXT;
import static io.identamocrm.sandbox.FieldType.TEXTAREA;

import io.identamocrm.sandbox.CustomField.Option;
import java.util.ArrayList;
import java.util.List;

/** The custom fields of a new account: the numbers of the product's default mapping, and one field of the managers' own per entity. */
final class StandardFields {

    private StandardFields() {}

    static List<CustomField> ofContacts() {
        return List.of(
                of(1, "ФИО", TEXT),
                new CustomField(
                        2, "Телефон", "PHONE", MULTITEXT, kinds(200, "WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER")),
                of(3, "Возраст", NUMERIC),
                new CustomField(
                        4,
                        "Пол",
                        null,
                        SELECT,
                        List.of(new Option(401, "Мужской", null), new Option(402, "Женский", null))),
                of(5, "Записей", NUMERIC),
                of(6, "Всего визитов", NUMERIC),
                of(7, "Номер карты", TEXT),
                of(8, "Дата рождения", BIRTHDAY),
                of(9, "Комментарий", TEXTAREA),
                of(10, "Скидка", NUMERIC),
                of(11, "Отказ от SMS", CHECKBOX),
                of(12, "Причина архивации", TEXT),
                of(13, "Статус пациента", TEXT),
                of(14, "СНИЛС", TEXT),
                of(15, "ИНН", TEXT),
                of(16, "Филиал", TEXT),
                of(17, "Номер пациента", TEXT),
                of(18, "Аванс", NUMERIC),
                of(19, "Долг", NUMERIC),
                new CustomField(20, "E-mail", "EMAIL", MULTITEXT, kinds(2000, "WORK", "PRIV", "OTHER")),
                of(21, "Завершённых приёмов", NUMERIC),
                of(22, "Первый визит", DATE),
                of(23, "Последний визит", DATE),
                of(24, "Город", TEXT),
                of(25, "Код пациента", TEXT),
                of(SandboxAccount.MANAGERS_CONTACT_FIELD, "Откуда узнал", TEXT));
    }

    static List<CustomField> ofLeads() {
        return List.of(
                of(17, "Номер пациента", TEXT),
                of(26, "Номер приёма", TEXT),
                of(27, "Дата приёма", DATE_TIME),
                of(28, "Врач", TEXT),
                of(29, "Услуги", TEXT),
                of(30, "Стоимость", MONETARY),
                of(SandboxAccount.MANAGERS_LEAD_FIELD, "Заметка менеджера", TEXT));
    }

    private static List<Option> kinds(long firstId, String... codes) {
        List<Option> kinds = new ArrayList<>();
        for (String code : codes) {
            kinds.add(new Option(firstId + kinds.size(), code, code));
        }
        return kinds;
    }
}
