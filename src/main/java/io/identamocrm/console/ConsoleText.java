package io.identamocrm.console;

import io.identamocrm.model.Message;

/** What the console answers where it cannot answer as asked. */
public enum ConsoleText implements Message {
    ASK_AGAIN("ask again in a few seconds", "спросите ещё раз через несколько секунд"),
    BODY_ONE_OF("The body must have one of: %s", "В теле запроса должно быть что-то одно: %s"),
    BODY_TEXT("The body must have a text %s", "В теле запроса должен быть текст %s"),
    ID_IS_A_NUMBER("An id is a number", "Номер состоит из цифр"),
    NOT_AT_PRESENT("It cannot be done at present", "Сейчас это невозможно"),
    NOT_FOUND("Not found", "Не найдено"),
    NOT_JSON("The body is not JSON", "Тело запроса – не JSON"),
    NOT_SET_UP("The set-up is not complete: nothing runs yet", "Настройка не закончена: пока ничего не работает"),
    NOT_SET_UP_REMEDY("this page says what is missing", "чего не хватает, сказано на этой странице"),
    NOT_UNDERSTOOD("The request cannot be understood", "Запрос не понят"),
    NO_BRAKE("This brake is not pulled", "Этот тормоз не включён"),
    NO_BRAKE_KIND("There is no such brake", "Такого тормоза нет"),
    NO_CODE("There is no such code", "Такого кода нет"),
    NO_DEAD_LETTER("There is no dead letter %s", "Недоставленной записи %s нет"),
    NO_DEAL("amoCRM has no deal %s, or deleted it", "Сделки %s в amoCRM нет, или она удалена"),
    NO_FILE("The console has no such file", "Такого файла у консоли нет"),
    NO_OBJECT("The body must be a JSON object", "Тело запроса должно быть объектом JSON"),
    NO_PATIENT("IDENT has no patient %s", "Пациента %s в IDENT нет"),
    NO_RECEPTION("IDENT has no reception %s", "Приёма %s в IDENT нет"),
    OTHERS("others are being answered that take a while", "сейчас отвечаем другим, и это занимает время"),
    MUST_BE("%s must be one of: %s", "%s – это что-то одно: %s"),
    SET_UP("The settings are complete", "Все настройки заданы"),
    TELLS_WHEN_BACK("this page tells when it is back", "эта страница скажет, когда он снова ответит"),
    UNDER_WAY("Something else is under way", "Сейчас идёт другая работа");

    private final String english;
    private final String russian;

    ConsoleText(String english, String russian) {
        this.english = english;
        this.russian = russian;
    }

    @Override
    public String english() {
        return english;
    }

    @Override
    public String russian() {
        return russian;
    }

    @Override
    public String toString() {
        return english;
    }
}
