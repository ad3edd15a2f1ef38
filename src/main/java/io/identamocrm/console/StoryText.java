package io.identamocrm.console;

import io.identamocrm.model.Message;

/** What the story of a reception or patient says, beside the reasons of its decision. */
public enum StoryText implements Message {
    ANOTHER_VALUE("(another value)", "(другое значение)"),
    COMPLETED("completed receptions: %s", "завершённые приёмы: %s"),
    CONTACT_ID("contact %s", "контакт %s"),
    CONTACT_NAME("contact's name", "имя контакта"),
    CONTACT_OF_RUN("contact of this run", "контакт этого прогона"),
    DEAD_LETTER(
            "%s: %s; failed %s times, last %s, next attempt %s. %s",
            "%s: %s; неудачных попыток: %s, последняя %s, следующая %s. %s"),
    DEAL_ID("deal %s", "сделка %s"),
    DEAL_OF_RUN("deal of this run", "сделка этого прогона"),
    EMPTY("(empty)", "(пусто)"),
    FIRST_STAGE("the pipeline's first", "первый этап воронки"),
    FOLLOW_UP_DONE(
            "%s: done at %s, sent to amoCRM unless the log names it as left out",
            "%s: сделано %s; отправлено в amoCRM, если в журнале не сказано, что пропущено"),
    FOLLOW_UP_OPEN("%s: open, %s for deal %s is still to be sent", "%s: ещё не отправлено, %s для сделки %s"),
    LINKED_CONTACT("linked contact", "связанный контакт"),
    NAME("name", "название"),
    NEW_CONTACT("new contact", "новый контакт"),
    NEW_DEAL("new deal", "новая сделка"),
    NONE("none", "нет"),
    NOTHING_SENT("no status of it was sent, or Redis has forgotten", "статус не отправлялся, или Redis его забыл"),
    NO_COMPLETED("no completed receptions", "завершённых приёмов нет"),
    PHONE("phone", "телефон"),
    PIPELINE("pipeline", "воронка"),
    RESPONSIBLE("responsible user", "ответственный"),
    STAGE("stage", "этап"),
    VALUE("%s: %s", "%s: %s"),
    WAS_SENT("%s was sent", "отправлен: %s");

    private final String english;
    private final String russian;

    StoryText(String english, String russian) {
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
