package io.identamocrm.ops;

import io.identamocrm.model.Message;

/** What is said of the service at work. */
public enum OpsText implements Message {
    AMOCRM_LEFT_ALONE(
            "amoCRM is left alone, after it blocked us or stayed away; the log tells its answer. It is asked again by itself",
            "amoCRM пока не спрашиваем: она заблокировала нас или долго не отвечала; её ответ – в журнале. Сервис спросит снова сам"),
    BRAKE_PULLED(
            "the brake %1$s is pulled since %2$s: %3$s, so %4$s; ident-amocrm brakes release %1$s lets them pass",
            "тормоз %1$s включён с %2$s: %3$s, поэтому %4$s; пропустить их – ident-amocrm brakes release %1$s"),
    KEPT_LOCKED(
            "a program keeps rows of IDENT locked since %s, and runs leave them to the next ones; "
                    + "its administrator sees which one (DBCC OPENTRAN)",
            "какая-то программа держит строки IDENT заблокированными с %s, и прогоны оставляют их следующим; "
                    + "администратор IDENT увидит, какая (DBCC OPENTRAN)"),
    KEPT_OPEN(
            "a program keeps a transaction in IDENT open since %s, and receptions that were written later wait for its end; "
                    + "its administrator sees which one (DBCC OPENTRAN)",
            "какая-то программа держит в IDENT открытую транзакцию с %s, и приёмы, записанные позже, ждут её конца; "
                    + "администратор IDENT увидит, какая (DBCC OPENTRAN)"),
    LOG_TELLS("the log tells why the last one ended", "почему прервался последний, сказано в журнале"),
    MANY_DEAD_LETTERS(
            "%s dead letters, more than %s; see ident-amocrm dead-letters list",
            "не доставлено: %s, больше, чем %s; смотрите ident-amocrm dead-letters list"),
    NOT_LOOKED_AT("not looked at yet", "ещё не проверялось"),
    NO_RUN_ENDS(
            "no run of receptions has come to its end for %s minutes; %s",
            "ни один прогон приёмов не дошёл до конца уже %s мин; %s"),
    NO_TOKENS(
            "there are no tokens yet: run ident-amocrm authorize CODE",
            "токенов ещё нет: выполните ident-amocrm authorize CODE"),
    OK("ok", "хорошо"),
    OK_AND("%s; %s", "%s; %s"),
    PAUSED_SINCE("the schedules are paused since %s", "расписания приостановлены с %s"),
    TOKENS_REFUSED(
            "amoCRM does not accept the tokens: set a new AMOCRM_ACCESS_TOKEN",
            "amoCRM не принимает токены: задайте новый AMOCRM_ACCESS_TOKEN"),
    TOKENS_REFUSED_RENEWABLE(
            "amoCRM does not accept the tokens: run ident-amocrm authorize CODE",
            "amoCRM не принимает токены: выполните ident-amocrm authorize CODE"),
    TOKENS_SEALED(
            "the tokens in Redis cannot be opened with this TOKEN_ENCRYPTION_KEY",
            "токены в Redis этим TOKEN_ENCRYPTION_KEY не открыть");

    private final String english;
    private final String russian;

    OpsText(String english, String russian) {
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
