package io.identamocrm.model;

/** Why one reception or patient could not be delivered: a stable code for programs, a sentence and a remedy for people. */
public enum FailureCode {
    PATIENT_NOT_FOUND(
            "Patient not found",
            "Пациент не найден",
            "Give the reception a patient in IDENT, or leave it if the slot was only blocked.",
            "Укажите в приёме пациента или оставьте как есть, если окно просто занято."),
    PLAN_START_MISSING(
            "Reception has no planned start",
            "У приёма нет планового времени",
            "Set the planned time of the reception in IDENT.",
            "Укажите в IDENT плановое время приёма."),
    COMPLETED_COUNT_UNREADABLE(
            "Whether the patient has completed a visit before could not be read",
            "Не удалось прочитать, был ли у пациента завершённый приём раньше",
            "Check receptions.sql: completed_before must be 0 or 1 for every reception.",
            "Проверьте receptions.sql: completed_before должен быть 0 или 1 для каждого приёма."),
    ROW_UNREADABLE(
            "A column of the row holds something unexpected",
            "В столбце строки неожиданное значение",
            "Compare the aliases and types in config/sql with this IDENT build.",
            "Сверьте имена и типы столбцов в config/sql с этой сборкой IDENT."),
    ROW_GONE(
            "The row is no longer in IDENT",
            "Строки в IDENT больше нет",
            "Nothing more can be delivered: discard the dead letter, and look at the deal that was left behind, if there is one.",
            "Доставить больше нечего: уберите её из списка недоставленного и посмотрите, не осталась ли от неё сделка."),
    CONTACT_NOT_CREATED(
            "Failed to create contact",
            "Не удалось создать контакт",
            "amoCRM refused the contact; the detail names the field.",
            "amoCRM отвергла контакт; поле названо в подробностях."),
    DEAL_NOT_CREATED(
            "Failed to create deal",
            "Не удалось создать сделку",
            "amoCRM refused the deal; the detail names the field.",
            "amoCRM отвергла сделку; поле названо в подробностях."),
    DEAL_NOT_UPDATED(
            "Failed to update deal",
            "Не удалось изменить сделку",
            "amoCRM refused the change; the detail names the field.",
            "amoCRM отвергла изменение; поле названо в подробностях."),
    CONTACT_NOT_UPDATED(
            "Failed to update contact",
            "Не удалось изменить контакт",
            "amoCRM refused the change; the detail names the field.",
            "amoCRM отвергла изменение; поле названо в подробностях."),
    FIELD_REFUSED(
            "One field was refused, everything else arrived",
            "Одно поле отвергнуто, остальное дошло",
            "The detail names the field: correct its value in IDENT, or its options, length or type in amoCRM.",
            "Поле названо в подробностях: исправьте его значение в IDENT либо варианты, длину или тип поля в amoCRM."),
    INTERNAL(
            "Unexpected error",
            "Непредвиденная ошибка",
            "A defect of this program: please report it with the id and the place named in brackets.",
            "Ошибка этой программы: сообщите, пожалуйста, номер и место, названное в скобках.");

    private final Message sentence;
    private final Message remedy;

    FailureCode(String sentence, String russianSentence, String remedy, String russianRemedy) {
        this.sentence = new Bilingual(sentence, russianSentence);
        this.remedy = new Bilingual(remedy, russianRemedy);
    }

    /** One plain sentence without a full stop, in English. */
    public String sentence() {
        return sentence.english();
    }

    /** What a person can do about it, in English. */
    public String remedy() {
        return remedy.english();
    }

    /** The sentence in all languages. */
    public Message meaning() {
        return sentence;
    }

    /** The remedy in all languages. */
    public Message advice() {
        return remedy;
    }
}
