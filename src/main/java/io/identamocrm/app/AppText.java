package io.identamocrm.app;

import io.identamocrm.model.Message;

/** What the doctor says to people. */
public enum AppText implements Message {
    SETTINGS("settings", "настройки"),
    ROUTES("routes", "маршруты"),
    REDIS("Redis", "Redis"),
    IDENT("IDENT", "IDENT"),
    CLOCK("clock", "часы"),
    AMOCRM("amoCRM", "amoCRM"),
    PIPELINES("amoCRM pipelines", "воронки amoCRM"),
    FIELDS("amoCRM fields", "поля amoCRM"),
    TOKEN("amoCRM token", "токен amoCRM"),
    ZONE("amoCRM zone", "часовой пояс amoCRM"),
    PHONES("amoCRM phones", "телефоны amoCRM"),
    RIGHTS("amoCRM rights", "права в amoCRM"),
    USERS("amoCRM users", "пользователи amoCRM"),

    PIPELINES_FIT("%s; all pipelines and stages of the settings are there", "%s; все воронки и этапы из настроек есть"),
    FIELDS_FIT(
            "%s fields of the settings are there, with fitting types",
            "полей из настроек, которые есть и подходят по типу: %s"),
    TOKEN_RENEWED("accepted, and renewed by itself", "принят и обновляется сам"),
    TOKEN_WITHOUT_END("accepted; it does not tell when it ends", "принят; когда истекает, не сообщает"),
    TOKEN_ENDS("accepted; it ends in %s days, on %s", "принят; истекает через %s дн., %s"),
    TOKEN_ENDS_REMEDY(
            "issue a new long-lived token on the integration's page in amoCRM and set AMOCRM_ACCESS_TOKEN, then restart the "
                    + "service",
            "выпустите новый долгосрочный токен на странице интеграции в amoCRM и укажите его в AMOCRM_ACCESS_TOKEN, затем "
                    + "перезапустите службу"),
    ACCOUNT("account %s «%s», %s", "аккаунт %s «%s», %s"),
    OTHER_ADDRESS(
            "its present address begins with %s, the settings name another",
            "теперь его адрес начинается с %s, а в настройках другой"),
    OTHER_ADDRESS_REMEDY("set AMOCRM_SUBDOMAIN=%s", "укажите AMOCRM_SUBDOMAIN=%s"),
    ZONE_NOT_TOLD("not told", "не сообщается"),
    ZONE_FITS("%s shows the clinic's time", "%s показывает время клиники"),
    ZONES_DIFFER(
            "the account is set to %s, the clinic to %s, so managers see visits at another hour",
            "в аккаунте задан %s, в клинике %s: менеджеры видят приёмы в другой час"),
    ZONES_DIFFER_REMEDY(
            "set the same zone in amoCRM's settings and in TIMEZONE",
            "укажите один и тот же пояс в настройках amoCRM и в TIMEZONE"),
    ZONE_UNKNOWN(
            "the account names a time zone that is not known here",
            "аккаунт называет часовой пояс, который здесь неизвестен"),
    ZONE_UNKNOWN_REMEDY("compare the account's zone with TIMEZONE by hand", "сравните пояс аккаунта с TIMEZONE сами"),
    CLOCK_FITS("agrees with amoCRM's to the minute", "совпадают с часами amoCRM до минуты"),
    CLOCK_BEHIND(
            "this machine's clock is %s s behind amoCRM's, which makes tokens end early or late",
            "часы этого компьютера отстают от часов amoCRM на %s с: токены истекают раньше или позже срока"),
    CLOCK_AHEAD(
            "this machine's clock is %s s ahead of amoCRM's, which makes tokens end early or late",
            "часы этого компьютера спешат относительно часов amoCRM на %s с: токены истекают раньше или позже срока"),
    CLOCK_REMEDY(
            "let the machine take its time from a time server (NTP)",
            "пусть компьютер берёт время с сервера времени (NTP)"),
    USERS_UNSEEN(
            "cannot be looked at: the token's user is no administrator",
            "посмотреть нельзя: пользователь токена не администратор"),
    USERS_UNSEEN_REMEDY(
            "see by hand that this user may view, add and edit all deals and contacts",
            "проверьте сами, что этот пользователь может просматривать, создавать и изменять все сделки и контакты"),
    USERS_UNSEEN_REMEDY_TOO(
            "see by hand that this user may view, add and edit all deals and contacts, and that the user of %s works here",
            "проверьте сами, что этот пользователь может просматривать, создавать и изменять все сделки и контакты и что пользователь "
                    + "из %s здесь работает"),
    USER_WORKS("%s=%s works here", "%s=%s: здесь работает"),
    NO_USER(
            "%s=%s: the account has no such user, or a dismissed one",
            "%s=%s: в аккаунте нет такого пользователя, или он отключён"),
    NO_USER_REMEDY(
            "take the id of a user who works here, or leave it empty",
            "возьмите номер пользователя, который здесь работает, или оставьте пустым"),
    CROWDED_PHONE(
            "1 phone is in the contacts of more than %s patients each: no patient's contact is found by it",
            "1 телефон стоит в контактах более чем %s пациентов: по нему контакт пациента не ищется"),
    CROWDED_PHONES(
            "%s phones are in the contacts of more than %s patients each: no patient's contact is found by them",
            "телефонов, каждый из которых стоит в контактах более чем %2$s пациентов: %1$s; по ним контакт пациента не ищется"),
    CROWDED_PHONES_REMEDY(
            "that is right for the clinic's own phones; where families are as large, raise CONTACT_PHONE_PATIENTS_AT_MOST",
            "для телефонов самой клиники это верно; если семьи бывают такими большими, увеличьте CONTACT_PHONE_PATIENTS_AT_MOST"),
    RIGHTS_FIT(
            "the token's user may view, add and edit all deals and contacts",
            "пользователь токена может просматривать, создавать и изменять все сделки и контакты"),
    RIGHTS_LACK("the token's user may not %s", "пользователь токена не может: %s"),
    RIGHTS_LACK_REMEDY(
            "give the user these rights in amoCRM: what we cannot see we would create twice",
            "дайте пользователю эти права в amoCRM: чего мы не видим, то создали бы второй раз"),
    VIEW_LEADS("view all deals", "просматривать все сделки"),
    ADD_LEADS("add all deals", "создавать сделки"),
    EDIT_LEADS("edit all deals", "изменять все сделки"),
    VIEW_CONTACTS("view all contacts", "просматривать все контакты"),
    ADD_CONTACTS("add all contacts", "создавать контакты"),
    EDIT_CONTACTS("edit all contacts", "изменять все контакты"),

    NOT_LOOKED_AT(
            "not looked at, and neither are the routes, as the settings are wrong",
            "не проверялась, маршруты тоже: настройки неверны"),
    NOT_LOOKED_AT_REMEDY("put the settings right and run doctor again", "исправьте настройки и снова выполните doctor"),
    NOT_ASKED(
            "not asked: its tokens and its pace are kept in Redis",
            "не проверялась: её токены и счёт запросов хранятся в Redis"),
    NOT_ASKED_REMEDY("get Redis to work first", "сначала наладьте Redis"),
    TOO_FAST(
            "RATE_LIMIT_REQUESTS lets more than %s requests a second through, and amoCRM blocks accounts for that",
            "RATE_LIMIT_REQUESTS пропускает больше %s запросов в секунду, а amoCRM за это блокирует аккаунты"),
    TOO_FAST_REMEDY(
            "set RATE_LIMIT_REQUESTS=%s and RATE_LIMIT_PERIOD=1",
            "укажите RATE_LIMIT_REQUESTS=%s и RATE_LIMIT_PERIOD=1"),
    SETTINGS_COMPLETE("complete; the clinic's zone is %s", "полны; часовой пояс клиники %s"),
    SETTINGS_COMPLETE_PROXY(
            "complete; the clinic's zone is %s; amoCRM is asked through the proxy %s",
            "полны; часовой пояс клиники %s; запросы к amoCRM идут через прокси %s"),
    ROUTES_START("%s of them can be started", "запускаются, всего: %s"),

    ALERTS("alerts", "оповещения"),
    ALERTS_GO("are told by %s; alerts --test tries it", "приходят по каналам: %s; проверка — alerts --test"),
    CHANNEL_SET("set; alerts --test sends a test alert", "настроен; alerts --test отправит проверочное оповещение"),
    CHANNEL_NOT_SET("not set", "не настроен"),
    CHANNEL_TAKES("has taken the test alert", "проверочное оповещение принято"),
    NO_CHANNEL("no channel is set", "ни один канал не настроен"),
    NO_CHANNEL_REMEDY(
            "set ALERT_TELEGRAM_TOKEN and ALERT_TELEGRAM_CHAT, or ALERT_MAIL_SERVER and ALERT_MAIL_TO, or ALERT_WEBHOOK_URL",
            "задайте ALERT_TELEGRAM_TOKEN и ALERT_TELEGRAM_CHAT, или ALERT_MAIL_SERVER и ALERT_MAIL_TO, или ALERT_WEBHOOK_URL");

    private final String english;
    private final String russian;

    AppText(String english, String russian) {
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
