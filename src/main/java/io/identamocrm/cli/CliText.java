package io.identamocrm.cli;

import io.identamocrm.model.Message;
import io.identamocrm.model.Text;
import java.util.Arrays;
import java.util.Locale;

/** What the commands print for people. */
public enum CliText implements Message {
    VALUE("%s: %s", "%s: %s"),
    AND_MORE("  … and %s more (--json lists all)", "  … и ещё %s (--json показывает все)"),
    NEVER("never", "никогда"),
    NONE("none", "нет"),

    CODE_ACCEPTED(
            "amoCRM has accepted the code; the tokens are in Redis and are renewed by themselves from now on.",
            "amoCRM приняла код; токены сохранены в Redis и дальше обновляются сами."),
    AUTHORIZE_NEEDS(
            "authorize needs AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI, as the integration's page in "
                    + "amoCRM shows them",
            "для authorize нужны AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET и AMOCRM_REDIRECT_URI, как они показаны на странице "
                    + "интеграции в amoCRM"),

    NO_BRAKE("No brake is pulled.", "Ни один тормоз не сработал."),
    BRAKE("brake", "тормоз"),
    SINCE("since", "с какого времени"),
    SEEN("seen", "что замечено"),
    WHAT_FOLLOWS("what follows", "что из этого следует"),
    RELEASED(
            "released: the next full or deep run writes them",
            "отпущен: их запишет следующий полный или глубокий прогон"),
    BRAKE_NOT_PULLED("The brake %s is not pulled.", "Тормоз %s не сработал."),
    RELEASED_ONCE(
            "Released, once: %s. The next full or deep run writes them.",
            "Отпущено, один раз: %s. Их запишет следующий полный или глубокий прогон."),
    HELD_BACK("Held back: %s, so %s.", "Придержано: %s; %s."),
    IF_MEANT(
            "If that is meant: ident-amocrm brakes release %s, then the same command again.",
            "Если так и задумано: ident-amocrm brakes release %s, затем та же команда ещё раз."),
    ASK_BRAKE(
            "Is IDENT's database the right one and whole, and shall they be written now? [y/N] ",
            "Та ли это база IDENT, вся ли она цела, и записать это сейчас? [д/Н]"),

    NO_DEAD_LETTERS("No dead letters.", "Недоставленного нет."),
    ID("id", "номер"),
    CODE("code", "код"),
    ATTEMPTS("attempts", "попыток"),
    FIRST_FAILED("first failed", "первый отказ"),
    LAST_FAILED("last failed", "последний отказ"),
    NEXT_ATTEMPT("next attempt", "следующая попытка"),
    DETAIL("detail", "подробности"),
    OTHERS_OF_PATIENTS(
            "%s of patients, among them refused fields of contacts: dead-letters list --patients",
            "У пациентов недоставлено, с отвергнутыми полями контактов: %s; см. dead-letters list --patients"),
    NO_DEAD_LETTER("There is no dead letter %s.", "В списке недоставленного нет %s."),
    FAILURE("failure", "отказ"),
    WHAT_TO_DO("what to do", "что делать"),
    ATTEMPTS_SO_FAR("%s, first %s, last %s", "%s, первая %s, последняя %s"),
    NEXT_AT("%s, or as soon as its row changes in IDENT", "%s, или как только строка изменится в IDENT"),
    DUE_ONE(
            "1 due now: the next incremental run takes it, with the service running at its next turn.",
            "Назначено: 1. Возьмёт следующий короткий прогон; если служба работает, то она сама."),
    DUE(
            "%s due now: the next incremental run takes them, with the service running at its next turn.",
            "Назначено: %s. Возьмёт следующий короткий прогон; если служба работает, то она сама."),
    DISCARDED(
            "%s discarded. Nothing was changed in IDENT or amoCRM; what fails again, after a change of its row or in a full run, "
                    + "comes back.",
            "Убрано: %s. В IDENT и amoCRM ничего не изменено; что снова не пройдёт, изменившись или в полном прогоне, вернётся."),

    NO_RECEPTION("IDENT has no reception %s.", "В IDENT нет приёма %s."),
    NO_PATIENT("IDENT has no patient %s.", "В IDENT нет пациента %s."),
    RECEPTION("Reception %s", "Приём %s"),
    RECEPTION_READ("Reception %s (nothing is written)", "Приём %s (ничего не записывается)"),
    PATIENT("Patient %s", "Пациент %s"),
    PATIENT_READ("Patient %s (nothing is written)", "Пациент %s (ничего не записывается)"),
    OUTCOME("outcome", "итог"),
    RECEPTION_OUTCOME("Reception %s: %s", "Приём %s: %s"),
    PATIENT_OUTCOME("Patient %s: %s", "Пациент %s: %s"),
    WOULD_BE_SENT("What would be sent:", "Было бы отправлено:"),
    WAS_TO_BE_SENT("What was to be sent:", "Предстояло отправить:"),
    WOULD_TELL("  %s for a manager: the visit is %s", "  %s для менеджера: визит %s"),
    MORE_CHANGES(
            "… and %s more that would be changed (--json lists all)",
            "… и изменилось бы ещё: %s (--json показывает все)"),

    NO_DEAL("amoCRM has no deal %s, or deleted it.", "В amoCRM нет сделки %s, или она удалена."),
    DEAL("Deal %s (nothing is written)", "Сделка %s (ничего не записывается)"),
    STANDS_IN("stands in", "где стоит"),
    PLACE_OURS("pipeline %s, stage %s, one of ours", "воронка %s, этап %s, наша"),
    PLACE_FINISHED(
            "pipeline %s, stage %s, an excluded stage of ours: finished business, never touched",
            "воронка %s, этап %s, исключённый этап нашей воронки: закончена, не трогаем"),
    PLACE_FOREIGN(
            "pipeline %s, stage %s, none of our pipelines: never touched",
            "воронка %s, этап %s, не наша воронка: не трогаем"),
    LAST_CHANGE("its last change, whoever made it: %s", "последнее изменение, чьё бы оно ни было: %s"),
    OF_RECEPTION("reception", "приём"),
    FREE_DEAL(
            "none: a free deal, which a reception of its patient or phone may take",
            "нет: свободная сделка, её может взять приём с тем же пациентом или телефоном"),
    NO_NUMBER("the field holds no number", "в поле не число"),
    CONTACTS("contacts", "контакты"),
    CONTACT_OF_PATIENT("%s (patient %s)", "%s (пациент %s)"),
    CONTACT_OF_NOBODY("%s (nobody's)", "%s (ничей)"),
    HOLDS("holds", "заполнено"),
    NO_FIELDS("none of our fields", "ни одного нашего поля"),
    OUR_FIELDS("our fields %s", "наши поля %s"),
    SENT_LAST("sent last", "отправлено"),
    READS_BACK(
            "everything we sent reads back as it was sent, or Redis has forgotten",
            "всё отправленное читается так же, или Redis забыл"),
    NOT_READ_BACK(
            "fields %s: not read back since, or amoCRM shows another value",
            "поля %s: с тех пор не прочитаны, или amoCRM показывает другое"),

    PIPELINES("Pipelines and stages", "Воронки и этапы"),
    ARCHIVED(", archived", ", в архиве"),
    UNSORTED(", where no deal can be put", ", сюда сделку не поместить"),
    DEAL_FIELDS("Fields of deals", "Поля сделок"),
    CONTACT_FIELDS("Fields of contacts", "Поля контактов"),
    NOT_OURS("  not ours: %s", "  не наши: %s"),
    SET_ABSENT("set to %s, which the account does not have", "указано %s, такого поля в аккаунте нет"),
    MISSING_NEEDED("missing, and needed", "нет, а оно нужно"),
    NOT_THERE("not there, so it is not sent", "нет, поэтому не передаётся"),
    IS_SET("set", "указано"),
    THERE_BY_TITLE("there by another title of it, but not set", "есть под другим названием, но не указано"),
    THERE_NOT_SET("there, but not set", "есть, но не указано"),
    TO_BE_MADE("To be made in amoCRM:", "Будет создано в amoCRM:"),
    MADE_NOW("Made now: %s", "Создано: %s"),
    NOT_MADE("Not made: %s, as amoCRM answers %s", "Не создано: %s, amoCRM отвечает: %s"),
    NOT_MADE_DEALS(
            "Not made: fields of leads, as amoCRM answers %s; only a token of an administrator may make fields",
            "Не созданы поля сделок, amoCRM отвечает: %s; создавать поля может только токен администратора"),
    NOT_MADE_CONTACTS(
            "Not made: fields of contacts, as amoCRM answers %s; only a token of an administrator may make fields",
            "Не созданы поля контактов, amoCRM отвечает: %s; создавать поля может только токен администратора"),
    NOTHING_TO_PASTE(
            "Nothing to paste: the settings name every field that is there, and the pipelines.",
            "Вставлять нечего: в настройках указаны все имеющиеся поля и воронки."),
    TO_PASTE(
            "Settings to paste, into the environment or .env:",
            "Настройки, которые нужно вставить в окружение или .env:"),
    PASTE_ONE_OF("# %s= one of %s", "# %s= одна из %s"),
    OF_BRANCH("branch %s", "филиал %s"),
    NOTHING_MADE(
            "Nothing was made: there is no terminal to ask at. To make them: ident-amocrm fields --create --yes",
            "Ничего не создано: спросить некого, терминала нет. Чтобы создать: ident-amocrm fields --create --yes"),
    ASK_MAKE("Make them in amoCRM? [y/N] ", "Создать их в amoCRM? [д/Н]"),
    YES_WITHOUT_CREATE("--yes goes with --create", "--yes указывают вместе с --create"),
    FIELD_FROM_START(
            "--create %s: amoCRM has this field from the start", "--create %s: это поле есть в amoCRM с самого начала"),
    NO_SUCH_FIELD(
            "--create %s: there is no such field; write deal.NAME or contact.NAME, or its setting as the command fields lists it",
            "--create %s: такого поля нет; напишите deal.ИМЯ или contact.ИМЯ, или настройку, как её показывает команда fields"),

    FREE_DEALS(
            "Of %s active deals %s belong to no reception: the managers' own.",
            "Активных сделок: %s, из них без приёма, то есть собственных сделок менеджеров: %s."),
    DUPLICATE_DEALS(
            "Receptions that more than one active deal holds: close or merge the wrong ones in amoCRM",
            "Приёмы, у которых больше одной активной сделки: закройте или объедините лишние в amoCRM"),
    SHARED_PATIENTS(
            "Patients whose id more than one contact carries: merge the contacts in amoCRM",
            "Пациенты, чей код стоит больше чем в одном контакте: объедините контакты в amoCRM"),
    ORPHANED(
            "Deals whose reception is no longer in IDENT: close them in amoCRM, or give them another reception",
            "Сделки, приёма которых больше нет в IDENT: закройте их в amoCRM или дайте им другой приём"),
    DISPLACED(
            "Deals in another pipeline or stage than they should be: the next run of their receptions puts them right, unless a "
                    + "manager moved them",
            "Сделки не в той воронке или не на том этапе: следующий прогон их приёмов это исправит, если их не переместил менеджер"),
    WITHOUT_DEAL(
            "Receptions without a deal: run reception-sync --full, or see dead-letters list",
            "Приёмы без сделки: выполните reception-sync --full или посмотрите dead-letters list"),
    FOLLOWED(
            "Deals whose reception has another patient in IDENT by now: the deal goes with it, once",
            "Сделки, в приёме которых теперь другой пациент: сделка перейдёт к нему, один раз"),
    REMOVED_DEALS(
            "Deals of ours that somebody deleted or merged in amoCRM; that stands until the visit changes its status or day, or "
                    + "test-reception sends it",
            "Наши сделки, которые кто-то удалил или объединил в amoCRM; так и останется, пока у визита не изменится статус или день "
                    + "или пока test-reception не отправит его"),
    REMOVED_CONTACTS(
            "Contacts of ours that somebody deleted or merged in amoCRM; made again only when a new deal needs one",
            "Наши контакты, которые кто-то удалил или объединил в amoCRM; создаются снова, только когда понадобятся новой сделке"),
    CONTACT_AND_PATIENT("  contact %s, patient %s", "  контакт %s, пациент %s"),
    BOTH_FIT("Both sides fit.", "Обе стороны сходятся."),
    DEAL_AND_RECEPTION("  deal %s, reception %s", "  сделка %s, приём %s"),

    DRY_RUN("Dry run, nothing was written: %s", "Пробный прогон, ничего не записано: %s"),
    RECEPTION_RUN("Reception run: %s", "Прогон приёмов: %s"),
    PATIENT_RUN("Patient run: %s", "Прогон пациентов: %s"),
    CHANGES_SINCE("%s, changes since %s", "%s, изменения с %s"),
    MODE_FULL("full", "полный"),
    MODE_INCREMENTAL("incremental", "короткий"),
    MODE_SINCE("since", "с указанного времени"),
    MODE_ONE("one", "один"),
    MODE_DEEP("deep", "deep"),
    WOULD_FAIL_RECEPTIONS("Would fail, receptions:", "Не прошли бы приёмы:"),
    WOULD_FAIL_PATIENTS("Would fail, patients:", "Не прошли бы пациенты:"),
    FAILED_RECEPTIONS("Failed receptions (kept as dead letters):", "Не прошли приёмы (в списке недоставленного):"),
    FAILED_PATIENTS("Failed patients (kept as dead letters):", "Не прошли пациенты (в списке недоставленного):"),
    FAILED_ONE("  %s  %s  %s", "  %s  %s  %s"),
    FOUND("found", "найдено"),
    PRIMARY("primary funnel", "первичные приёмы"),
    SECONDARY("secondary funnel", "повторные приёмы"),
    REQUESTS("amoCRM requests", "запросов к amoCRM"),
    SECONDS("seconds", "секунд"),

    PROGRESS("%s of %s %s, %s%s", "%3$s: %1$s из %2$s, %4$s%5$s"),
    PACE_LINE("%s a second, about %s to go, ", "%s в секунду, осталось около %s, "),
    PACE_BAR("%s/s, %s left, ", "%s/с, осталось %s, "),
    SECONDS_LEFT("%s s", "%s с"),
    MINUTES_LEFT("%s min", "%s мин"),
    HOURS_LEFT("%s h", "%s ч"),
    STOPPING("Stopping, as soon as what is under way is done …", "Остановка, как только начатое будет закончено …"),
    REQUESTS_SO_FAR("%s requests", "запросов: %s"),
    REQUESTS_WAITED("%s requests, %s s waited for the rate", "запросов: %s, ожидание лимита: %s с"),
    SERVICE_RUNS("The service runs; Ctrl-C or SIGTERM ends it.", "Служба работает; остановить её: Ctrl-C или SIGTERM."),
    SET_UP_NEEDED(
            "The settings are not complete, so nothing runs yet. What is missing, and which step is next: %s. "
                    + "Ctrl-C or SIGTERM ends the service.",
            "Настройка не закончена, поэтому пока ничего не работает. Чего не хватает и какой шаг следующий: %s. "
                    + "Остановить службу: Ctrl-C или SIGTERM."),
    HEALTH(
            "Health: %s/observe/health, metrics: %s/observe/metrics",
            "Состояние: %s/observe/health, показатели: %s/observe/metrics"),
    HEALTH_JOLOKIA(
            "Health: %s/observe/health, metrics: %s/observe/metrics, Jolokia: %s/observe/jolokia, console: %s/",
            "Состояние: %s/observe/health, показатели: %s/observe/metrics, Jolokia: %s/observe/jolokia, консоль: %s/"),

    OK("ok", "в порядке"),
    WARNING("warning", "внимание"),
    PROBLEM("PROBLEM", "ОШИБКА"),

    LAST_RUNS("last runs", "последние прогоны"),
    MODE("mode", "вид"),
    ENDED("ended", "закончен"),
    CREATED("created", "создано"),
    UPDATED("updated", "изменено"),
    FAILED("failed", "отказы"),
    RUN_REQUESTS("requests", "запросов"),
    RUN_RECEPTIONS("receptions", "приёмы"),
    RUN_PATIENTS("patients", "пациенты"),

    STAT_LAST_RECEPTION_SYNC("last reception sync", "последний прогон приёмов"),
    STAT_LAST_PATIENT_SYNC("last patient sync", "последний прогон пациентов"),
    STAT_LAST_DEEP_SYNC("last deep sync", "последний глубокий прогон"),
    STAT_TOTAL_RECEPTIONS("total receptions", "всего приёмов"),
    STAT_TOTAL_CREATED("total created", "всего создано"),
    STAT_TOTAL_CREATED_DEAL("total created deal", "всего создано сделок"),
    STAT_TOTAL_UPDATED("total updated", "всего изменено"),
    STAT_TOTAL_UNCHANGED("total unchanged", "всего без изменений"),
    STAT_TOTAL_CLOSED("total closed", "всего закрыто"),
    STAT_TOTAL_SKIPPED("total skipped", "всего пропущено"),
    STAT_PRIMARY_FUNNEL_COUNT("primary funnel count", "первичных приёмов"),
    STAT_SECONDARY_FUNNEL_COUNT("secondary funnel count", "повторных приёмов"),
    STAT_NO_FUNNEL_COUNT("in neither funnel (failed, moved, left out)", "без воронки (отказы, переносы, вне филиалов)"),
    STAT_SYNC_ERRORS("sync errors", "отказов у приёмов"),
    STAT_AMOCRM_REQUESTS("amocrm requests", "запросов к amoCRM"),
    STAT_DEAD_LETTERS("dead letters", "недоставлено"),
    STAT_TOTAL_PATIENTS("total patients", "всего пациентов"),
    STAT_PATIENT_SYNC_ERRORS("patient sync errors", "отказов у пациентов"),
    STAT_CURSOR_LAG_SECONDS("cursor lag seconds", "отставание, секунд"),
    RUN_DEEP("deep", "deep"),

    EXPLAIN_WHAT(
            "Explain what? Try: explain reception ID, explain patient ID or explain deal ID",
            "Что объяснить? Например: explain reception ID, explain patient ID или explain deal ID"),
    NO_WHOLE_NUMBER("'%s' is no whole number", "«%s» — не целое число"),
    RECEPTIONS_RANGE("--receptions must be 20 to 100000", "--receptions может быть от 20 до 100000"),
    DEMO_ABSENT(
            "The demo's sample clinic and sandbox come with the sources: run ./ident-amocrm demo in a checkout of the project",
            "Пример клиники и песочница демонстрации есть только в исходных текстах: выполните ./ident-amocrm demo в копии проекта"),
    SHOW_VALUES(
            "--show-values is for --dry-run on a terminal: patients' values must not end in files, pipes or JSON",
            "--show-values только для --dry-run на терминале: данные пациентов не должны попадать в файлы, каналы и JSON"),
    CREATE_WITHOUT_ANSWERS("--create goes with --answers", "--create указывают вместе с --answers"),
    FULL_OR_SINCE("Either --full or --since, not both", "Укажите --full или --since, но не оба"),
    NO_TIME(
            "--since %s is no time: write 2026-01-31 or 2026-01-31T08:00",
            "--since %s — это не время: напишите 2026-01-31 или 2026-01-31T08:00"),
    NO_LOG_FILE(
            "There will be no log file: %s cannot be written; give this user the right to it, or set LOG_FILE to another file, or "
                    + "to nothing",
            "Журнала в файле не будет: %s не записывается; дайте этому пользователю право на запись или укажите в LOG_FILE другой "
                    + "файл либо ничего");

    private final String english;
    private final String russian;

    CliText(String english, String russian) {
        this.english = english;
        this.russian = russian;
    }

    /** What is called so in JSON, such as a figure or the mode of a run; in all languages if it is known here. */
    static Text named(String prefix, String key) {
        String name = prefix + key.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(text -> text.name().equals(name))
                .map(Text.class::cast)
                .findFirst()
                .orElseGet(() -> Text.of(key.replace('_', ' ')));
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
