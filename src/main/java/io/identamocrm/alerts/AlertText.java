package io.identamocrm.alerts;

import io.identamocrm.model.Message;

/** What alerts say to people. */
public enum AlertText implements Message {
    TITLE("ident-amocrm %s: %s", "ident-amocrm %s: %s"),
    SINCE("Since %s (%s)", "С %s (%s)"),
    WAS("It was so from %s to %s (%s)", "Так было с %s до %s (%s)"),
    DO("What to do: %s", "Что делать: %s"),
    MORE("More: %s", "Подробнее: %s"),

    IDENT_AWAY("IDENT cannot be read", "IDENT не читается"),
    IDENT_AWAY_OVER("IDENT can be read again", "IDENT снова читается"),
    IDENT_AWAY_MEANS(
            "Nothing is copied to amoCRM meanwhile, and nothing is lost.",
            "Пока в amoCRM ничего не переносится; ничего не теряется."),
    IDENT_AWAY_DO(
            "see that the server runs and can be reached, and that the login's password is the same; ident-amocrm test-db tells its "
                    + "answer",
            "проверьте, что сервер работает и доступен, а пароль учётной записи не менялся; ident-amocrm test-db покажет его ответ"),
    REDIS_AWAY("Redis does not answer", "Redis не отвечает"),
    REDIS_AWAY_OVER("Redis answers again", "Redis снова отвечает"),
    REDIS_AWAY_MEANS(
            "Runs wait for it, and nothing is lost. Each process tells this for itself.",
            "Прогоны ждут его, ничего не теряется. Каждый процесс сообщает об этом сам."),
    REDIS_AWAY_DO(
            "see that Redis runs and can be reached; ident-amocrm doctor tells more",
            "проверьте, что Redis работает и доступен; подробности покажет ident-amocrm doctor"),
    NOT_AUTHORISED("amoCRM accepts no token", "amoCRM не принимает токен"),
    NOT_AUTHORISED_OVER("amoCRM accepts the token again", "amoCRM снова принимает токен"),
    NOT_AUTHORISED_MEANS("No request is made until there is a new one.", "Запросов не будет, пока не появится новый."),
    NOT_AUTHORISED_DO(
            "with a long-lived token: make a new one, set AMOCRM_ACCESS_TOKEN, restart the service; else ident-amocrm authorize with a "
                    + "fresh code",
            "для долгосрочного токена: создайте новый, укажите его в AMOCRM_ACCESS_TOKEN и перезапустите службу; иначе ident-amocrm "
                    + "authorize со свежим кодом"),
    TOKEN_ENDING("amoCRM's token ends on %s", "токен amoCRM действует до %s"),
    TOKEN_ENDING_OVER("amoCRM's token no longer ends soon", "срок токена amoCRM больше не истекает"),
    TOKEN_ENDING_MEANS(
            "It does not renew itself; after that day nothing is copied.",
            "Сам он не продлевается; после этого дня переносить данные станет нельзя."),
    TOKEN_ENDING_DO(
            "make a new one on the integration's page in amoCRM, set AMOCRM_ACCESS_TOKEN, restart the service",
            "создайте новый на странице интеграции в amoCRM, укажите его в AMOCRM_ACCESS_TOKEN и перезапустите службу"),
    BLOCKED(
            "amoCRM is left alone: it blocked us or stays away",
            "запросы к amoCRM приостановлены: она заблокировала нас или недоступна"),
    BLOCKED_OVER("amoCRM answers again", "amoCRM снова отвечает"),
    BLOCKED_MEANS(
            "It is asked now and then by itself; a restart does not help.",
            "Время от времени служба пробует сама; перезапуск не поможет."),
    BLOCKED_DO(
            "open the account in a browser: is it paid for, does another integration send too much? The log has amoCRM's answer",
            "откройте аккаунт в браузере: оплачен ли он, не шлёт ли другая интеграция слишком много? Ответ amoCRM есть в журнале"),
    STALE("receptions have not been synchronised for %s minutes", "приёмы не переносятся уже %s мин"),
    STALE_OVER("receptions are synchronised again", "приёмы снова переносятся"),
    STALE_MEANS(
            "No run of receptions has come to its end meanwhile. Nothing is lost.",
            "За это время ни один прогон приёмов не закончился. Ничего не теряется."),
    STALE_DO(
            "the log tells why the last run ended; ident-amocrm doctor looks at everything",
            "почему закончился последний прогон, сказано в журнале; ident-amocrm doctor проверит всё"),
    DEAD_LETTERS_GROWING(
            "%s more dead letters within six hours, %s in all",
            "за шесть часов недоставленных стало больше на %s, всего %s"),
    DEAD_LETTERS_GROWING_OVER("dead letters no longer grow", "недоставленных больше не прибавляется"),
    DEAD_LETTERS_GROWING_MEANS(
            "So many receptions or patients cannot be delivered; all others can.",
            "Столько приёмов или пациентов доставить не удаётся; остальные доставляются."),
    DEAD_LETTERS_GROWING_DO(
            "ident-amocrm dead-letters list: the code they share is their cause",
            "ident-amocrm dead-letters list: общий код укажет причину"),
    DEAD_LETTERS_MANY("%s dead letters, more than %s", "недоставленных: %s, больше %s"),
    DEAD_LETTERS_MANY_OVER("there are few dead letters again", "недоставленных снова немного"),
    BRAKE("the brake %s is pulled: %s", "сработал тормоз %s: %s"),
    BRAKE_OVER("the brake %s is no longer pulled", "тормоз %s больше не действует"),
    BRAKE_MEANS(
            "Until it is released, %s; minute runs go on.", "Пока его не отпустят, %s; короткие прогоны продолжаются."),
    BRAKE_DO(
            "see that IDENT's database is the right one and whole; if what was seen is meant: ident-amocrm brakes release %s",
            "проверьте, что база IDENT та самая и целая; если так и задумано: ident-amocrm brakes release %s"),

    TEST("a test alert", "проверочное оповещение"),
    TEST_MEANS(
            "Somebody has typed ident-amocrm alerts --test, to see whether alerts arrive here. They do.",
            "Кто-то вызвал ident-amocrm alerts --test, чтобы узнать, доходят ли сюда сообщения. Доходят."),

    TELEGRAM("Telegram", "Telegram"),
    MAIL("e-mail", "эл. почта"),
    WEBHOOK("webhook", "webhook"),

    AWAY("the server cannot be reached: %s", "сервер недоступен: %s"),
    AWAY_REMEDY("check %s, %s", "проверьте %s, %s"),
    PROXY("the proxy does not lead to the server", "прокси не пропускает к серверу"),
    PROXY_REMEDY("check HTTPS_PROXY and NO_PROXY", "проверьте HTTPS_PROXY и NO_PROXY"),
    UNCLEAR("the message was not taken (%s)", "сообщение не принято (%s)"),
    STATUS("the server answered with status %s", "сервер ответил кодом %s"),
    UNCLEAR_REMEDY("check %s; it is tried again", "проверьте %s; попытка будет повторена"),
    TELEGRAM_TOKEN("Telegram knows no bot with this token", "Telegram не знает бота с таким токеном"),
    TELEGRAM_TOKEN_REMEDY(
            "set ALERT_TELEGRAM_TOKEN to the token that BotFather shows",
            "укажите в ALERT_TELEGRAM_TOKEN токен, который показывает BotFather"),
    TELEGRAM_CHAT("Telegram does not let the bot write to this chat", "Telegram не даёт боту писать в этот чат"),
    TELEGRAM_CHAT_REMEDY(
            "write to the bot first, or add it to the group, and check ALERT_TELEGRAM_CHAT",
            "сначала напишите боту сами или добавьте его в группу и проверьте ALERT_TELEGRAM_CHAT"),
    MAIL_LOGIN("the mail server does not accept user and password", "почтовый сервер не принимает имя и пароль"),
    MAIL_LOGIN_REMEDY(
            "check ALERT_MAIL_USERNAME and ALERT_MAIL_PASSWORD; many providers want a password made for applications",
            "проверьте ALERT_MAIL_USERNAME и ALERT_MAIL_PASSWORD; многим почтовым службам нужен отдельный пароль для программ"),
    MAIL_ADDRESS(
            "the mail server refuses a sender or recipient", "почтовый сервер не принимает отправителя или получателя"),
    MAIL_ADDRESS_REMEDY("check ALERT_MAIL_FROM and ALERT_MAIL_TO", "проверьте ALERT_MAIL_FROM и ALERT_MAIL_TO"),
    MAIL_NO_TLS("the mail server offers no STARTTLS", "почтовый сервер не предлагает STARTTLS"),
    MAIL_NO_TLS_REMEDY(
            "check ALERT_MAIL_PORT (587, or 465 with ALERT_MAIL_ENCRYPTION=tls)",
            "проверьте ALERT_MAIL_PORT (587 или 465 вместе с ALERT_MAIL_ENCRYPTION=tls)"),
    WEBHOOK_REFUSED("the webhook lets nobody in (status %s)", "webhook не пускает (код %s)"),
    WEBHOOK_REFUSED_REMEDY(
            "check ALERT_WEBHOOK_URL and ALERT_WEBHOOK_TOKEN", "проверьте ALERT_WEBHOOK_URL и ALERT_WEBHOOK_TOKEN"),
    WEBHOOK_GONE("there is no webhook at this address (status %s)", "по этому адресу нет webhook (код %s)"),
    WEBHOOK_GONE_REMEDY("check ALERT_WEBHOOK_URL", "проверьте ALERT_WEBHOOK_URL");

    private final String english;
    private final String russian;

    AlertText(String english, String russian) {
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
