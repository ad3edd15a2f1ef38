package io.identamocrm.delivery;

import io.identamocrm.model.Message;

/** What is said of writes to amoCRM. */
public enum DeliveryText implements Message {
    RECEPTION_WITH_DEAL("reception %s: deal %s", "приём %s: сделка %s"),
    RECEPTION_WITH_DEALS("reception %s: deals %s", "приём %s: сделки %s"),
    AND(" and ", " и"),
    CONTACTS("%s contacts", "контактов: %s"),
    SENT_WITHOUT("%s: the rest was sent without it", "%s: остальное отправлено без этого поля"),
    SHOWS_ELSE("amoCRM shows something else than %s %s", "amoCRM показывает не то, что спрошено: %s %s"),
    ASKS_AGAIN("the next run asks again", "следующий прогон запросит снова"),
    UNTELLABLE(
            "amoCRM answers writes so that nobody can tell whether they happened (%s)",
            "amoCRM отвечает на записи так, что нельзя понять, выполнены ли они (%s)"),
    FINDS_OUT("the next run finds out and goes on", "следующий прогон выяснит это и продолжит"),
    NO_WRITE_THROUGH(
            "amoCRM lets no write through within the few seconds that a look at what it holds is good for",
            "amoCRM не пропускает ни одной записи за те секунды, на которые хватает взгляда на её данные"),
    NO_WRITE_THROUGH_REMEDY(
            "the next run goes on; if this lasts, look at amoCRM's load and the integration's tokens",
            "следующий прогон продолжит; если это надолго, посмотрите на нагрузку amoCRM и токены интеграции"),
    DEAL_AND_CONTACT_CREATED("deal %s created, with a new contact", "сделка %s создана, с новым контактом"),
    CONTACT_CREATED("contact %s created", "контакт %s создан"),
    DEAL_CREATED("deal %s created for contact %s", "сделка %s создана для контакта %s"),
    LINKED("deal %s linked to contact %s", "сделка %s связана с контактом %s"),
    UNLINKED_BEFORE(
            "contact %s, to become the main one, taken off deal %s",
            "контакт %s отвязан от сделки %s, чтобы стать главным"),
    UNLINKED("contact %s, of another patient, taken off deal %s", "контакт %s другого пациента отвязан от сделки %s"),
    DEAL_CHANGED("deal %s changed", "сделка %s изменена"),
    CONTACT_CHANGED("contact %s changed", "контакт %s изменён");

    private final String english;
    private final String russian;

    DeliveryText(String english, String russian) {
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
