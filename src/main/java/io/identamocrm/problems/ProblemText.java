package io.identamocrm.problems;

import io.identamocrm.model.Message;

/** What failures mean to people. */
public enum ProblemText implements Message {
    LINE("%s, line %s", "%s, строка %s"),
    LINES("%s, lines %s", "%s, строки %s"),

    WRONG_PASSWORD("the server refuses the login", "сервер не принимает имя пользователя или пароль"),
    WRONG_PASSWORD_REMEDY(
            "check DB_USERNAME and DB_PASSWORD; it must be a login of SQL Server, not of Windows, and the server must "
                    + "allow these",
            "проверьте DB_USERNAME и DB_PASSWORD; это должен быть пользователь SQL Server, а не Windows, и сервер должен пускать таких"),
    LOGIN_SHUT(
            "the login is disabled, locked or its password has ended",
            "учётная запись отключена, заблокирована, или срок её пароля истёк"),
    LOGIN_SHUT_REMEDY(
            "let the database administrator unlock it, and set a password that does not end",
            "попросите администратора базы разблокировать её и задать бессрочный пароль"),
    NO_DATABASE(
            "the server has no such database, or the login may not open it",
            "на сервере нет такой базы, или пользователю нельзя её открыть"),
    NO_DATABASE_REMEDY(
            "check DB_DATABASE; if it is right, let the administrator make a user for the login in that database",
            "проверьте DB_DATABASE; если название верно, попросите администратора создать в этой базе пользователя для этой учётной "
                    + "записи"),
    DATABASE_SHUT("the database is offline, in restore or damaged", "база отключена, восстанавливается или повреждена"),
    DATABASE_SHUT_REMEDY("%s; runs go on by themselves", "%s; прогоны продолжатся сами"),
    NOT_ALLOWED("the login may not read everything that is needed", "пользователю разрешено читать не всё, что нужно"),
    NOT_ALLOWED_REMEDY(
            "let the administrator run: GRANT SELECT ON SCHEMA::dbo TO the login's user",
            "попросите администратора выполнить: GRANT SELECT ON SCHEMA::dbo TO пользователь"),
    NO_TABLE(
            "a table or view that config/sql names is not there, or the login may not see it",
            "таблицы или представления, названного в config/sql, нет, или пользователь его не видит"),
    NO_TABLE_REMEDY(
            "run test-db, which lists all that is missing; correct config/sql for this IDENT build, or GRANT SELECT",
            "выполните test-db: команда покажет всё, чего не хватает; исправьте config/sql под эту сборку IDENT или дайте право: "
                    + "GRANT SELECT"),
    NO_COLUMN("a column that config/sql names is not there", "столбца, названного в config/sql, нет"),
    NO_COLUMN_REMEDY(
            "run test-db, which lists all that is missing; correct config/sql for this IDENT build",
            "выполните test-db: команда покажет всё, чего не хватает; исправьте config/sql под эту сборку IDENT"),
    BAD_SQL("the server does not understand a statement of config/sql", "сервер не понимает запрос из config/sql"),
    UNDO_EDIT("undo the last edit there", "отмените последнюю правку в этом месте"),
    BAD_TYPE("a column holds something else than config/sql takes it for", "в столбце не то, чего ждёт config/sql"),
    BAD_TYPE_REMEDY(
            "run test-db, which lists the columns' types, and convert the value in config/sql",
            "выполните test-db: команда покажет типы столбцов; преобразуйте значение в config/sql"),
    BAD_COLLATION(
            "a statement of config/sql compares texts of two collations",
            "запрос из config/sql сравнивает тексты с разными параметрами сортировки"),
    BAD_COLLATION_REMEDY(
            "write COLLATE DATABASE_DEFAULT after the columns compared there",
            "допишите COLLATE DATABASE_DEFAULT после сравниваемых столбцов"),
    DRIVER(
            "SQL Server's driver itself refuses a value, a statement or a part of IDENT_JDBC_URL",
            "сам драйвер SQL Server не принимает значение, запрос или часть IDENT_JDBC_URL"),
    DRIVER_REMEDY(
            "undo the last edit there or in config/sql; Microsoft's list of connection properties names what each may be",
            "отмените последнюю правку в этом месте или в config/sql; допустимые значения перечислены у Microsoft в списке свойств "
                    + "подключения"),
    NO_WINDOWS_LOGIN(
            "integratedSecurity=true needs a library of Microsoft's that is not here",
            "для integratedSecurity=true нужна библиотека Microsoft, которой здесь нет"),
    NO_WINDOWS_LOGIN_REMEDY(
            "leave it out of IDENT_JDBC_URL, and use a login of SQL Server (DB_USERNAME, DB_PASSWORD), or a Windows "
                    + "login by NTLM",
            "уберите это из IDENT_JDBC_URL и входите как пользователь SQL Server (DB_USERNAME, DB_PASSWORD) или как пользователь "
                    + "Windows по NTLM"),
    NO_TICKET("Kerberos gives no ticket for the server", "Kerberos не выдаёт билет для этого сервера"),
    NO_TICKET_REMEDY(
            "%s for the domain's krb5.conf and the server's name in it; or use a login of SQL Server (DB_USERNAME, DB_PASSWORD)",
            "%s: нужны файл krb5.conf домена и имя сервера в нём; или входите как пользователь SQL Server (DB_USERNAME, DB_PASSWORD)"),
    DEADLOCK("the server chose us to give way in a deadlock", "при взаимной блокировке сервер прервал нашу транзакцию"),
    DEADLOCK_REMEDY(
            "nothing is to be done; the next run reads again",
            "делать ничего не нужно: следующий прогон прочитает снова"),
    LOCKED("a row stayed locked for too long", "строка слишком долго была заблокирована"),
    LOCKED_REMEDY(
            "nothing is to be done if it is rare; else %s which program keeps transactions open",
            "если это бывает редко, делать ничего не нужно; если часто, %s, какая программа держит транзакции открытыми"),
    NO_SNAPSHOT(
            "the database gives no snapshot of its rows at present, or any more",
            "база сейчас не даёт снимка строк или больше его не даёт"),
    NO_SNAPSHOT_REMEDY(
            "nothing is to be done if it is rare: runs go on by themselves. Else snapshot isolation was begun and not "
                    + "ended, or config/sql names another database that does not allow it: %s",
            "если это бывает редко, делать ничего не нужно: прогоны продолжатся сами. Если часто, то включение snapshot isolation "
                    + "начато и не закончено, или config/sql называет другую базу, где оно не разрешено: %s"),
    GOING_DOWN("the server is shutting down or ended our session", "сервер выключается или закрыл наш сеанс"),
    WAIT("wait: runs go on by themselves", "подождите: прогоны продолжатся сами"),
    NO_MEMORY("the server has no memory to spare for the statement", "серверу не хватает памяти на этот запрос"),
    NO_MEMORY_REMEDY(
            "nothing is to be done if it is rare; else %s; runs go on by themselves",
            "если это бывает редко, делать ничего не нужно; если часто, %s; прогоны продолжатся сами"),
    FULL("the server takes no more connections", "сервер не принимает новых подключений"),
    TLS("no encrypted connection could be agreed on", "не удалось договориться о шифровании соединения"),
    TLS_REMEDY(
            "the server may be too old for today's encryption: %s",
            "сервер может быть слишком старым для современного шифрования: %s"),
    OLD_TLS(
            "the server knows only an encryption that is too old (TLS 1.0 or 1.1, or RSA alone as key exchange), and the login is "
                    + "always encrypted",
            "сервер знает только устаревшее шифрование (TLS 1.0 или 1.1, либо обмен ключами только по RSA), а вход шифруется всегда"),
    OLD_TLS_REMEDY(
            "let the administrator install Microsoft's update of SQL Server and Windows for TLS 1.2; until then DB_OLD_TLS=yes "
                    + "lets this one connection use the old encryption",
            "попросите администратора установить обновление SQL Server и Windows для TLS 1.2; до тех пор DB_OLD_TLS=yes разрешит "
                    + "старое шифрование только этому соединению"),
    CERTIFICATE("the server's certificate is not trusted", "сертификату сервера нет доверия"),
    CERTIFICATE_REMEDY(
            "set DB_TRUST_CERTIFICATE=yes if the server signed it itself, as most do; else give it one from an authority",
            "укажите DB_TRUST_CERTIFICATE=yes, если сервер подписал его сам, как бывает чаще всего; иначе выдайте ему сертификат "
                    + "удостоверяющего центра"),
    SLOW("the server did not answer in time", "сервер не ответил вовремя"),
    SLOW_REMEDY(
            "see whether it is overloaded; runs go on by themselves",
            "посмотрите, не перегружен ли он; прогоны продолжатся сами"),
    ALL_IN_USE("no connection with it became free in time", "ни одно соединение с ним не освободилось вовремя"),
    ALL_IN_USE_REMEDY(
            "nothing is to be done if it is rare; else see whether the server is overloaded or a network lets connections hang",
            "если это бывает редко, делать ничего не нужно; если часто, посмотрите, не перегружен ли сервер и не зависают ли "
                    + "соединения в сети"),
    CUT("the connection was cut", "соединение оборвалось"),
    CUT_REMEDY(
            "see whether the server was restarted, or a firewall cuts connections; runs go on by themselves",
            "посмотрите, не перезапускался ли сервер и не рвёт ли соединения межсетевой экран; прогоны продолжатся сами"),
    UNREACHABLE("the server cannot be reached", "сервер недоступен"),
    UNREACHABLE_REMEDY(
            "check DB_SERVER and DB_PORT, that the server runs, and that no firewall is between; test-db tells more",
            "проверьте DB_SERVER и DB_PORT, работает ли сервер и не мешает ли межсетевой экран; подробнее покажет test-db"),
    NO_HOST("there is no host of the name in DB_SERVER", "компьютера с именем из DB_SERVER нет"),
    NO_HOST_REMEDY(
            "check its spelling, or write its address; names of a clinic's network are often unknown outside of it and in "
                    + "containers",
            "проверьте, как оно написано, или укажите адрес; имена из сети клиники часто неизвестны вне её и в контейнерах"),
    NO_PORT("the host is there, but nothing answers at the port", "компьютер есть, но на этом порту никто не отвечает"),
    NO_PORT_REMEDY(
            "check DB_PORT, that SQL Server runs and has TCP/IP enabled (SQL Server Configuration Manager), and the firewall",
            "проверьте DB_PORT, работает ли SQL Server и включён ли у него TCP/IP (SQL Server Configuration Manager), а также "
                    + "межсетевой экран"),
    NO_SQL_SERVER("something answers at the port, but not as SQL Server does", "на этом порту отвечает не SQL Server"),
    CHECK_PORT("check DB_PORT", "проверьте DB_PORT"),
    NO_INSTANCE(
            "the host is there, but does not tell the port of the instance",
            "компьютер есть, но не сообщает порт экземпляра"),
    NO_INSTANCE_REMEDY(
            "check the name after the backslash in DB_SERVER, start the service SQL Server Browser and open UDP port %s; "
                    + "or write the host alone, and the instance's port into DB_PORT",
            "проверьте имя после обратной косой черты в DB_SERVER, запустите службу SQL Server Browser и откройте порт UDP %s; или "
                    + "укажите только компьютер, а порт экземпляра — в DB_PORT"),
    ASK_DBA("ask the clinic's database administrator", "обратитесь к администратору базы клиники"),
    OTHER("the server reports error %s", "сервер сообщает об ошибке %s"),
    OTHER_REMEDY("see Microsoft's list of errors under this number", "смотрите этот номер в списке ошибок Microsoft"),
    SQL_NUMBERS("SQL state %s, error %s", "код SQL %s, ошибка %s"),
    WITH_NUMBERS("%s (%s)", "%s (%s)"),
    NO_JDBC_URL(
            "IDENT_JDBC_URL is not written as SQL Server's driver reads it",
            "IDENT_JDBC_URL записан не так, как читает драйвер SQL Server"),
    JDBC_URL_FORM(
            "write jdbc:sqlserver://HOST:1433;databaseName=…", "напишите jdbc:sqlserver://HOST:1433;databaseName=…"),

    LEFT_ALONE(
            "amoCRM is left alone for a while, after it blocked us or stayed away",
            "amoCRM на время оставлена в покое: она заблокировала нас или не отвечала"),
    LEFT_ALONE_REMEDY(
            "see the failures logged before. It is asked again by itself, with growing pauses",
            "смотрите ошибки, записанные в журнал раньше. Запросы возобновятся сами, с растущими паузами"),
    IDENT_UNREADABLE("IDENT cannot be read", "IDENT не читается"),
    UNEXPECTED("Unexpected %s", "непредвиденная ошибка %s"),
    REPORT("--debug names the place. Please report it", "место в программе покажет --debug. Сообщите нам, пожалуйста"),
    NO_CAMEL_SETTING(
            "Camel has no setting %s.%s, or not with this value",
            "у Camel нет настройки %s.%s, или она не принимает такое значение"),
    NO_CAMEL_SETTING_REMEDY(
            "correct the line, as the documentation of camel-main shows",
            "исправьте строку по документации camel-main"),
    REDIS_PASSWORD("Redis does not accept the password, or wants one", "Redis не принимает пароль или требует его"),
    REDIS_PASSWORD_REMEDY(
            "set REDIS_PASSWORD, or user and password in REDIS_URL",
            "укажите REDIS_PASSWORD, или пользователя и пароль в REDIS_URL"),
    REDIS_UNREACHABLE_AS("Redis cannot be reached: %s", "Redis недоступен: %s"),
    CHECK_REDIS(
            "check REDIS_HOST and REDIS_PORT or REDIS_URL, %s", "проверьте REDIS_HOST и REDIS_PORT или REDIS_URL, %s"),
    REDIS_UNREACHABLE("Redis cannot be reached", "Redis недоступен"),
    REDIS_UNREACHABLE_REMEDY(
            "check REDIS_HOST and REDIS_PORT or REDIS_URL, under Sentinel also the master's name, and that it runs",
            "проверьте REDIS_HOST и REDIS_PORT или REDIS_URL, при Sentinel также имя главного сервера, и работает ли он"),
    REDIS_UNUSABLE("Redis cannot be used (%s)", "Redis нельзя использовать (%s)"),
    REDIS_UNUSABLE_REMEDY(
            "see that it is a Redis of version 6.2 or newer, that REDIS_DB is one it has, that REDIS_URL calls "
                    + "Sentinels and a cluster by their names, and that its memory is not full",
            "проверьте, что это Redis версии 6.2 или новее, что база REDIS_DB в нём есть, что Sentinel и кластер в REDIS_URL названы "
                    + "по имени и что память не заполнена");

    private final String english;
    private final String russian;

    ProblemText(String english, String russian) {
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
