package io.identamocrm.mirror;

import io.identamocrm.model.Message;

/** What is said when amoCRM's lists cannot be believed. */
public enum MirrorText implements Message {
    UNTOLD(
            "amoCRM does not tell whether it still holds %s that it did not list",
            "amoCRM не сообщает, есть ли у неё ещё %s, которых не было в списке"),
    ASKS_AGAIN("the next run asks again", "следующий прогон запросит снова"),
    ENDLESS("amoCRM's list of %s does not end", "у списка %s в amoCRM нет конца"),
    NO_LIST("amoCRM answers %s without a list", "amoCRM отвечает на %s без списка"),
    LISTS_ANEW("the next run lists them anew", "следующий прогон прочитает их заново"),
    CONTRADICTORY("amoCRM's answers do not tell which %s it holds", "по ответам amoCRM нельзя понять, какие у неё %s"),
    LISTS_NOTHING(
            "amoCRM lists no %s though it holds some", "amoCRM не показывает ни одной записи %s, хотя они у неё есть"),
    LEAVES_OUT("amoCRM's list of %s leaves out rows that are there", "в списке %s amoCRM пропускает то, что есть");

    private final String english;
    private final String russian;

    MirrorText(String english, String russian) {
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
