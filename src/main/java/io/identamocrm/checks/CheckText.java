package io.identamocrm.checks;

import io.identamocrm.model.Message;

/** What the checks of IDENT and Redis say to people. */
public enum CheckText implements Message {
    DATE_AND_TIME("date and time", "дата и время"),
    A_NUMBER("a number", "число"),
    A_DATE("a date", "дата"),
    A_BIT("a bit", "бит"),
    A_TEXT("text", "текст"),
    ROW_VERSION_TYPE("a row version", "версия строки (rowversion)"),
    MISFIT("%s is %s in this IDENT build, and must be %s", "%s в этой сборке IDENT имеет тип %s, а нужно: %s"),
    BILL_TIME(
            "select any time where the bill was issued, and null where it was not: CASE WHEN COALESCE(CheckIssued, 0) = 1 THEN "
                    + "CAST(N'20000101' AS datetime) END",
            "выберите любое время там, где счёт выставлен, и null, где нет: CASE WHEN COALESCE(CheckIssued, 0) = 1 THEN "
                    + "CAST(N'20000101' AS datetime) END"),
    CONVERT_OFFSET(
            "convert it here with the clinic's own offset: CAST(SWITCHOFFSET(…, N'+03:00') AS datetime)",
            "преобразуйте здесь со смещением самой клиники: CAST(SWITCHOFFSET(…, N'+03:00') AS datetime)"),
    CONVERT(
            "convert it here (TRY_CAST gives null where it cannot)",
            "преобразуйте здесь (TRY_CAST даёт null, где не может)"),
    ALWAYS_THERE(
            "%s is %s in this IDENT build, so that being there tells nothing",
            "%s в этой сборке IDENT имеет тип %s: само наличие значения ни о чём не говорит"),
    ALWAYS_THERE_NEVER_NULL(
            "%s is %s and never null in this IDENT build, so that being there tells nothing",
            "%s в этой сборке IDENT имеет тип %s и не бывает null: само наличие значения ни о чём не говорит"),
    ALWAYS_THERE_REMEDY(
            "say here what tells that it is set; of a bit, COALESCE(%s, 0) = 1 in place of IS NOT NULL, and = 0 in place "
                    + "of IS NULL",
            "напишите здесь, по чему видно, что значение задано; для бита COALESCE(%s, 0) = 1 вместо IS NOT NULL и = 0 вместо IS NULL"),
    DATE_WITHOUT_TIME(
            "%s is a date without a time in this IDENT build, so that changes of the day would not be seen",
            "%s в этой сборке IDENT — дата без времени, и изменения этого дня не были бы замечены"),
    DATE_WITHOUT_TIME_REMEDY(
            "compare it with the day: >= CAST(CAST(:#since AS datetime) AS date)",
            "сравните с датой: >= CAST(CAST(:#since AS datetime) AS date)"),
    COMPARED_WITH_TIME(
            "%s is %s in this IDENT build, and is compared with a time here",
            "%s в этой сборке IDENT имеет тип %s, а здесь сравнивается со временем"),
    COMPARED_WITH_TIME_REMEDY(
            "convert it here, or leave the comparison out", "преобразуйте здесь или уберите сравнение"),

    IDENT("IDENT", "IDENT"),
    DATABASE("IDENT database", "база IDENT"),
    LOCKS("IDENT locks", "блокировки IDENT"),
    RIGHTS("IDENT rights", "права в IDENT"),
    COLUMNS("IDENT columns", "столбцы IDENT"),
    SQL("config/sql", "config/sql"),
    OPTIONAL("IDENT optional", "необязательное в IDENT"),
    CURSOR("IDENT cursor", "изменения в IDENT"),
    ROWS("IDENT rows", "строки IDENT"),
    NEWEST("IDENT newest", "новейшее в IDENT"),
    INDEXES("IDENT indexes", "индексы IDENT"),
    MOVED_VISITS("IDENT moved visits", "перенесённые приёмы"),
    CLOCK("IDENT clock", "часы IDENT"),
    LOOKS("IDENT looks", "опрос IDENT"),
    TABLE("IDENT %s", "IDENT %s"),
    IDENT_UNREADABLE("IDENT cannot be read", "IDENT не читается"),
    NOT_LOOKED_AT("could not be looked at", "проверить не удалось"),
    CONNECTED("connected with %s", "соединение есть: %s"),
    CONNECTED_OLD(
            "connected with %s, which is older than SQL Server 2012",
            "соединение есть: %s, это старше SQL Server 2012"),
    CONNECTED_OLD_REMEDY(
            "the SQL files are made for 2012 and newer: look at every problem that is named here",
            "файлы SQL рассчитаны на 2012 и новее: обратите внимание на каждую названную здесь проблему"),
    COLLATION("%s, collation %s", "%s, сортировка %s"),
    ROWS_KEPT(
            "the database keeps rows as they were: nobody waits for our reading, and we for nobody",
            "база хранит прежние версии строк: никто не ждёт нашего чтения, и мы не ждём никого"),
    ROWS_NOT_KEPT(
            "a statement of ours waits a few seconds at most for a row that is locked, and the run is then left to the next; "
                    + "ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON would spare both",
            "наш запрос ждёт заблокированную строку не дольше нескольких секунд, потом её прочитает следующий прогон; ALTER DATABASE "
                    + "… SET ALLOW_SNAPSHOT_ISOLATION ON избавил бы от этого обе стороны"),
    EVERYTHING("everything on the server", "всё на сервере"),
    READ_ONLY("the login cannot write", "этот пользователь не может ничего менять"),
    WRITABLE("the login may write: %s", "этот пользователь может менять: %s"),
    WRITABLE_REMEDY(
            "nothing here needs it; let the administrator make a login that may only SELECT",
            "программе это не нужно; попросите администратора создать пользователя, которому разрешён только SELECT"),
    FILES_FIT(
            "every file is understood and returns what it must",
            "каждый файл понятен серверу и возвращает то, что должен"),
    OPTIONAL_MISSING(
            "this build has no %s, and what is read from there is left alone in amoCRM",
            "в этой сборке нет %s; то, что читается оттуда, в amoCRM не трогаем"),
    OPTIONAL_MISSING_REMEDY(
            "if it has them under other names, correct config/sql",
            "если они есть под другими именами, исправьте config/sql"),
    NO_VERSION("row-version.sql does not return 8 bytes", "row-version.sql не возвращает 8 байт"),
    UNDO_EDIT("undo the last edit there", "отмените последнюю правку в этом месте"),
    BY_VERSION(
            "changes are found by RowVersion; all below 0x%s are complete",
            "изменения ищутся по RowVersion; всё ниже 0x%s полно"),
    COPY(
            "the database is a copy that may lag behind, a secondary replica or a read-only one, so changes are found by their times, "
                    + "looking %s minutes back",
            "база — копия, которая может отставать (вторичная реплика или только для чтения), поэтому изменения ищутся по времени с "
                    + "запасом в минутах: %s"),
    COPY_REMEDY(
            "what comes later than that is found by deep runs; to read where the clinic writes, set IDENT_JDBC_URL with "
                    + "applicationIntent=ReadWrite, or DB_SERVER to that server",
            "что придёт позже, найдут глубокие прогоны; чтобы читать там, где пишет клиника, задайте IDENT_JDBC_URL с "
                    + "applicationIntent=ReadWrite или DB_SERVER этого сервера"),
    NO_ROW_VERSION(
            "Receptions has no column RowVersion, so changes are found by their times",
            "в Receptions нет столбца RowVersion, поэтому изменения ищутся по времени"),
    ODD_ROW_VERSION(
            "Receptions.RowVersion is %s and no row version, so changes are found by their times",
            "столбец Receptions.RowVersion имеет тип %s, это не версия строки, поэтому изменения ищутся по времени"),
    BY_TIME_REMEDY(
            "nothing is to be done; what a slow transaction or a wrong clock hides is found by deep runs",
            "делать ничего не нужно; что скроет долгая транзакция или неверные часы, найдут глубокие прогоны"),
    COUNT_OF_RECEPTIONS("%s receptions", "приёмов: %s"),
    COUNT_OF_PATIENTS("%s patients", "пациентов: %s"),
    EMPTY_DATABASE(
            "an empty database is seldom the right one: check DB_DATABASE",
            "пустая база редко бывает нужной: проверьте DB_DATABASE"),
    NEWEST_AT("the newest reception was entered %s", "самый новый приём внесён %s"),
    NEVER("never", "никогда"),
    NEWEST_REMEDY(
            "is this the database the clinic works with, or a copy of it? Check DB_SERVER and DB_DATABASE",
            "с этой ли базой работает клиника, или это её копия? Проверьте DB_SERVER и DB_DATABASE"),
    PLANNED_TWICE(
            "%s receptions to come were moved from one that is still to come too: they count as one visit, and get one deal",
            "будущих приёмов, перенесённых с приёмов, которые тоже ещё впереди: %s; такие два считаются одним визитом и получают одну "
                    + "сделку"),
    PLANNED_TWICE_REMEDY(
            "ask the clinic what that means there; TRANSFERS=no makes each a visit of its own",
            "спросите в клинике, что это у них значит; TRANSFERS=no делает каждый отдельным визитом"),
    NONE_TWICE("none is planned twice", "двойных записей нет"),
    READS_ALL("the server reads all of %s %s", "сервер читает всю таблицу %s %s"),
    FOR_CHANGED_RECEPTIONS("every minute, for changed receptions", "каждую минуту, в поисках изменённых приёмов"),
    FOR_VISITS("for each chunk, for the visits of its patients", "для каждой порции, в поисках приёмов её пациентов"),
    FOR_MOVED_VISITS("for each chunk, for visits that were moved", "для каждой порции, в поисках перенесённых приёмов"),
    FOR_ORDERS("for each chunk, for its orders", "для каждой порции, в поисках её заказов"),
    FOR_SERVICES("for each chunk, for its services", "для каждой порции, в поисках её услуг"),
    FOR_CHANGED_ORDERS("every minute, for changed orders", "каждую минуту, в поисках изменённых заказов"),
    NO_CLOCK("server-clock.sql returns no time", "server-clock.sql не возвращает время"),
    CLOCKS("the server's clock shows %s, ours in %s %s", "часы сервера показывают %s, наши в зоне %s — %s"),
    CLOCKS_APART_REMEDY(
            "set TIMEZONE to the clinic's zone, and let both computers take the time from the network",
            "укажите в TIMEZONE часовой пояс клиники, и пусть оба компьютера берут время из сети"),
    INDEXES_REMEDY(
            "nothing here makes indexes; give these to the clinic's database administrator or to IDENT's support, who may: %s",
            "программа индексов не создаёт; передайте эти команды администратору базы клиники или поддержке IDENT: %s"),
    LOOK(
            "a look takes %s ms here, where nothing has changed",
            "опрос, когда ничего не изменилось, занимает здесь %s мс"),
    LOOK_QUICK(
            "%s: changes are seen every few seconds (watch.seconds)",
            "%s: изменения видны каждые несколько секунд (watch.seconds)"),
    LOOKS_TAKE_LONG(
            "looks whether anything has changed take long",
            "проверка, изменилось ли что-нибудь, занимает много времени"),
    LOOK_SLOW(
            "%s, so that one comes every %s s: never more than 1 %% of the time",
            "%s, поэтому он бывает раз в %s с: не больше 1 %% времени"),
    LOOK_SLOW_REMEDY(
            "nothing is to be done here; where indexes would help, IDENT indexes names them",
            "делать ничего не нужно; где помогут индексы, сказано в «индексы IDENT»"),

    FILE_ABSENT("%s is missing or not readable", "файла %s нет, или он не читается"),
    FILE_ABSENT_REMEDY("restore it from the product's config/sql", "верните его из config/sql копии программы"),
    NO_TABLE(
            "IDENT has no table %s that the login may read",
            "в IDENT нет таблицы %s, которую пользователь может читать"),
    NO_TABLE_REMEDY(
            "GRANT SELECT on it, or name this build's table here",
            "дайте на неё GRANT SELECT или напишите здесь таблицу этой сборки"),
    OR(" or ", " или"),
    NO_COLUMN("IDENT has no column %s.%s", "в IDENT нет столбца %s.%s"),
    NO_COLUMN_FOR(
            "IDENT has no column %s.%s, which is to give %s", "в IDENT нет столбца %s.%s, который должен дать %s"),
    NO_COLUMN_REMEDY(
            "name this build's column here, or select a typed null if it has none",
            "напишите здесь столбец этой сборки или выберите null нужного типа, если его нет"),
    NOT_RETURNED("does not return %s", "не возвращает %s"),
    NOT_RETURNED_REMEDY(
            "every alias named in its comments is needed", "нужны все имена, названные в комментариях файла"),

    REDIS("Redis", "Redis"),
    PERSISTENCE("Redis persistence", "сохранность Redis"),
    MEMORY("Redis memory", "память Redis"),
    FAILOVER("Redis failover", "отказ главного сервера Redis"),
    NO_INFO(
            "Redis does not let this user ask INFO in scripts",
            "Redis не разрешает этому пользователю вызывать INFO в скриптах"),
    NO_INFO_REMEDY(
            "allow it: ACL SETUSER name +info, beside the commands for data and scripts",
            "разрешите: ACL SETUSER имя +info, вместе с командами для данных и скриптов"),
    OLD_REDIS("Redis has version %s, which is too old", "версия Redis %s слишком старая"),
    OLD_REDIS_REMEDY("install Redis 6.2 or newer", "установите Redis 6.2 или новее"),
    NAMELESS_REDIS(
            "This Redis does not say which server it is: its INFO has no run_id or no master_replid",
            "этот Redis не сообщает, какой он сервер: в его INFO нет run_id или master_replid"),
    NAMELESS_REDIS_REMEDY(
            "take a Redis server itself, and no proxy or product in its place",
            "возьмите сам сервер Redis, а не прокси или заменяющую его программу"),
    STATE("Redis state", "данные в Redis"),
    STATE_WITHOUT_FORMAT(
            "none with a format yet; this program writes format %s",
            "номера формата ещё нет; эта программа пишет формат %s"),
    STATE_FORMAT("format %s, this program writes %s", "формат %s, эта программа пишет %s"),
    REDIS_ANSWERS("answers, version %s", "отвечает, версия %s"),
    CLUSTER_ANSWERS("answers, version %s, a cluster", "отвечает, версия %s, кластер"),
    SENTINEL_ANSWERS("answers, version %s, chosen by Sentinels", "отвечает, версия %s, выбран Sentinel"),
    UNKNOWN("unknown", "неизвестна"),
    PERSISTENCE_UNKNOWN(
            "cannot be told, as this Redis keeps its configuration to itself",
            "узнать нельзя: этот Redis не показывает свои настройки"),
    PERSISTENCE_UNKNOWN_REMEDY(
            "see that appendonly is on: without it a restart costs a full run, and the tokens of an OAuth integration",
            "убедитесь, что appendonly включено: иначе перезапуск стоит полного прогона и токенов интеграции OAuth"),
    PERSISTENCE_ON("on", "включена"),
    PERSISTENCE_OFF(
            "off: a restart of Redis costs a full run, and the tokens of an OAuth integration",
            "выключена: перезапуск Redis стоит полного прогона и токенов интеграции OAuth"),
    PERSISTENCE_OFF_REMEDY("set appendonly yes in redis.conf", "укажите appendonly yes в redis.conf"),
    EVICTING(
            "when its memory is full it throws keys away (%s), which may be cursors, locks or tokens",
            "когда память заполнена, Redis выбрасывает ключи (%s), а это могут быть отметки, блокировки или токены"),
    EVICTING_REMEDY(
            "set maxmemory-policy noeviction in redis.conf", "укажите maxmemory-policy noeviction в redis.conf"),
    NOT_EVICTING("nothing is thrown away", "ничего не выбрасывается"),
    CUT_OFF(
            "a master that is cut off from the others goes on taking what will be lost",
            "главный сервер, отрезанный от остальных, продолжает принимать то, что будет потеряно"),
    CUT_OFF_REMEDY(
            "set min-replicas-to-write 1 and min-replicas-max-lag 10 in redis.conf",
            "укажите min-replicas-to-write 1 и min-replicas-max-lag 10 в redis.conf");

    private final String english;
    private final String russian;

    CheckText(String english, String russian) {
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
