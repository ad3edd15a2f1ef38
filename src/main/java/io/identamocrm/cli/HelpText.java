package io.identamocrm.cli;

import io.identamocrm.model.Message;

/** The help on commands and options; in English as their annotations have it. */
public enum HelpText implements Message {
    USAGE("Usage: ", "Вызов: "),
    COMMANDS("Commands:%n", "Команды:%n"),
    EXIT_CODES("%nExit codes:%n", "%nКоды завершения:%n"),
    EXIT_0("0:all well", "0:всё хорошо"),
    EXIT_1("1:finished, some receptions failed", "1:закончено, часть приёмов не прошла"),
    EXIT_2("2:wrong usage or configuration", "2:неверный вызов или настройка"),
    EXIT_3(
            "3:IDENT, Redis or amoCRM unreachable, or the run was stopped",
            "3:недоступны IDENT, Redis или amoCRM, или прогон остановлен"),
    EXIT_4("4:not authorised at amoCRM", "4:amoCRM не принимает токен"),
    EXIT_5("5:another run of the same kind is under way", "5:такой прогон уже идёт"),
    HELP("Show this help message and exit.", "Показать эту справку."),
    VERSION("Print version information and exit.", "Показать версию."),
    PROGRAM(
            "Copies clinic visits and patients from IDENT into amoCRM.",
            "Переносит визиты и пациентов клиники из IDENT в amoCRM."),
    COMPLETION(
            "Print a script that lets bash and zsh complete commands and options: source <(./ident-amocrm completion)",
            "Напечатать скрипт, с которым bash и zsh дополняют команды и параметры: source <(./ident-amocrm completion)"),
    COMMAND_HELP("Help on a command, or the list of all.", "Справка по команде или список всех."),
    COMMAND_WORDS("The command, such as stats or explain reception.", "Команда, например stats или explain reception."),
    DEBUG(
            "After the message of a failure, print where it comes from in the program.",
            "После сообщения об ошибке показать, где она возникла в программе."),
    LANG(
            "What is told to people: ru or en (default: as LC_ALL, LC_MESSAGES or LANG say). Logs and JSON are English.",
            "Язык сообщений: ru или en (по умолчанию как в LC_ALL, LC_MESSAGES или LANG). Журналы и JSON — на английском."),
    CONFIG(
            "Directory of application.properties and sql/ (default: config).",
            "Каталог с application.properties и sql/ (по умолчанию: config)."),
    ROUTES("Directory of the routes (default: routes).", "Каталог маршрутов (по умолчанию: routes)."),
    JSON("Print one JSON document.", "Напечатать один документ JSON."),

    DEMO(
            "The main job on an embedded set-up: sample IDENT database, real Redis, amoCRM sandbox.",
            "Главная работа на встроенном стенде: пример базы IDENT, настоящий Redis, песочница amoCRM."),
    DEMO_STAY(
            "Keep the service and its schedules running until Ctrl-C.",
            "Оставить службу и её расписание работать до Ctrl-C."),
    DEMO_RECEPTIONS(
            "Receptions of the sample clinic, 20 to 100000 (default: ${DEFAULT-VALUE}).",
            "Сколько приёмов в примере клиники, от 20 до 100000 (по умолчанию: ${DEFAULT-VALUE})."),
    DEMO_FAULTS(
            "What goes wrong in the sandbox, such as write-then-504,too-many-requests:3 (every third); a wrong name lists all. In "
                    + "a terminal with the variables of a demo that stays: changes what goes wrong there; none ends it.",
            "Что портится в песочнице, например write-then-504,too-many-requests:3 (каждый третий); на неверное имя печатаются все. В "
                    + "терминале, взявшем переменные оставленной демонстрации: меняет там, что портится; none прекращает."),
    DEMO_SQL(
            "In a terminal that has taken over the variables of a demo that stays: changes its clinic.",
            "В терминале, взявшем переменные оставленной демонстрации: меняет её клинику."),
    SERVICE(
            "Synchronise on schedule until stopped (Ctrl-C or SIGTERM).",
            "Синхронизировать по расписанию, пока не остановят (Ctrl-C или SIGTERM)."),
    RECEPTION_SYNC(
            "One run of receptions: what has changed since the cursor, or what the options say.",
            "Один прогон приёмов: изменённое после прошлого прогона или то, что скажут параметры."),
    PATIENT_SYNC(
            "One run of patients: what has changed since the cursor, or what the options say.",
            "Один прогон пациентов: изменённое после прошлого прогона или то, что скажут параметры."),
    FULL_SYNC(
            "Patients, then receptions: everything in the horizon. Stopped, it goes on where it came to.",
            "Пациенты, затем приёмы: всё в пределах горизонта. Прерванный продолжается с того же места."),
    DEEP_SYNC(
            "As full-sync, after amoCRM was listed from end to end; ends with the reconciliation report.",
            "То же, что full-sync, но сначала amoCRM перечитывается целиком; в конце сверка обеих сторон."),
    SINCE(
            "Changes since this clinic time: 2026-01-31 or 2026-01-31T08:00.",
            "Изменения с этого времени клиники: 2026-01-31 или 2026-01-31T08:00."),
    FULL("Everything in the horizon, changed or not.", "Всё в пределах горизонта, изменённое или нет."),
    DRY_RUN(
            "Read and decide everything, write nothing; print what would be changed, field by field.",
            "Всё прочитать и решить, ничего не записать; показать по полям, что изменилось бы."),
    SHOW_VALUES(
            "With --dry-run, on a terminal: patients' and doctors' values too, instead of •••.",
            "С --dry-run, на терминале: показать и данные пациентов и врачей вместо •••."),

    TEST_RECEPTION(
            "Synchronise one reception and tell every step.", "Синхронизировать один приём и рассказать каждый шаг."),
    TEST_PATIENT(
            "Synchronise one patient and tell every step.",
            "Синхронизировать одного пациента и рассказать каждый шаг."),
    RECEPTION_ID("Id of the reception in IDENT.", "Номер приёма в IDENT."),
    PATIENT_ID("Id of the patient in IDENT (ID_Persons).", "Код пациента в IDENT (ID_Persons)."),
    EXPLAIN(
            "Tell what would be done and why, without writing.",
            "Рассказать, что было бы сделано и почему, ничего не записывая."),
    EXPLAIN_RECEPTION(
            "What IDENT says, status, funnel, the three steps with every candidate, contact, stage, difference, last outcome.",
            "Что говорит IDENT, статус, воронка, три шага со всеми кандидатами, контакт, этап, различия, прошлый итог."),
    EXPLAIN_PATIENT(
            "The choice of the contact with every candidate, the difference, completed receptions, last failure.",
            "Выбор контакта со всеми кандидатами, различия, завершённые приёмы, последний отказ."),
    EXPLAIN_DEAL(
            "Whose deal it is, where it stands since when, what was sent; then its reception.",
            "Чья это сделка, где и с какого времени стоит, что отправлено; затем её приём."),
    DEAL_ID("Id of the deal in amoCRM.", "Номер сделки в amoCRM."),
    STATS("Last runs, totals, funnels and errors.", "Последние прогоны, итоги, воронки и отказы."),
    RECONCILE(
            "Read-only report: what amoCRM holds twice, and what IDENT no longer has.",
            "Сверка без изменений: что в amoCRM есть дважды и чего больше нет в IDENT."),

    AUTHORIZE(
            "Exchange an amoCRM authorization code for the first pair of tokens, and keep them in Redis.",
            "Обменять код авторизации amoCRM на первую пару токенов и сохранить её в Redis."),
    AUTHORIZATION_CODE(
            "The code on the integration's page in amoCRM; good once, for 20 minutes.",
            "Код на странице интеграции в amoCRM; годится один раз, в течение 20 минут."),
    DOCTOR(
            "Look at everything, change nothing: settings, routes, SQL files, Redis, clocks, IDENT, amoCRM; each finding with its remedy.",
            "Посмотреть всё, ничего не меняя: настройки, маршруты, файлы SQL, Redis, часы, IDENT, amoCRM; к каждому замечанию — что "
                    + "делать."),
    TEST_DB(
            "Look at IDENT: connection, rights, tables and columns, row version, indexes, clock.",
            "Посмотреть IDENT: соединение, права, таблицы и столбцы, версию строк, индексы, часы."),
    TEST_AMOCRM(
            "Look at the amoCRM account: token, rights, zone, pipelines, stages, fields, users.",
            "Посмотреть аккаунт amoCRM: токен, права, часовой пояс, воронки, этапы, поля, пользователей."),
    FIELDS(
            "List amoCRM's pipelines, stages and fields against the settings; make missing fields and print the settings to paste.",
            "Сравнить воронки, этапы и поля amoCRM с настройками; создать недостающие поля и показать настройки, которые нужно "
                    + "вставить."),
    FIELDS_CREATE(
            "Make the fields that are missing, all or those named (deal.reception-id, AMOCRM_DEAL_FIELD_RECEPTION_ID), after "
                    + "showing them and a yes. Fields that are there already are recognised by code, title and type.",
            "Создать недостающие поля, все или названные (deal.reception-id, AMOCRM_DEAL_FIELD_RECEPTION_ID), показав их и после "
                    + "«да». Имеющиеся поля узнаются по коду, названию и типу."),
    FIELDS_YES("With --create: do not ask.", "С --create: не спрашивать."),
    FIELDS_JSON(
            "Print one JSON document; with --create, fields are made with --yes only.",
            "Напечатать один документ JSON; с --create поля создаются только вместе с --yes."),
    SETUP(
            "Set everything up by answering: IDENT, Redis, amoCRM with its pipelines and fields; each answer is tried at once. Writes "
                    + "the file .env, then shows the doctor's findings and what a first run would do.",
            "Настроить всё, отвечая на вопросы: IDENT, Redis, amoCRM с воронками и полями; каждый ответ сразу проверяется. Записывает "
                    + "файл .env, затем показывает заключение doctor и что сделал бы первый прогон."),
    SETUP_ANSWERS(
            "Ask nobody: take the answers from lines NAME=value, the names being those of the variables; pipelines and fields "
                    + "that it does not name are recognised by their titles.",
            "Никого не спрашивать: взять ответы из строк ИМЯ=значение с именами переменных; воронки и поля, которые там не названы, "
                    + "узнаются по названиям."),
    SETUP_CREATE(
            "With --answers: make the fields that the account lacks.",
            "С --answers: создать поля, которых в аккаунте нет."),

    ALERTS(
            "Where operators hear of what is not well: which channels are set. Needs neither IDENT nor Redis nor amoCRM.",
            "Куда сообщать, если что-то идёт не так: какие каналы настроены. Не нужны ни IDENT, ни Redis, ни amoCRM."),
    ALERTS_TEST(
            "Send a test alert to every channel that is set, and tell of each whether it was taken.",
            "Отправить проверочное оповещение по каждому настроенному каналу и сказать о каждом, принято ли оно."),
    BRAKES(
            "Writes that stopped because far more were due than usual: what was seen, and since when. Works while the service runs.",
            "Записи, остановленные потому, что их вдруг стало намного больше обычного: что замечено и с какого времени. Работает "
                    + "рядом со службой."),
    BRAKES_RELEASE(
            "Lets what was shown pass, once: up to as many in the next full or deep run.",
            "Пропустить показанное, один раз: не больше, чем показано, в следующем полном или глубоком прогоне."),
    BRAKES_KIND("One of: ${COMPLETION-CANDIDATES}.", "Одно из: ${COMPLETION-CANDIDATES}."),
    DEAD_LETTERS(
            "The failed receptions and patients: list, show, retry, discard. Works while the service runs.",
            "Недоставленные приёмы и пациенты: list, show, retry, discard. Работает рядом со службой."),
    DEAD_LETTERS_LIST("All of them, or those with a code.", "Все или с одним кодом."),
    PATIENTS("Patients instead of receptions.", "Пациенты вместо приёмов."),
    ONLY_CODE("Only this failure: ${COMPLETION-CANDIDATES}.", "Только этот отказ: ${COMPLETION-CANDIDATES}."),
    DEAD_LETTERS_SHOW("One of them, with what to do about it.", "Один из них и что с ним делать."),
    A_PATIENT("A patient instead of a reception.", "Пациент вместо приёма."),
    DEAD_LETTERS_RETRY(
            "Try them again in the next incremental run; the service takes them at its next turn, within a minute by default.",
            "Попробовать снова в следующем коротком прогоне; служба возьмёт их в свой черёд, обычно в течение минуты."),
    ALL("All of them.", "Все."),
    THOSE_WITH_CODE("Those with this failure.", "Те, у которых этот отказ."),
    DEAD_LETTERS_DISCARD(
            "Forget them. A reception or patient that changes later, or a full run, may bring them back.",
            "Забыть их. Приём или пациент может вернуться, если изменится позже, или в полном прогоне.");

    private final String english;
    private final String russian;

    HelpText(String english, String russian) {
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
