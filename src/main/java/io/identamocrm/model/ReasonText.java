package io.identamocrm.model;

/** Which step of a decision a reason belongs to, as people are shown it. */
public enum ReasonText implements Message {
    STATUS("status", "статус"),
    FUNNEL("funnel", "воронка"),
    FACTS("facts", "из IDENT"),
    BRANCH("branch", "филиал"),
    STEP_1("step 1", "шаг 1"),
    STEP_2("step 2", "шаг 2"),
    STEP_3("step 3", "шаг 3"),
    CONTACT("contact", "контакт"),
    STAGE("stage", "этап"),
    BRAKE("brake", "тормоз"),
    CLOSED("closed", "закрыто"),
    DIFFERENCE("difference", "различия"),
    PATIENT("patient", "пациент"),
    MOVED("moved", "перенос"),
    WRITE("write", "запись"),
    OWN_STEP("own step", "свой шаг"),
    REFUSED("refused", "отказ"),
    WRITTEN("written", "записано"),
    VISITS("visits", "визиты"),
    LAST_TIME("last time", "в прошлый раз"),
    DEAD_LETTER("dead letter", "недоставленное"),
    FOLLOW_UP("follow-up", "напоминание"),

    HELD_BACK(
            "held back, far too many at once: the brakes command tells which, and lets them pass",
            "придержано: слишком много сразу; какие, покажет команда brakes, она же их пропустит");

    private final String english;
    private final String russian;

    ReasonText(String english, String russian) {
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
