package io.identamocrm.settings;

import io.identamocrm.model.Message;

/** What the settings' checks say to people. */
public enum SettingsText implements Message {
    COMPLAINT("%s %s", "%s — %s"),

    ENV_OPEN_TO_OTHERS(
            "can be read by other users of this machine", "файл могут читать другие пользователи этого компьютера"),
    ENV_CLOSE("take that right from them: chmod 600 %s", "закройте его от них: chmod 600 %s"),
    NOT_UTF8("is not written in UTF-8", "файл записан не в UTF-8"),
    SAVE_AS_UTF8("save it in that encoding", "сохраните его в этой кодировке"),
    UNREADABLE("cannot be read", "не читается"),
    GIVE_RIGHT(
            "give the user of this process the right to read it", "дайте пользователю этого процесса право на чтение"),
    LINE_SETS_NOTHING("sets nothing", "ничего не задаёт"),
    LINE_FORM("write NAME=value, or # before a remark", "напишите ИМЯ=значение, а примечание начните с #"),
    QUOTE_WITHOUT_PARTNER("has a quotation mark without its partner", "кавычка открыта и не закрыта"),
    QUOTE_FORM("write %s=%s…%s", "напишите %s=%s…%s"),

    PRIMARY_PIPELINE_ID(
            "the id of the pipeline for patients without a completed visit; the command fields lists the account's pipelines",
            "номер воронки для пациентов без состоявшегося приёма; воронки аккаунта показывает команда fields"),
    SECONDARY_PIPELINE_ID(
            "the id of the pipeline for patients with a completed visit; the command fields lists the account's pipelines",
            "номер воронки для пациентов с состоявшимся приёмом; воронки аккаунта показывает команда fields"),
    DEAL_NAME("the name of new deals, <id> for the reception", "название новых сделок, <id> вместо номера приёма"),
    CLOSES_AND_RECREATES("does not go with a %s that is excluded", "не сочетается с %s: этот этап исключён"),
    CLOSES_AND_RECREATES_REMEDY(
            "every run would close and open a deal; switch one of them off",
            "каждый прогон закрывал бы сделку и открывал новую; отключите одно из двух"),
    SAME_PIPELINE("is the primary pipeline too", "это же и воронка первичных приёмов"),
    TWO_PIPELINES("the two funnels need two pipelines", "первичным и повторным приёмам нужны две разные воронки"),
    NO_COUNTRY("is no country code", "нет такого кода страны"),
    COUNTRY_FORM("write two capital letters such as RU", "напишите две заглавные латинские буквы, например RU"),
    NO_SUCH_FIELD("names %s, which is no field", "названо %s, а такого поля нет"),
    FIELD_FORM(
            "write deal.NAME or contact.NAME with a name from this file's list of fields, as in contact.comment",
            "напишите deal.ИМЯ или contact.ИМЯ, имя — из списка полей в этом файле, например contact.comment"),
    REDIS_FORMS(
            "redis://HOST:6379, rediss://USER:PASSWORD@HOST:6380/0, redis-sentinel://HOST:26379,HOST:26379/MASTER-NAME or "
                    + "redis-cluster://HOST:6379,HOST:6379 (rediss-… with TLS), with % signs for what an address cannot hold",
            "redis://HOST:6379, rediss://USER:PASSWORD@HOST:6380/0, redis-sentinel://HOST:26379,HOST:26379/MASTER-NAME или "
                    + "redis-cluster://HOST:6379,HOST:6379 (rediss-… для TLS); чего в адресе быть не может, запишите со знаком %"),

    NO_ROUTES("%s holds no *.camel.yaml", "в каталоге %s нет файлов *.camel.yaml"),
    NAME_ROUTES_DIRECTORY(
            "start in the product's directory, or name the directory with --routes",
            "запустите программу из её каталога или назовите каталог: --routes"),
    ROUTE_TWICE("there is a route %s already: %s", "маршрут %s уже есть: %s"),
    NAME_ROUTE_ANEW(
            "give one of them another id, or take the copy of the file away",
            "дайте одному из них другой id или уберите копию файла"),
    ROUTE_FILE_EMPTY("holds no route", "в файле нет ни одного маршрута"),
    NO_YAML("is no YAML: %s", "это не YAML: %s"),
    NO_BEAN("there is no bean %s", "нет бина %s"),
    NO_COMPONENT("there is no component %s", "нет компонента %s"),
    NO_OPTION("the endpoint has no option %s", "у этого endpoint нет параметра %s"),
    NO_SETTING_IN_FILE(
            "there is no setting %s in config/application.properties",
            "в config/application.properties нет настройки %s"),
    ROUTE_BROKEN("the route cannot be made: %s", "маршрут не собирается: %s"),
    UNDO_EDIT("undo the last edit there", "отмените последнюю правку в этом месте"),
    NO_ROUTE("there is no route from direct:%s", "нет маршрута из direct:%s"),
    NO_CONFIGURATION("there is no routeConfiguration %s", "нет routeConfiguration %s"),
    NO_ENTRY(
            "no route file has a route from direct:%s, which the program calls",
            "ни в одном файле нет маршрута из direct:%s, а программа его вызывает"),
    RESTORE_ROUTES(
            "put the file back that is missing; a new copy of the product has it",
            "верните недостающий файл; он есть в новой копии программы"),

    MISSING("is missing", "не указано"),
    IN_QUOTES(
            "stands in quotation marks, and they are part of it", "значение стоит в кавычках, и они стали его частью"),
    WITHOUT_QUOTES("write it without them", "напишите без них"),
    SET("set %s", "укажите %s"),
    NO_NUMBER("is no whole number", "это не целое число"),
    NUMBER_FORM("write digits alone, from %s to %s", "напишите только цифры, от %s до %s"),
    OUT_OF_RANGE("is too small or too large", "число слишком мало или слишком велико"),
    NUMBER_RANGE("write a number from %s to %s", "напишите число от %s до %s"),
    YES_OR_NO("must be yes or no", "может быть только yes или no"),
    ONE_OF_TWO("write one of the two", "напишите одно из двух"),
    MUST_BE("must be %s", "может быть только %s"),
    OR(" or ", " или"),
    CHOICE_REMEDY(
            "the comment in config/application.properties tells what each means",
            "что значит каждое, объяснено в config/application.properties"),
    NO_ID("is no id", "это не номер"),
    ID_FORM("copy the number alone, digits without spaces", "скопируйте только номер: цифры без пробелов"),
    NO_IDS("is no list of ids", "это не список номеров"),
    IDS_FORM(
            "write numbers with commas between them, as in 142,143", "напишите номера через запятую, например 142,143"),
    NO_HOST_NAME("is no host name", "это не имя компьютера"),
    HOST_FORM(
            "write the name or address alone, without scheme, port or path",
            "напишите только имя или адрес, без протокола, порта и пути"),
    NO_WEB_ADDRESS("is no web address", "это не адрес сайта"),
    CRON("a Quartz cron expression such as 0 * * * * ?", "расписание Quartz, например 0 * * * * ?"),
    CRON_NEVER("names a time that never comes", "названо время, которое никогда не наступит"),
    CRON_FORM(
            "write a Quartz cron expression such as 0 0/5 * * * ? (every five minutes)",
            "напишите расписание Quartz, например 0 0/5 * * * ? (каждые пять минут)"),
    NO_CRON("is no cron expression", "это не расписание cron"),
    CRON_PARTS(
            "write Quartz's six parts, seconds first: 0 0/5 * * * ? is every five minutes",
            "напишите шесть частей Quartz, секунды первыми: 0 0/5 * * * ? — каждые пять минут"),

    ENV_ABSENT_REMEDY(
            "write the settings there, or set the variables",
            "напишите настройки в этот файл или задайте переменные окружения"),
    AND_NOT_IN(" and not in ", " и нет в"),
    ENV_ABSENT("is not in %s", "файла нет в %s"),
    FILE_ABSENT("%s is missing or not readable", "файла %s нет, или он не читается"),
    NAME_CONFIG_DIRECTORY(
            "start in the product's directory, or name the directory with --config",
            "запустите программу из её каталога или назовите каталог: --config"),
    NO_LEVEL("is no level", "нет такого уровня"),
    LEVELS("write ERROR, WARN, INFO, DEBUG or TRACE", "напишите ERROR, WARN, INFO, DEBUG или TRACE"),
    TEXT_OR_JSON("must be text or json", "может быть только text или json"),
    FILE_UNREADABLE("%s cannot be read", "файл %s не читается"),
    BROKEN_ESCAPE("a backslash and u begin a character's number", "обратная косая черта и u начинают код символа"),
    TWO_BACKSLASHES(
            "write HOST\\\\INSTANCE with two backslashes",
            "напишите HOST\\\\INSTANCE с двумя обратными косыми чертами"),

    PARTNER_MISSING("is missing, though its partner is set", "не указано, хотя парная настройка задана"),
    PARTNER_REMEDY(
            "set user and password to let Hawtio in, or none of them to keep it out",
            "задайте и пользователя, и пароль, чтобы пускать Hawtio, или ни того ни другого, чтобы не пускать"),
    LISTEN_ADDRESS("the address to listen on, such as 127.0.0.1", "адрес, на котором слушать, например 127.0.0.1"),
    PORT_TAKEN(
            "management.port (MANAGEMENT_PORT) %s cannot be listened on at %s (%s)",
            "management.port (MANAGEMENT_PORT) %s — на этом порту по адресу %s слушать нельзя (%s)"),
    PORT_TAKEN_REMEDY(
            "is another service running here? Choose another port, or 0 for none",
            "не работает ли здесь другая служба? Выберите другой порт или 0, если порт не нужен"),
    IDENT_SERVER(
            "the host of IDENT's SQL Server, or HOST\\INSTANCE",
            "компьютер с SQL Server, где работает IDENT, или HOST\\INSTANCE"),
    IDENT_DATABASE("the name of IDENT's database", "название базы IDENT"),
    NO_SERVER("is no host", "это не имя компьютера"),
    SERVER_FORM(
            "write its name or address, or HOST\\INSTANCE; the port stands in DB_PORT",
            "напишите имя или адрес, или HOST\\INSTANCE; порт пишут в DB_PORT"),
    IDENT_PASSWORD("the password of that login", "пароль этого пользователя"),
    NO_JDBC_URL("is no JDBC URL that a driver here understands", "ни один драйвер не понимает такой JDBC URL"),
    JDBC_FORM(
            "write jdbc:sqlserver://HOST:1433;databaseName=… or leave it empty",
            "напишите jdbc:sqlserver://HOST:1433;databaseName=… или оставьте пустым"),
    IDENT_USERNAME(
            "the name of a login that may only SELECT", "имя пользователя SQL Server, которому разрешён только SELECT"),
    DOMAIN_IN_NAME("holds the domain too", "в имени записан и домен"),
    DOMAIN_IN_NAME_REMEDY(
            "write the name alone; the domain goes into DB_DOMAIN", "напишите только имя; домен пишут в DB_DOMAIN"),
    IDENT_DOMAIN(
            "the Windows domain of the login, or for a local account the name of the server's computer",
            "домен Windows этого пользователя, а для локальной учётной записи — имя компьютера с SQL Server"),
    DOMAIN_WITHOUT_NTLM(
            "is for Windows logins only, and DB_AUTHENTICATION is sql",
            "домен нужен только для входа Windows, а DB_AUTHENTICATION равно sql"),
    DOMAIN_WITHOUT_NTLM_REMEDY(
            "set DB_AUTHENTICATION=ntlm if the login is one of Windows, or leave DB_DOMAIN empty",
            "укажите DB_AUTHENTICATION=ntlm, если это пользователь Windows, или оставьте DB_DOMAIN пустым"),
    WINDOWS_LOGIN(
            "is a Windows login, and DB_AUTHENTICATION is sql",
            "это имя пользователя Windows, а DB_AUTHENTICATION равно sql"),
    WINDOWS_LOGIN_REMEDY(
            "set DB_AUTHENTICATION=ntlm, write the part before the backslash into DB_DOMAIN and the part behind it here",
            "укажите DB_AUTHENTICATION=ntlm, часть до обратной косой черты напишите в DB_DOMAIN, а часть после неё — сюда"),
    NO_SUBDOMAIN("is no account name", "это не имя аккаунта"),
    SUBDOMAIN_FORM(
            "write the first part of NAME.amocrm.ru alone; a whole address goes into AMOCRM_BASE_URL",
            "напишите только первую часть адреса NAME.amocrm.ru; полный адрес пишут в AMOCRM_BASE_URL"),
    SUBDOMAIN(
            "the first part of your account's address, NAME.amocrm.ru",
            "первую часть адреса вашего аккаунта, NAME.amocrm.ru"),
    BASE_URL_FORM(
            "write https://NAME.amocrm.ru or leave it empty", "напишите https://NAME.amocrm.ru или оставьте пустым"),
    UNENCRYPTED("would send tokens unencrypted", "токены пошли бы незашифрованными"),
    WRITE_HTTPS("write https://", "напишите https://"),
    NO_TOKEN(
            "holds a space, a line break or a letter that no token has",
            "есть пробел, перевод строки или буква, каких в токене не бывает"),
    TOKEN_FORM(
            "copy the token alone, without Bearer and without quotes",
            "скопируйте только токен, без Bearer и без кавычек"),
    REDIRECT_FORM(
            "copy the redirect address from the integration's page in amoCRM, https:// included",
            "скопируйте адрес перенаправления со страницы интеграции в amoCRM, вместе с https://"),
    REFRESH_ALONE("cannot be used alone", "одного его недостаточно"),
    INTEGRATION_REMEDY(
            "set AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI as the integration's page in amoCRM shows them",
            "укажите AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET и AMOCRM_REDIRECT_URI, как они показаны на странице интеграции в amoCRM"),
    ACCESS_TOKEN(
            "the long-lived token of a private integration; or set AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and "
                    + "AMOCRM_REDIRECT_URI and run ident-amocrm authorize CODE",
            "долгосрочный токен частной интеграции; либо задайте AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET и AMOCRM_REDIRECT_URI и "
                    + "выполните ident-amocrm authorize CODE"),
    NO_KEY("is not base64 of %s bytes", "это не %s байта в base64"),
    KEY_REMEDY("make one with: openssl rand -base64 32", "создайте ключ командой: openssl rand -base64 32"),
    REDIS_HOST("the host of Redis", "адрес компьютера с Redis"),
    NO_REDIS_ADDRESS("is no Redis address", "это не адрес Redis"),
    WRITE("write %s", "напишите %s"),
    DATABASE_OF_CLUSTER(
            "names a database, and a cluster has none to choose", "названа база, а в кластере их не выбирают"),
    DATABASE_OF_CLUSTER_REMEDY("leave it out, or write 0", "уберите её или напишите 0"),
    LOCK_TOO_SHORT(
            "is too short: a request may take as long as amocrm.request-deadline says, and 5 s more must be left",
            "слишком мало: запрос может длиться столько, сколько задано в amocrm.request-deadline, и ещё 5 с должно остаться"),
    LOCK_TOO_SHORT_REMEDY(
            "write %s or more, or shorten amocrm.request-deadline (AMOCRM_REQUEST_DEADLINE_MS)",
            "напишите %s или больше, либо уменьшите amocrm.request-deadline (AMOCRM_REQUEST_DEADLINE_MS)"),
    NO_ZONE("is no time zone", "нет такого часового пояса"),
    ZONE_FORM("write a name such as Europe/Moscow", "напишите название, например Europe/Moscow"),
    NO_PROXY("is no address of an HTTP proxy", "это не адрес прокси HTTP"),
    NO_DATE("is no date", "это не дата"),
    DATE_FORM(
            "write 2026-01-31, or leave it empty for all receptions",
            "напишите 2026-01-31 или оставьте пустым, чтобы брать все приёмы"),
    KEY_FIELD_OF_DEALS(
            "the id of a text field, by which the deal is found; the command fields --create makes it",
            "номер текстового поля, по которому находят сделку; его создаёт команда fields --create"),
    KEY_FIELD_OF_CONTACTS(
            "the id of a text field, by which the contact is found; the command fields --create makes it",
            "номер текстового поля, по которому находят контакт; его создаёт команда fields --create"),

    TELEGRAM_TOKEN("the token of your bot, as BotFather shows it", "токен вашего бота, как его показывает BotFather"),
    CHAT(
            "the id of the chat, or the @name of a channel; write to the bot first, or add it to the group",
            "номер чата или @имя канала; сначала напишите боту сами или добавьте его в группу"),
    NO_TELEGRAM_TOKEN("is no token of a bot", "это не токен бота"),
    TELEGRAM_TOKEN_FORM(
            "copy it whole from BotFather: digits, a colon, letters",
            "скопируйте его у BotFather целиком: цифры, двоеточие, буквы"),
    NO_CHAT("is no chat", "это не чат"),
    CHAT_FORM(
            "write its id, such as -1001234567890, or the @name of a channel",
            "напишите его номер, например -1001234567890, или @имя канала"),
    TELEGRAM_URL_FORM("write https://api.telegram.org", "напишите https://api.telegram.org"),
    MAIL_SERVER("the mail server, such as smtp.example.com", "почтовый сервер, например smtp.example.com"),
    MAIL_TO("who gets the mail, with commas between addresses", "кому писать, адреса через запятую"),
    MAIL_FROM("the sender's address", "адрес отправителя"),
    MAIL_USERNAME("the user at the mail server", "имя на почтовом сервере"),
    MAIL_PASSWORD("the password at the mail server", "пароль на почтовом сервере"),
    NO_MAIL_ADDRESS("is no mail address", "это не почтовый адрес"),
    MAIL_ADDRESS_FORM("write admin@example.com", "напишите admin@example.com"),
    OPEN_PASSWORD("would send the password unencrypted", "пароль пошёл бы незашифрованным"),
    OPEN_PASSWORD_REMEDY("write starttls or tls", "напишите starttls или tls"),
    WEBHOOK_URL("the address that takes the messages", "адрес, который принимает сообщения"),
    WEBHOOK_FORM(
            "write an address that begins with https://, without a user or password in it",
            "напишите адрес, который начинается с https://, без имени пользователя и пароля"),
    NO_HOURS("is no time from and until", "это не время «с» и «до»"),
    HOURS_FORM("write 22:00-07:00, or leave it empty", "напишите 22:00-07:00 или оставьте пустым"),
    NO_ALERT("names %s, which is no kind of alert", "названо %s, а такого вида оповещений нет"),
    ALERT_FORM("the kinds are: %s", "бывают: %s"),
    FOLLOW_UP_TEXT(
            "the text of the task or note, with <id>, <deal>, <date>, <time>, <doctor> where they belong",
            "текст задачи или примечания, с <id>, <deal>, <date>, <time>, <doctor> на своих местах"),
    NO_SUCH_PLACE("has %s, which stands for nothing", "в тексте %s, это ничего не обозначает"),
    FOLLOW_UP_PLACES(
            "write <id>, <deal>, <date>, <time> or <doctor>", "напишите <id>, <deal>, <date>, <time> или <doctor>"),
    TOO_LONG_A_TEXT("is too long a text", "слишком длинный текст"),
    SHORTER_TEXT("write %s characters at most", "напишите не больше %s знаков"),
    NO_TIME_OF_DAY("is no time of day", "это не время суток"),
    TIME_OF_DAY_FORM("write HH:mm, such as 09:00", "напишите ЧЧ:ММ, например 09:00"),
    CLOSES_BEFORE_IT_OPENS("is not later than follow-up.opens", "не позже, чем follow-up.opens"),
    LATER_THAN_OPENS(
            "write a later time, 24:00 for the end of the day", "напишите время позже, конец суток — это 24:00"),
    NO_DAYS("is no list of days", "это не список дней"),
    DAYS_FORM(
            "write days from 1, Monday, to 7, Sunday, with commas between them",
            "напишите дни от 1 (понедельник) до 7 (воскресенье) через запятую"),

    CORRECT_LINE(
            "correct or remove the line in config/application.properties",
            "исправьте или удалите строку в config/application.properties"),
    NO_SETTING("is no setting", "такой настройки нет"),
    REMOVE_VARIABLE("remove it, unless another program needs it", "удалите её, если она не нужна другой программе"),
    UNKNOWN_IN_ENV("in .env is no setting and is not read", "в .env: такой настройки нет, она не читается"),
    UNKNOWN_IN_ENVIRONMENT(
            "in the environment is no setting and is not read", "в окружении: такой настройки нет, она не читается"),
    NAME_BRANCH(
            "name branch %s in the setting branches (BRANCHES), or correct the rest of the line",
            "назовите филиал %s в настройке branches (BRANCHES) или исправьте остальное в строке"),
    DID_YOU_MEAN("did you mean %s?", "может быть, %s?");

    private final String english;
    private final String russian;

    SettingsText(String english, String russian) {
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
