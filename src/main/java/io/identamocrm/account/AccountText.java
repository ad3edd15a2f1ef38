package io.identamocrm.account;

import io.identamocrm.model.Message;

/** What is said of the amoCRM account's set-up. */
public enum AccountText implements Message {
    NO_PIPELINE("%s=%s: the account has no such pipeline", "%s=%s: в аккаунте нет такой воронки"),
    TAKE_ONE_OF("take one of %s", "возьмите одну из: %s"),
    PIPELINE_ARCHIVED("%s=%s: this pipeline is archived", "%s=%s: эта воронка в архиве"),
    RESTORE_PIPELINE("restore it in amoCRM, or take another", "восстановите её в amoCRM или возьмите другую"),
    OTHER_FUNNEL("%s=%s: its title speaks of the other funnel", "%s=%s: название говорит о другом виде приёмов"),
    EXCHANGE_PIPELINES(
            "exchange the two pipelines, unless they are only called so",
            "поменяйте две воронки местами, если они не просто так названы"),
    STAGE_SETTINGS("%s_STAGE_ID or AMOCRM_DEFAULT_STAGE_ID", "%s_STAGE_ID или AMOCRM_DEFAULT_STAGE_ID"),
    NO_STAGE_BUT_OF(
            "%s=%s is no stage of pipeline %s, but of pipeline %s",
            "%s=%s — этапа с этим номером нет в воронке %s, он из воронки %s"),
    NO_STAGE(
            "%s=%s is no stage of pipeline %s, nor of any other",
            "%s=%s — этапа с этим номером нет ни в воронке %s, ни в другой"),
    UNSORTED_STAGE(
            "%s=%s is the pipeline's stage of unsorted deals, where amoCRM lets nobody put a deal",
            "%s=%s — это этап «Неразобранное», куда amoCRM не даёт поместить сделку"),
    NO_SUCH_STAGE("%s names %s: the account has no such stage", "%s называет %s: в аккаунте нет такого этапа"),
    CORRECT_LIST("correct the id or remove it from the list", "исправьте номер или уберите его из списка"),
    STAGE_ELSEWHERE(
            "%s names %s, a stage of a pipeline that is not synchronised",
            "%s называет %s — этап воронки, которая не синхронизируется"),
    CORRECT_LIST_WITHOUT_EFFECT(
            "correct the id, or remove it from the list, where it has no effect",
            "исправьте номер или уберите его из списка, где он ничего не значит"),
    OPEN_END(
            "AMOCRM_EXCLUDED_STAGES does not name %s, amoCRM's stage of closed deals: those that managers closed are taken, changed "
                    + "and moved",
            "AMOCRM_EXCLUDED_STAGES не называет %s, этап закрытых сделок amoCRM: сделки, закрытые менеджерами, будут взяты, изменены "
                    + "и перемещены"),
    OPEN_END_REMEDY(
            "add it, unless this is what the clinic wants", "добавьте его, если только клиника не хочет именно этого"),
    NO_DEAL_FIELD("%s: the amoCRM account has no such deal field", "%s: в аккаунте amoCRM нет такого поля сделки"),
    NO_CONTACT_FIELD(
            "%s: the amoCRM account has no such contact field", "%s: в аккаунте amoCRM нет такого поля контакта"),
    FIELD_OF_CONTACTS(
            "%s: the amoCRM account has no such deal field, but a contact field of this number",
            "%s: в аккаунте amoCRM нет такого поля сделки, под этим номером есть поле контакта"),
    FIELD_OF_DEALS(
            "%s: the amoCRM account has no such contact field, but a deal field of this number",
            "%s: в аккаунте amoCRM нет такого поля контакта, под этим номером есть поле сделки"),
    CORRECT_FIELD(
            "correct the id or leave it empty; the command fields lists the account's fields",
            "исправьте номер или оставьте пустым; поля аккаунта показывает команда fields"),
    TITLE_OF_OTHER("%s: the field is called «%s», as that of %s is", "%s: поле называется «%s», как поле для %s"),
    EXCHANGE_FIELDS(
            "exchange the ids, unless the field is only called so",
            "поменяйте номера местами, если поле не просто так названо"),
    SWAPPED_WITH("%s: this is the account's %s field", "%s: это поле %s самого аккаунта"),
    EXCHANGE_PHONE_AND_EMAIL("exchange the ids of phone and e-mail", "поменяйте местами номера телефона и e-mail"),
    FITS_PARTLY("%s, where %s", "%s, в нём %s"),
    MAKE_FIELD(
            "make a field of type %s, for which the command fields --create helps",
            "создайте поле типа %s, поможет команда fields --create"),
    FITS_NOT("%s and cannot hold what is sent", "%s и не вмещает того, что передаётся"),
    TAKE_FIELD(
            "take a field of type %s, or leave it empty; the command fields lists the account's fields",
            "возьмите поле типа %s или оставьте пустым; поля аккаунта показывает команда fields"),
    FIELD_OF_TYPE("%s: the field «%s» is of type %s", "%s: у поля «%s» тип %s"),
    FIELDS_UNCERTAIN("amoCRM did not say whether it made the fields", "amoCRM не сообщила, созданы ли поля"),
    PRIMARY("primary", "первичные приёмы"),
    SECONDARY("secondary", "повторные приёмы"),
    NO_LIST("amoCRM answers without its list %s", "amoCRM отвечает без списка %s"),
    ASKS_AGAIN("the next run asks again", "следующий прогон запросит снова");

    private final String english;
    private final String russian;

    AccountText(String english, String russian) {
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
