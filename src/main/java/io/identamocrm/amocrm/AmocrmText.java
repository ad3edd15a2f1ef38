package io.identamocrm.amocrm;

import io.identamocrm.model.Message;

/** What the way to amoCRM says to people. */
public enum AmocrmText implements Message {
    NO_TOKENS("There are no tokens yet", "Токенов ещё нет"),
    NO_TOKENS_REMEDY(
            "get a code from the integration's page in amoCRM and run ident-amocrm authorize CODE",
            "получите код на странице интеграции в amoCRM и выполните ident-amocrm authorize CODE"),
    NO_ACCESS_TOKEN("there is no access token", "токена доступа нет"),
    AS_BEFORE("as it said before", "как и прежде"),
    AND_ENDED("%s, and it ended on %s", "%s, срок действия истёк %s"),
    ACCESS_TOKEN_REFUSED("amoCRM does not accept the access token (%s)", "amoCRM не принимает токен доступа (%s)"),
    ACCESS_TOKEN_REFUSED_REMEDY(
            "issue a new one in the integration's settings and set AMOCRM_ACCESS_TOKEN",
            "выпустите новый в настройках интеграции и укажите его в AMOCRM_ACCESS_TOKEN"),
    TOKENS_REFUSED("amoCRM does not accept our tokens any more (%s)", "amoCRM больше не принимает наши токены (%s)"),
    TOKENS_REFUSED_REMEDY(
            "allow the integration once more in amoCRM's settings and run ident-amocrm authorize CODE with the code it "
                    + "shows",
            "ещё раз разрешите интеграции доступ в настройках amoCRM и выполните ident-amocrm authorize CODE с показанным кодом"),
    SETTINGS_TOKEN_REFUSED(
            "amoCRM does not accept the access token in the settings (%s), and a check does not renew it",
            "amoCRM не принимает токен доступа из настроек (%s), а проверка его не обновляет"),
    SETTINGS_TOKEN_REFUSED_REMEDY(
            "a run or the service does; if they are refused too, run ident-amocrm authorize CODE with a code "
                    + "from the integration's page in amoCRM",
            "его обновит прогон или служба; если откажут и им, выполните ident-amocrm authorize CODE с кодом со страницы интеграции в "
                    + "amoCRM"),
    NO_RATE_FOR_TOKENS(
            "New tokens could not be asked for in time, amoCRM's rate was used up",
            "Новые токены не удалось запросить вовремя: запросы к amoCRM исчерпаны"),
    TRY_AGAIN("try again", "повторите попытку"),
    ANSWER_WITHOUT_TOKENS("an answer without tokens", "ответ без токенов"),
    CODE_REFUSED("amoCRM does not accept the code (%s)", "amoCRM не принимает код (%s)"),
    CODE_REFUSED_REMEDY(
            "a code is good once and for 20 minutes: get a new one, and compare AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET "
                    + "and AMOCRM_REDIRECT_URI with the integration",
            "код годится один раз и в течение 20 минут: получите новый и сверьте AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET и "
                    + "AMOCRM_REDIRECT_URI с интеграцией"),
    REFRESH_UNKNOWN("amoCRM does not know a refresh token (%s)", "amoCRM не знает refresh-токен (%s)"),
    REFRESH_UNKNOWN_REMEDY(
            "another process got new tokens meanwhile: trying those",
            "тем временем новые токены получил другой процесс: пробуем их"),
    NEWEST_UNKNOWN(
            "amoCRM does not know its newest refresh token (%s)",
            "amoCRM не знает свой самый новый refresh-токен (%s)"),
    NEWEST_UNKNOWN_REMEDY("trying the one before", "пробуем предыдущий"),
    SEALED(
            "The tokens in Redis cannot be opened with this TOKEN_ENCRYPTION_KEY",
            "Токены в Redis не открываются ключом TOKEN_ENCRYPTION_KEY"),
    SEALED_REMEDY(
            "set the key that they were sealed with, or authorise anew: ident-amocrm authorize CODE",
            "укажите ключ, которым они зашифрованы, или получите доступ заново: ident-amocrm authorize CODE"),

    UNPAID("amoCRM says that the account is not paid for (%s)", "amoCRM сообщает, что аккаунт не оплачен (%s)"),
    UNPAID_REMEDY("pay for it, or let its trial be extended", "оплатите его или продлите пробный период"),
    BLOCKED(
            "amoCRM has blocked the account or our address, or the token's user may not do this (%s)",
            "amoCRM заблокировала аккаунт или наш адрес, или пользователю токена это запрещено (%s)"),
    BLOCKED_REMEDY(
            "look into the rights of the integration's user, or ask amoCRM's support",
            "проверьте права пользователя интеграции или обратитесь в поддержку amoCRM"),
    OVER_RATE("amoCRM says there are too many requests", "amoCRM сообщает, что запросов слишком много"),
    OVER_RATE_PAUSE(
            "amoCRM says there are too many requests and asks for a pause of %s s",
            "amoCRM сообщает, что запросов слишком много, и просит паузу: %s с"),
    PAUSED(
            "amoCRM says there were too many requests and asks for a pause",
            "amoCRM сообщила, что запросов было слишком много, и просит паузу"),
    PAUSED_REMEDY("it ends in %s s", "она закончится через %s с"),
    ASK_SUPPORT(
            "wait and try again, and ask amoCRM's support if it lasts",
            "подождите и попробуйте снова; если не помогает, обратитесь в поддержку amoCRM"),
    NO_JSON("status %s with a body that is no JSON", "status %s, а тело ответа не JSON"),
    REDIRECTS(
            "%s: it redirects, which is not followed", "%s: адрес перенаправляет, а мы за перенаправлением не следуем"),
    CHECK_ADDRESS("check AMOCRM_SUBDOMAIN or AMOCRM_BASE_URL", "проверьте AMOCRM_SUBDOMAIN или AMOCRM_BASE_URL"),
    PROXY_BREAKS_OFF("the proxy %s breaks the connection off", "прокси %s обрывает соединение"),
    PROXY_BREAKS_OFF_REMEDY(
            "check HTTPS_PROXY, and that it is an HTTP proxy", "проверьте HTTPS_PROXY и то, что это прокси HTTP"),
    PROXY_UNREACHABLE("the proxy %s cannot be reached: %s", "прокси %s недоступен: %s"),
    PROXY_UNREACHABLE_REMEDY("check HTTPS_PROXY, %s", "проверьте HTTPS_PROXY, %s"),
    PROXY_GETS_NOT_THROUGH(
            "the proxy %s does not get through to amoCRM (status %s)", "прокси %s не достаёт до amoCRM (status %s)"),
    PROXY_GETS_NOT_THROUGH_REMEDY(
            "check its own way out, and AMOCRM_SUBDOMAIN or AMOCRM_BASE_URL",
            "проверьте его собственный выход наружу, а также AMOCRM_SUBDOMAIN или AMOCRM_BASE_URL"),
    PROXY_REFUSES(
            "The proxy %s does not let us through to amoCRM (status %s)",
            "Прокси %s не пропускает нас к amoCRM (status %s)"),
    PROXY_REFUSES_REMEDY("have amoCRM's address allowed there", "пусть на нём разрешат адрес amoCRM"),
    PROXY_LOGIN(
            "The proxy %s does not accept user and password, or wants them (status %s)",
            "Прокси %s не принимает пользователя и пароль или требует их (status %s)"),
    PROXY_LOGIN_REMEDY(
            "set HTTPS_PROXY=http://USER:PASSWORD@%s with those that it knows",
            "укажите HTTPS_PROXY=http://USER:PASSWORD@%s с теми, которых он знает"),
    PROXY_OTHER_LOGIN(
            "The proxy %s asks for a login of kind %s (status %s)", "Прокси %s требует вход вида %s (status %s)"),
    PROXY_OTHER_LOGIN_REMEDY(
            "have it take user and password too (Basic), or let amoCRM's address through without",
            "пусть он принимает и пользователя с паролем (Basic) или пропускает адрес amoCRM без входа"),
    OR(" or ", " или "),
    PROXY_FORM(
            "http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with % signs for what an address cannot hold",
            "http://HOST:PORT или http://USER:PASSWORD@HOST:PORT; чего в адресе быть не может, запишите со знаком %"),
    CHECK_ADDRESS_OR_PROXY(
            "check AMOCRM_SUBDOMAIN or AMOCRM_BASE_URL, %s, and HTTPS_PROXY where a proxy leads out",
            "проверьте AMOCRM_SUBDOMAIN или AMOCRM_BASE_URL, %s, а если наружу ведёт прокси, то и HTTPS_PROXY"),
    UNREACHABLE("amoCRM cannot be reached: %s", "amoCRM недоступна: %s"),
    CHECK_ADDRESS_AND(
            "check AMOCRM_SUBDOMAIN or AMOCRM_BASE_URL, %s", "проверьте AMOCRM_SUBDOMAIN или AMOCRM_BASE_URL, %s"),
    NO_ANSWER("no answer: %s", "нет ответа: %s"),

    NO_HOST("no host of its name is known", "компьютера с таким именем нет"),
    NO_HOST_REMEDY("and this machine's name server", "а также сервер имён (DNS) этого компьютера"),
    NOTHING_ANSWERS("nothing answers at its address", "по этому адресу никто не отвечает"),
    FIREWALL("that it runs, and that no firewall is between", "работает ли он и не мешает ли межсетевой экран"),
    NO_ANSWER_IN_TIME("it does not answer in time", "ответа нет слишком долго"),
    UNTRUSTED("its certificate is not trusted here", "сертификату здесь нет доверия"),
    UNTRUSTED_REMEDY(
            "and give Java the authority that signed it (README, \"a certificate of its own\")",
            "и добавьте в Java удостоверяющий центр, который его подписал (README.ru.md, «Свой центр сертификации»)"),
    OTHER_HOST_NAME("its certificate is for another host name", "сертификат выдан на другое имя"),
    OTHER_HOST_NAME_REMEDY(
            "and write the name that stands in the certificate", "и укажите имя, которое стоит в сертификате"),
    NO_TLS("no encrypted connection could be agreed on", "не удалось договориться о шифровании соединения"),
    NO_TLS_REMEDY(
            "whether this port speaks TLS, and that no proxy opens it on the way",
            "принимает ли этот порт TLS и не вскрывает ли его прокси по пути"),

    LOSS_OF_ID("an id that is no plain number is not sent", "номер, который не просто число, не передаётся"),
    LOSS_OF_OPTIONS_OR_NUMBERS(
            "other values than its options, or than numbers, are not sent",
            "значения, кроме вариантов списка или чисел, не передаются"),
    LOSS_OF_LENGTH(
            "what is longer than 250 characters is cut, or is not sent",
            "текст длиннее 250 знаков обрезается или не передаётся"),
    LOSS_OF_OPTIONS("other values than its options are not sent", "значения, кроме вариантов списка, не передаются"),
    LOSS_OF_TIME("the time of day is lost", "время суток теряется"),
    LOSS_OF_FLAG("it needs the options «да» and «нет»", "нужны варианты «да» и «нет»");

    private final String english;
    private final String russian;

    AmocrmText(String english, String russian) {
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
