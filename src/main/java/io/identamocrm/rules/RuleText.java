package io.identamocrm.rules;

import io.identamocrm.model.Message;

/** Why the rules decide as they do, for people. */
public enum RuleText implements Message {
    BRANCH_LEFT_OUT("branch %s is left out", "филиал %s исключён"),
    PATIENT_IS("patient %s, planned %s", "пациент %s, назначен на %s"),
    ARRIVED(", arrived %s", ", пришёл %s"),
    STARTED(", started %s", ", начат %s"),
    ENDED(", ended %s", ", закончен %s"),
    BILL_ISSUED(", bill issued", ", счёт выставлен"),
    CANCELLED(", cancelled", ", отменён"),
    MOVED_FROM(", moved from reception %s", ", перенесён с приёма %s"),
    OF_BRANCH(", branch %s", ", филиал %s"),
    LAST_CHANGED(", last changed %s", ", изменён %s"),

    STATUS_AS("%s: %s", "%s: %s"),
    IS_CANCELLED("a time or a reason of cancellation is set", "указаны время или причина отмены"),
    BILL_WAS_ISSUED("the bill was issued", "счёт выставлен"),
    TREATMENT_ENDED("the treatment has ended", "лечение закончено"),
    TREATMENT_BEGAN("the treatment has begun", "лечение начато"),
    PATIENT_CAME("the patient has come", "пациент пришёл"),
    NOBODY_CAME(
            "nobody came, and the planned end %s is longer ago than the grace period",
            "никто не пришёл, и плановый конец %s был раньше льготного срока"),
    NOBODY_YET(
            "nobody has come yet, and it is neither cancelled nor counted as missed",
            "ещё никто не пришёл; приём не отменён и не считается пропущенным"),
    FUNNEL_AS("%s, %s", "%s: %s"),
    COMPLETED_ANOTHER("the patient has completed another visit", "у пациента есть другой завершённый визит"),
    COMPLETED_ANOTHER_BEFORE(
            "the patient has completed another visit before this one",
            "у пациента есть завершённый визит раньше этого"),
    COUNTS_ITSELF("this visit is completed, and counts itself", "этот визит завершён и считается сам"),
    COMPLETED_NO_OTHER("the patient has completed no other visit", "других завершённых визитов у пациента нет"),
    COMPLETED_NO_OTHER_BEFORE(
            "the patient has completed no other visit before this one",
            "завершённых визитов раньше этого у пациента нет"),
    MOVED_TO(
            "moved to reception %s, with which the visit's deal goes",
            "перенесён на приём %s, с ним идёт и сделка визита"),
    OFF_TAKES_NONE(
            "a visit that does not take place takes no free deal", "несостоявшийся визит не занимает свободную сделку"),
    OFF_OPENS_NONE("a visit that does not take place opens no deal", "несостоявшийся визит не открывает сделку"),

    AND_REFUSED("%s: refused", "%s: не подходит"),
    AND_MORE("and %s more that were looked at and not taken", "и ещё просмотрено и не взято: %s"),
    ANOTHER_RECEPTION("another reception", "другой приём"),
    RECEPTION("reception %s", "приём %s"),
    ANOTHER_PATIENT("another patient", "другой пациент"),
    PATIENT("patient %s", "пациент %s"),
    DEAL_HOLDS("deal %s already holds %s", "в сделке %s уже %s"),
    DEAL_CLAIMED("deal %s was claimed by reception %s of this run", "сделку %s в этом прогоне взял приём %s"),
    DEAL_ELSEWHERE("deal %s stands outside our pipelines", "сделка %s вне наших воронок"),
    DEAL_EXCLUDED("deal %s stands in excluded stage %s", "сделка %s на исключённом этапе %s"),
    DEAL_TAKEN("deal %s %s: taken", "сделка %s %s: взята"),
    DEAL_DUPLICATE("deal %s %s: duplicate, left alone", "сделка %s %s: дубль, не трогаем"),
    HOLDS_RECEPTION("holds reception %s", "с номером приёма %s"),
    REMEMBERED("is remembered as the deal of reception %s", "запомнена как сделка приёма %s"),
    NO_DEAL_OF_RECEPTION("no active deal holds reception %s", "нет активной сделки с номером приёма %s"),
    DEAL_OF_MOVED("is the deal of the visit, which was moved to %s", "принадлежит визиту, который перенесён на %s"),
    NO_DEAL_OF_VISIT(
            "no active deal holds reception %s or another row of the visit, %s",
            "нет активной сделки с номером приёма %s или другой строки визита, %s"),
    NO_NUMBER("the patient has no number", "у пациента нет номера"),
    HOLDS_NUMBER("is free and holds the patient's number", "свободна, в ней номер пациента"),
    NO_DEAL_OF_NUMBER(
            "no free active deal holds the patient's number", "нет свободной активной сделки с номером пациента"),
    NO_CONTACT_NO_PHONE(
            "the patient has no contact, and IDENT has no usable phone",
            "у пациента нет контакта, а в IDENT нет пригодного телефона"),
    NO_CONTACT_WITH_PHONE(
            "no contact with the phone can be this patient's",
            "среди контактов с этим телефоном нет того, который мог бы быть этого пациента"),
    LINKED_TO("is free and linked to contact %s", "свободна и связана с контактом %s"),
    CONTACT_WITHOUT_DEAL("contact %s has no free active deal", "у контакта %s нет свободной активной сделки"),
    CONTACT_BELONGS("contact %s has the phone but belongs to %s", "у контакта %s этот телефон, но владелец — %s"),
    DEAL_OF_OTHER_NUMBER("deal %s holds another patient's number", "в сделке %s номер другого пациента"),

    CONTACT_OWN("contact %s carries patient id %s: taken", "в контакте %s код пациента %s: взят"),
    CONTACT_OWN_OTHERS(
            "contact %s carries patient id %s: taken; duplicates left alone: %s",
            "в контакте %s код пациента %s: взят; дубли не трогаем: %s"),
    CONTACT_ADOPTED(
            "contact %s has the phone and no patient id: it becomes patient %s's",
            "у контакта %s этот телефон и нет кода пациента: он становится контактом пациента %s"),
    CONTACT_ADOPTED_OTHERS(
            "contact %s has the phone and no patient id: it becomes patient %s's; duplicates left alone: %s",
            "у контакта %s этот телефон и нет кода пациента: он становится контактом пациента %s; дубли не трогаем: %s"),
    CONTACT_SHARED(
            "contact %s is a relative's with the same phone: linked to the deal, not changed",
            "контакт %s — родственника с тем же телефоном: связан со сделкой, сам не меняется"),
    CONTACT_OF_RELATIVE(
            "contact %s has the phone but belongs to %s: refused, a relative's",
            "у контакта %s этот телефон, но владелец — %s: не подходит, это родственник"),
    CONTACT_NEW_NO_PHONE(
            "no contact carries patient id %s, and IDENT has no usable phone: a new contact is needed",
            "ни в одном контакте нет кода пациента %s, а в IDENT нет пригодного телефона: нужен новый контакт"),
    CONTACT_NEW(
            "no contact carries patient id %s or, unowned, the phone: a new contact is needed",
            "ни в одном контакте нет кода пациента %s, и ничей контакт не имеет этого телефона: нужен новый контакт"),
    CROWDED_PHONE(
            "a phone of the patient is in the contacts of more than %s patients: no key",
            "один телефон пациента стоит в контактах более чем %s пациентов: по нему не ищем"),
    CROWDED_PHONES(
            "%s phones of the patient are in the contacts of more than %s patients: no key",
            "телефонов пациента, которые стоят в контактах более чем %2$s пациентов: %1$s; по ним не ищем"),

    FINISHED(
            "deal %s of this reception is finished business: stage %s of pipeline %s",
            "сделка %s этого приёма закончена: этап %s воронки %s"),
    DEAL_GONE(
            "a manager deleted or merged deal %s of this reception: none is made in its place, unless its status or planned start "
                    + "changes",
            "менеджер удалил или объединил сделку %s этого приёма: взамен ничего не создаётся, пока не изменится статус или плановое "
                    + "начало"),
    CONTACT_GONE(
            "a manager deleted or merged contact %s of this patient: none is made in its place, unless a new deal needs one",
            "менеджер удалил или объединил контакт %s этого пациента: взамен ничего не создаётся, пока контакт не понадобится новой "
                    + "сделке"),
    CLOSED_STAYS(
            "we closed the deal for a visit that is %s: it stays in stage %s",
            "мы закрыли сделку, визит: %s; она остаётся на этапе %s"),
    PROTECTED("stage %s is protected: left alone", "этап %s защищён: не трогаем"),
    MOVED_FIRST_STAGE(
            "the funnel is %s: moved from pipeline %s to %s, its first stage",
            "%s: перемещена из воронки %s в %s, на первый этап"),
    MOVED_STAGE(
            "the funnel is %s: moved from pipeline %s to %s, stage %s",
            "%s: перемещена из воронки %s в %s, на этап %s"),
    NOT_MOVED(
            "the funnel is %s, but deals are not moved between pipelines: left alone",
            "%s, но сделки между воронками не перемещаются: не трогаем"),
    MOVED_BY_SOMEBODY(
            "the funnel is %s, but it was so before, and somebody moved the deal: left alone",
            "%s, но так было и раньше, и кто-то переместил сделку: не трогаем"),
    REOPENED_FIRST_STAGE(
            "we closed the deal, and the visit became %s: moved to pipeline %s, its first stage",
            "мы закрыли сделку, теперь визит %s: перемещена в воронку %s, на первый этап"),
    REOPENED_STAGE(
            "we closed the deal, and the visit became %s: moved to pipeline %s, stage %s",
            "мы закрыли сделку, теперь визит %s: перемещена в воронку %s, на этап %s"),
    STATUS_MOVED("the status became %s: moved to stage %s", "теперь статус %s: перемещена на этап %s"),

    FOLLOWS(
            "the reception was delivered for %s: the deal follows to patient %s",
            "приём был доставлен, тогда в нём был %s: сделка переходит к пациенту %s"),
    FOLLOWS_UNLINKED(
            "the reception was delivered for %s: the deal follows to patient %s, and contact %s, which we had linked, is "
                    + "taken off",
            "приём был доставлен, тогда в нём был %s: сделка переходит к пациенту %s, а контакт %s, связанный нами, отвязывается"),
    FIELDS_HOLD("the deal's fields hold the values", "в полях сделки уже эти значения"),
    DEAL_FIELDS("deal fields %s", "поля сделки %s"),
    NEW_CONTACT("a new contact", "новый контакт"),
    CONTACT_FIELDS("contact fields %s", "поля контакта %s"),
    AND_NAME(", name", ", имя"),
    AND_PHONE(", phone", ", телефон"),
    FOLLOW_UP_DUE(
            "%s for a manager, that the visit is %s, once amoCRM has taken the change",
            "%s для менеджера: визит %s; отправим, когда amoCRM примет изменение"),
    FOLLOW_UP_TOO_OLD(
            "none: that the visit is %s is known for more than %s hours",
            "нет: о том, что визит %s, в IDENT записано раньше, чем за столько часов: %s"),
    REFUSED_BEFORE(
            "%s: amoCRM has refused the value; sent when another try is due, or IDENT holds another value",
            "%s: amoCRM отвергла это значение; отправим, когда подойдёт новая попытка или в IDENT станет другое");

    private final String english;
    private final String russian;

    RuleText(String english, String russian) {
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
