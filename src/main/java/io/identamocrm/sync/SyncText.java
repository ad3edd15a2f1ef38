package io.identamocrm.sync;

import io.identamocrm.model.Message;

/** What is said of runs. */
public enum SyncText implements Message {
    RECEPTION_RUN_STOPPED(
            "The reception run was stopped after %s of %s receptions", "Прогон приёмов остановлен: сделано %s из %s"),
    PATIENT_RUN_STOPPED(
            "The patient run was stopped after %s of %s patients", "Прогон пациентов остановлен: сделано %s из %s"),
    NOTHING_WRITTEN("nothing was written", "ничего не записано"),
    GOES_ON_AFTER_RECEPTION(
            "run the same command again: it goes on after reception %s",
            "выполните ту же команду ещё раз: она продолжит после приёма %s"),
    GOES_ON_AFTER_PATIENT(
            "run the same command again: it goes on after patient %s",
            "выполните ту же команду ещё раз: она продолжит после пациента %s"),
    LOOKS_AT_ALL(
            "run the same command again: it looks at all of them, and what is done costs no request",
            "выполните ту же команду ещё раз: она просмотрит все, а сделанное не стоит запросов"),
    UNDER_WAY("Another %s run is under way", "Уже идёт другой прогон: %s"),
    RECEPTION("reception", "приёмы"),
    FULL_RECEPTION("full reception", "приёмы, полный"),
    PATIENT("patient", "пациенты"),
    FULL_PATIENT("full patient", "пациенты, полный"),
    UNDER_WAY_REMEDY("try again when it has ended", "повторите, когда он закончится"),
    MIRROR_LACKS_DEAL("the mirror lacks a deal that was delivered", "в зеркале нет сделки, которая была доставлена"),
    RECEPTIONS("receptions", "приёмы"),
    PATIENTS("patients", "пациенты");

    private final String english;
    private final String russian;

    SyncText(String english, String russian) {
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
