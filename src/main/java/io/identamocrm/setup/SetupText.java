package io.identamocrm.setup;

import io.identamocrm.model.Message;

/** Everything that the set-up says, in one place. */
public enum SetupText implements Message {
    WELCOME(
            "This sets up ident-amocrm: IDENT, Redis and amoCRM, one after the other. Each answer is tried at once; nothing is "
                    + "written before you have seen all of it.\nEnter takes what stands in brackets, a minus empties what may be empty, Ctrl-C "
                    + "ends; your answers so far are then kept for the next time.",
            "Настройка ident-amocrm: IDENT, Redis и amoCRM, одно за другим. Каждый ответ сразу проверяется; ничего не записывается, "
                    + "пока вы не увидите всё целиком.\nEnter принимает то, что стоит в скобках, минус очищает то, что может быть пустым, "
                    + "Ctrl-C завершает; ответы при этом сохраняются до следующего раза."),
    RESUMED(
            "Your answers of %s are still here: %s.%nWhat was well then is tried again and not asked.",
            "Сохранились ваши ответы от %s: %s.%nЧто было в порядке тогда, проверяется снова, без вопросов."),
    RESUME("Go on with them?", "Продолжить с ними?"),
    TRYING("Trying %s ...", "Проверка: %s ..."),
    WELL("%s is well.", "%s: в порядке."),
    AGAIN(
            "That does not work yet. Once more, please; Enter keeps what you answered.",
            "Пока не получается. Ответьте, пожалуйста, ещё раз; Enter оставляет прежний ответ."),
    OFFER("Set %s and try again?", "Задать %s и попробовать снова?"),
    YES_NO("%s [y/n] ", "%s [д/н] "),
    YES_OR_NO("Please answer y or n.", "Ответьте, пожалуйста, «да» или «нет»."),
    NEEDED("This cannot be empty.", "Это не может быть пустым."),
    UNWRITABLE(
            "This holds a character that a setting cannot hold.",
            "Здесь есть символ, которого в настройке быть не может."),
    KEPT("set, Enter keeps it", "задано, Enter оставляет"),
    NONE("none", "нет"),
    NO_CHOICE(
            "Please answer with one of the numbers or names above.",
            "Ответьте, пожалуйста, номером или названием из списка выше."),

    SETTINGS("settings", "настройки"),
    ANSWERS("answers", "ответы"),
    PART_IDENT("IDENT", "IDENT"),
    PART_REDIS("Redis", "Redis"),
    PART_AMOCRM("amoCRM", "amoCRM"),

    ZONE(
            "The clinic's time zone, since IDENT stores what its wall clock shows.",
            "Часовой пояс клиники: IDENT хранит время таким, каким его показывают часы на стене."),
    ZONE_WRONG(
            "There is no such time zone; write a name such as Europe/Moscow.",
            "Такого часового пояса нет; укажите название, например Europe/Moscow."),
    SERVER(
            "The computer with IDENT's SQL Server: its name or address, NAME\\INSTANCE for a named instance, or a whole JDBC URL.",
            "Компьютер с SQL Server, где работает IDENT: имя или адрес, NAME\\INSTANCE для именованного экземпляра либо целиком JDBC "
                    + "URL."),
    PORT("The port on which that SQL Server listens.", "Порт, на котором отвечает этот SQL Server."),
    DATABASE("The name of IDENT's database on that server.", "Название базы IDENT на этом сервере."),
    LOGIN(
            "A login that may only read there; DOMAIN\\NAME if it is one of Windows.",
            "Пользователь, которому там разрешено только чтение; если это пользователь Windows, то DOMAIN\\NAME."),
    PASSWORD("The password of that login; it is not shown.", "Пароль этого пользователя; при вводе он не виден."),

    REDIS(
            "The computer with Redis, where the program keeps its memory: a name or address, or a whole URL such as rediss://HOST:6380.",
            "Компьютер с Redis, где программа хранит свою память: имя или адрес либо целиком URL, например rediss://HOST:6380."),
    REDIS_PORT("The port on which Redis listens.", "Порт, на котором отвечает Redis."),
    REDIS_PASSWORD(
            "The password of Redis, if it has one; it is not shown.",
            "Пароль Redis, если он есть; при вводе он не виден."),

    ADDRESS(
            "The account's address: NAME of NAME.amocrm.ru, or a whole address for another one.",
            "Адрес аккаунта: NAME из NAME.amocrm.ru, а для другого — адрес целиком."),
    ADDRESS_WRONG(
            "This is no address of an account; write NAME of NAME.amocrm.ru, or https:// and the whole address.",
            "Это не адрес аккаунта; укажите NAME из NAME.amocrm.ru или https:// и адрес целиком."),
    ACCESS(
            "How amoCRM lets the program in; the page of your integration in amoCRM has both.",
            "Как amoCRM впускает программу; и то и другое есть на странице вашей интеграции в amoCRM."),
    ACCESS_TOKEN(
            "a long-lived token of a private integration (simplest)",
            "долгосрочный токен частной интеграции (проще всего)"),
    ACCESS_OAUTH(
            "an OAuth integration: id, secret key, redirect address and a code",
            "интеграция OAuth: id, секретный ключ, адрес перенаправления и код"),
    TOKEN(
            "The long-lived token, as the integration's page shows it once; it is not shown here.",
            "Долгосрочный токен, который страница интеграции показывает один раз; при вводе он не виден."),
    CLIENT_ID("The integration's id.", "Id интеграции."),
    CLIENT_SECRET(
            "The integration's secret key; it is not shown here.", "Секретный ключ интеграции; при вводе он не виден."),
    REDIRECT_URI(
            "The integration's redirect address, exactly as it was typed there.",
            "Адрес перенаправления интеграции, точно как он там записан."),
    CODE(
            "The authorization code, which is good once and for 20 minutes; Enter if the program was let in before. It is not shown here.",
            "Код авторизации, он годится один раз и в течение 20 минут; Enter, если программу уже впускали. При вводе он не виден."),

    ACCOUNT("Account %s «%s».", "Аккаунт %s «%s»."),
    PIPELINES("The account's pipelines:", "Воронки аккаунта:"),
    TOO_FEW(
            "The account has %s pipelines in use and two are needed, one for new patients and one for those who come again. Make them "
                    + "in amoCRM (Leads, Set up), then press Enter.",
            "Воронок, которые используются в аккаунте: %s, а нужны две: для новых пациентов и для тех, кто приходит снова. Создайте "
                    + "их в amoCRM (Сделки → Настроить), затем нажмите Enter."),
    PRIMARY(
            "The pipeline for visits of patients who have not completed one yet.",
            "Воронка для визитов пациентов, у которых ещё нет завершённого визита."),
    SECONDARY("The pipeline for visits of all other patients.", "Воронка для визитов всех остальных пациентов."),
    SAME(
            "Both funnels cannot share a pipeline; choose another one.",
            "Одна воронка на оба вида визитов не годится; выберите другую."),
    SWAPPED(
            "«%s» speaks of the other funnel: these two look exchanged. Choose again.",
            "«%s» — название для другого вида визитов: похоже, воронки перепутаны. Выберите ещё раз."),
    STAGE("The stage of «%s» in which new deals begin.", "Этап воронки «%s», с которого начинаются новые сделки."),
    STAGES(
            "A deal can move on by itself as its visit is booked, begun, completed, cancelled or missed. Choose the stages for that now? "
                    + "Without them it stays where it began, and managers move it.",
            "Сделка может сама переходить дальше, когда визит назначен, начат, завершён, отменён или пропущен. Выбрать этапы для этого "
                    + "сейчас? Без них она остаётся там, где началась, и двигают её менеджеры."),
    NO_BY_DEFAULT("  [y/N]: ", "  [д/Н]: "),
    STAGE_OF("The stage of «%s» for a visit that is %s.", "Этап воронки «%s», когда визит %s."),
    STAGE_LEFT("leave the deal where it is", "оставить сделку на месте"),
    SCHEDULED("booked", "назначен"),
    ARRIVED("under way", "идёт"),
    COMPLETED("completed", "завершён"),
    CANCELLED("cancelled", "отменён"),
    NO_SHOW("missed", "пропущен"),
    USERS(
            "Who is responsible for new deals; deals that exist keep theirs.",
            "Ответственный за новые сделки; у имеющихся сделок он не меняется."),
    NOBODY("amoCRM's own choice", "как решит amoCRM"),
    NO_USERS(
            "Who works in the account cannot be seen, as the token's user is no administrator; who is responsible for new deals "
                    + "stays as it is.",
            "Кто работает в аккаунте, не видно: пользователь токена не администратор; ответственный за новые сделки остаётся прежним."),

    FIELDS_FOUND(
            "Fields of the account that fit ours; IDENT's values will stand in them:",
            "Поля аккаунта, которые подходят к нашим; в них будут значения из IDENT:"),
    FIELDS_NONE("No field of the account fits ours yet.", "Ни одно поле аккаунта пока не подходит к нашим."),
    FIELDS_CHANGE(
            "Enter takes them so. NAME=NUMBER takes another field for one of ours, as in deal.doctor-name=28; NAME= leaves it "
                    + "out; ? lists the account's other fields.",
            "Enter принимает их так. ИМЯ=НОМЕР берёт для нашего поля другое, например deal.doctor-name=28; ИМЯ= не берёт никакого; ? "
                    + "показывает остальные поля аккаунта."),
    FIELDS_OTHER_DEALS("The account's other fields of deals: %s", "Остальные поля сделок в аккаунте: %s"),
    FIELDS_OTHER_CONTACTS("The account's other fields of contacts: %s", "Остальные поля контактов в аккаунте: %s"),
    FIELD_UNKNOWN(
            "%s is none of our fields: write its name as the list does.",
            "%s — не наше поле: напишите его имя так, как в списке."),
    FIELD_ABSENT("The account has no field %s there.", "Поля %s в аккаунте там нет."),
    FIELD_TYPE("«%s» is of type %s, which cannot hold it.", "У «%s» тип %s, он этого не вмещает."),
    FIELD_TAKEN("«%s» is %s already.", "«%s» — это уже %s."),
    FIELDS_MISSING(
            "Fields that the account lacks, with the type that they would get:",
            "Поля, которых в аккаунте нет, и тип, который они получат:"),
    FIELDS_MAKE(
            "Which of them shall be made in amoCRM? All is best; needed are the two by which deals and contacts are found.",
            "Какие из них создать в amoCRM? Лучше все; необходимы два, по которым находят сделки и контакты."),
    FIELDS_ALL("all", "все"),
    FIELDS_NEEDED("only what is needed", "только необходимые"),
    FIELDS_NO("none", "никаких"),
    FIELD_NEEDED(
            "%s is needed: choose a field of the account for it, or let it be made.",
            "%s необходимо: выберите для него поле аккаунта или разрешите его создать."),

    SUMMARY(
            "This will be written into %s; everything else there stays:",
            "В %s будет записано; всё остальное там останется:"),
    SUMMARY_KEPT(
            "The file as it is now is kept beside it, with the date in its name.",
            "Прежний файл останется рядом, с датой в имени."),
    SUMMARY_FIELDS("These fields will be made in amoCRM: %s", "В amoCRM будут созданы поля: %s"),
    SUMMARY_SHADOWED(
            "%s is set to something else in the environment of this shell, which goes before the file: unset it there.",
            "%s задано иначе в окружении этой оболочки, а оно важнее файла: уберите его там."),
    SUMMARY_BY_HAND(
            "Not asked for here, and to be set by hand where it is needed (config/application.properties tells how): branches with "
                    + "pipelines of their own (BRANCHES), another database of Redis (REDIS_DB), a proxy on the way to amoCRM (HTTPS_PROXY).",
            "Здесь не спрашивается, задайте сами, если нужно (как — сказано в config/application.properties): филиалы со своими "
                    + "воронками (BRANCHES), другая база Redis (REDIS_DB), прокси на пути к amoCRM (HTTPS_PROXY)."),
    REMOVED("(removed)", "(удаляется)"),
    HIDDEN("(not shown)", "(не показывается)"),
    WRITE("Write this?", "Записать?"),
    NOTHING("Nothing changes: %s says all this already.", "Ничего не меняется: в %s всё уже так."),
    REFUSED(
            "Nothing was written: amoCRM refuses fields that are needed, see above.",
            "Ничего не записано: amoCRM отвергает необходимые поля, см. выше."),
    NOT_WRITTEN(
            "Nothing was written. Your answers are kept for the next time.",
            "Ничего не записано. Ваши ответы сохранены до следующего раза."),
    MADE("Made in amoCRM: %s", "Создано в amoCRM: %s"),
    NOT_MADE("amoCRM did not make %s: %s.", "amoCRM не создала %s: %s."),
    WRITTEN("Written: %s", "Записано: %s"),
    COPY("The file before: %s", "Прежний файл: %s"),

    DOCTOR("The doctor's findings:", "Заключение doctor:"),
    DRY_RUN(
            "A run over everything that writes nothing, to see what would come (Ctrl-C stops it; nothing is lost):",
            "Прогон по всем данным, который ничего не записывает: показать, что получилось бы (Ctrl-C останавливает; ничего не "
                    + "теряется):"),
    NEXT(
            "Next: ident-amocrm full-sync, which writes all this, and then ident-amocrm service.",
            "Дальше: ident-amocrm full-sync — всё это записать, а затем ident-amocrm service."),
    NEXT_CURE(
            "Once that is put right: ident-amocrm doctor again, then ident-amocrm full-sync.",
            "Когда это будет исправлено: снова ident-amocrm doctor, затем ident-amocrm full-sync."),
    NO_TERMINAL(
            "setup asks questions, and there is no terminal to ask at: run it in one, or give the answers in a file: --answers FILE",
            "setup задаёт вопросы, а терминала нет: выполните её в терминале или дайте ответы в файле: --answers FILE"),
    NO_PIPELINE(
            "%s is missing, and no title of a pipeline tells", "%s не указано, и по названиям воронок это не узнать"),
    NO_PIPELINE_REMEDY("set one of %s", "укажите одну из %s"),
    NO_FIELD("%s is missing, and no field of the account fits", "%s не указано, и ни одно поле аккаунта не подходит"),
    NO_FIELD_REMEDY(
            "set the number of a text field, or let it be made with --create",
            "укажите номер текстового поля или разрешите его создать: --create"),
    NO_SETTING("%s is no setting", "%s — такой настройки нет"),
    NO_SETTING_REMEDY(
            "config/application.properties names all of them", "все они названы в config/application.properties"),
    NAMED("%s: %s", "%s: %s"),
    NO_FILE("%s is missing or cannot be read", "%s нет, или файл не читается"),
    NO_FILE_REMEDY("name a file of lines NAME=value", "назовите файл со строками ИМЯ=значение");

    private final String english;
    private final String russian;

    SetupText(String english, String russian) {
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
