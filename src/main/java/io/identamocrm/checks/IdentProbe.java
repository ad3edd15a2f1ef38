package io.identamocrm.checks;

import com.zaxxer.hikari.HikariDataSource;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.IdentErrors;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.Settings;
import io.identamocrm.sync.CursorPolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the clinic's database before it is used: {@code test-db}, {@code doctor} and the start of the service ask it. Only reads, and
 * only what a login that may SELECT can see. What cannot be looked at is one finding, and the check goes on.
 */
public final class IdentProbe {

    private static final Logger LOG = LoggerFactory.getLogger(IdentProbe.class);
    private static final Text ABOUT = CheckText.IDENT;
    private static final String SCHEMA = "dbo";
    /** SQL Server 2012. */
    private static final int OLDEST_VERSION = 11;

    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofDays(14);
    /** Smaller tables are read from end to end in no time. */
    private static final long LARGE = 50_000;

    private static final int VALID_SECONDS = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> WRITING = List.of("INSERT", "UPDATE", "DELETE");

    /** Columns by which rows are looked for in runs, and what it means for a run if all rows must be read instead. */
    private static final Map<String, Text> LOOKED_FOR_BY = new LinkedHashMap<>();

    static {
        LOOKED_FOR_BY.put(SqlFiles.ROW_VERSION, CheckText.FOR_CHANGED_RECEPTIONS);
        LOOKED_FOR_BY.put("Receptions.ID_Patients", CheckText.FOR_VISITS);
        LOOKED_FOR_BY.put("Receptions.ID_ReceptionsTransferFrom", CheckText.FOR_MOVED_VISITS);
        LOOKED_FOR_BY.put("Orders.ID_Receptions", CheckText.FOR_ORDERS);
        LOOKED_FOR_BY.put("OrderServiceRelation.ID_Orders", CheckText.FOR_SERVICES);
        LOOKED_FOR_BY.put("Orders.DateTimeChanged", CheckText.FOR_CHANGED_ORDERS);
    }

    private final Connection connection;
    private final IdentSql sql;
    private final Path directory;
    private final ZoneId zone;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();
    private final IndexProbe indexes;

    private IdentProbe(Connection connection, IdentSql sql, Path directory, ZoneId zone, Clock clock)
            throws SQLException {
        this.connection = connection;
        this.sql = sql;
        this.directory = directory;
        this.zone = zone;
        this.clock = clock;
        this.indexes = new IndexProbe(connection, isSqlServer());
    }

    /**
     * What there is to say about IDENT; opens connections of its own and closes them. A database that is away is one problem, not an
     * exception; its exit code is {@link Problem#UNREACHABLE}, that of missing tables, columns and rights {@link Problem#WRONG_SETUP}.
     *
     * @param settings where the database is, and the clinic's zone
     * @param sql      directory of the SQL files
     * @param clock    our own clock, to compare the server's with
     */
    public static List<Finding> findings(Settings settings, Path sql, Clock clock) {
        List<Explanation> absent = SqlFiles.absent(sql);
        if (!absent.isEmpty()) {
            return absent.stream().map(IdentProbe::ofFile).toList();
        }
        try {
            IdentConnection.tryOnce(settings.ident());
            try (HikariDataSource ident = IdentConnection.open(settings.ident());
                    Connection connection = ident.getConnection()) {
                return new IdentProbe(connection, new IdentSql(sql, ident), sql, settings.zone(), clock).check();
            }
        } catch (SQLException e) {
            IdentErrors.Meaning meaning =
                    IdentErrors.ofConnecting(e, settings.ident().jdbcUrl());
            return List.of(Finding.problem(meaning.exitCode(), ABOUT, meaning.explanation(null, e)));
        }
    }

    /**
     * Checks when the service starts, and logs what a person should know. Stops nothing: what must, the SQL files' check has.
     *
     * @throws SQLException if IDENT goes away
     */
    public static void logFindings(DataSource ident, IdentSql sql, Path directory, ZoneId zone, Clock clock)
            throws SQLException {
        try (Connection connection = ident.getConnection()) {
            for (Finding finding : new IdentProbe(connection, sql, directory, zone, clock).check()) {
                if (finding.level() == Finding.Level.OK) {
                    LOG.info("{}: {}", finding.about(), finding.text());
                } else if (finding.subject() != CheckText.OPTIONAL) {
                    // Of optional columns each missing one was logged already.
                    LOG.warn("{}: {}: {}", finding.about(), finding.text(), finding.remedy());
                }
            }
        }
    }

    /** One thing to check. */
    @FunctionalInterface
    private interface Check {
        void run() throws SQLException;
    }

    private List<Finding> check() throws SQLException {
        check(ABOUT, this::server);
        check(CheckText.DATABASE, this::database);
        check(CheckText.LOCKS, this::locks);
        check(CheckText.RIGHTS, this::rights);
        check(CheckText.COLUMNS, this::columns);
        check(CheckText.SQL, this::files);
        check(CheckText.OPTIONAL, this::optional);
        check(CheckText.CURSOR, this::rowVersion);
        check(CheckText.ROWS, this::rows);
        findings.addAll(indexes.findings());
        check(CheckText.MOVED_VISITS, this::movedVisits);
        check(CheckText.CLOCK, this::serverClock);
        return findings;
    }

    private void check(Text about, Check check) throws SQLException {
        try {
            check.run();
        } catch (SQLException e) {
            if (!connection.isValid(VALID_SECONDS)) {
                throw e;
            }
            Explanation why = IdentErrors.of(e).explanation(CheckText.NOT_LOOKED_AT, e);
            findings.add(Finding.warning(about, why.complaint(), why.advice()));
        }
    }

    private boolean isSqlServer() throws SQLException {
        return connection.getMetaData().getURL().startsWith("jdbc:sqlserver:");
    }

    private void server() throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        String text = server.getDatabaseProductName() + " " + server.getDatabaseProductVersion();
        if (!isSqlServer()) {
            findings.add(Finding.ok(ABOUT, CheckText.CONNECTED.with(text)));
            return;
        }
        text += ", " + value("SELECT CAST(SERVERPROPERTY(N'Edition') AS nvarchar(128))");
        findings.add(
                server.getDatabaseMajorVersion() < OLDEST_VERSION
                        ? Finding.warning(ABOUT, CheckText.CONNECTED_OLD.with(text), CheckText.CONNECTED_OLD_REMEDY)
                        : Finding.ok(ABOUT, CheckText.CONNECTED.with(text)));
    }

    private void database() throws SQLException {
        String name = connection.getCatalog();
        findings.add(
                Finding.ok(
                        CheckText.DATABASE,
                        !isSqlServer()
                                ? Text.of(name)
                                : CheckText.COLLATION.with(
                                        name,
                                        String.valueOf(
                                                value(
                                                        "SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), N'Collation') AS nvarchar(128))")))));
    }

    /** Says whether we and the clinic can wait for each other. */
    private void locks() throws SQLException {
        if (isSqlServer()) {
            findings.add(Finding.ok(
                    CheckText.LOCKS,
                    "1"
                                    .equals(
                                            value(
                                                    "SELECT MAX(CASE WHEN snapshot_isolation_state = 1 "
                                                            + "OR is_read_committed_snapshot_on = 1 THEN 1 ELSE 0 END) FROM sys.databases WHERE database_id = DB_ID()"))
                            ? CheckText.ROWS_KEPT
                            : CheckText.ROWS_NOT_KEPT));
        }
    }

    /** Warns if the login could write; nothing of the product does. */
    private void rights() throws SQLException {
        Set<String> writable = new TreeSet<>();
        boolean everything = false;
        if (isSqlServer()) {
            for (String table : List.of("Receptions", "Patients", "Persons")) {
                for (String right : WRITING) {
                    if ("1".equals(value("SELECT HAS_PERMS_BY_NAME(?, N'OBJECT', ?)", SCHEMA + "." + table, right))) {
                        writable.add(table);
                    }
                }
            }
            if ("1".equals(value("SELECT IS_SRVROLEMEMBER(N'sysadmin')"))) {
                everything = true;
            }
        } else {
            String user = connection.getMetaData().getUserName();
            try (ResultSet rights = connection.getMetaData().getTablePrivileges(null, SCHEMA, null)) {
                while (rights.next()) {
                    if (user.equalsIgnoreCase(rights.getString("GRANTEE"))
                            && WRITING.contains(rights.getString("PRIVILEGE"))) {
                        writable.add(rights.getString("TABLE_NAME"));
                    }
                }
            }
        }
        List<Text> all = new ArrayList<>(writable.stream().map(Text::of).toList());
        if (everything) {
            all.add(CheckText.EVERYTHING);
        }
        findings.add(
                all.isEmpty()
                        ? Finding.ok(CheckText.RIGHTS, CheckText.READ_ONLY)
                        : Finding.warning(
                                CheckText.RIGHTS, CheckText.WRITABLE.with(Text.list(all)), CheckText.WRITABLE_REMEDY));
    }

    /** The types of all columns that the files name, a line for each table. */
    private void columns() throws SQLException {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        for (String file : SqlFiles.asked(sql)) {
            for (SqlNeeds.Need need : SqlNeeds.columns(SqlFiles.statement(sql.statement(file)))) {
                for (String table : need.tables()) {
                    IdentSql.Column column = sql.column(table + "." + need.column());
                    if (column != null) {
                        found.computeIfAbsent(table, name -> new TreeSet<>()).add(need.column() + " " + column.type());
                    }
                }
            }
        }
        found.forEach((table, columns) ->
                findings.add(Finding.ok(CheckText.TABLE.with(table), Text.of(String.join(", ", columns)))));
    }

    private void files() throws SQLException {
        List<Explanation> problems = SqlFiles.problems(directory, connection, sql);
        problems.forEach(problem -> findings.add(ofFile(problem)));
        if (problems.isEmpty()) {
            findings.add(Finding.ok(CheckText.SQL, CheckText.FILES_FIT));
        }
    }

    private static Finding ofFile(Explanation fault) {
        return Finding.problem(Problem.WRONG_SETUP, CheckText.SQL, fault);
    }

    private void optional() throws SQLException {
        Set<String> missing = new TreeSet<>();
        for (String file : SqlFiles.asked(sql)) {
            missing.addAll(sql.missing(file));
        }
        if (!missing.isEmpty()) {
            findings.add(Finding.warning(
                    CheckText.OPTIONAL,
                    CheckText.OPTIONAL_MISSING.with(String.join(", ", missing)),
                    CheckText.OPTIONAL_MISSING_REMEDY));
        }
    }

    private void rowVersion() throws SQLException {
        if (!sql.hasRowVersions()) {
            findings.add(changesAreToldByTime());
            return;
        }
        try (PreparedStatement statement =
                        connection.prepareStatement(SqlFiles.statement(sql.statement("row-version.sql")));
                ResultSet row = statement.executeQuery()) {
            byte[] version = row.next() ? row.getBytes(1) : null;
            if (version == null || version.length != Long.BYTES) {
                findings.add(Finding.problem(
                        Problem.WRONG_SETUP, CheckText.CURSOR, CheckText.NO_VERSION, CheckText.UNDO_EDIT));
                return;
            }
            findings.add(Finding.ok(
                    CheckText.CURSOR,
                    CheckText.BY_VERSION.with(HexFormat.of().withUpperCase().formatHex(version))));
            check(
                    LookProbe.ABOUT,
                    () -> findings.add(LookProbe.of(
                            connection,
                            sql,
                            version,
                            time(SqlFiles.statement(sql.statement("server-clock.sql"))),
                            indexes)));
        }
    }

    private Finding changesAreToldByTime() throws SQLException {
        IdentSql.Column column = sql.column(SqlFiles.ROW_VERSION);
        if (sql.isCopy()) {
            return Finding.warning(
                    CheckText.CURSOR,
                    CheckText.COPY.with(CursorPolicy.OVERLAP_OF_COPY.toMinutes()),
                    CheckText.COPY_REMEDY);
        }
        return Finding.warning(
                CheckText.CURSOR,
                column == null ? CheckText.NO_ROW_VERSION : CheckText.ODD_ROW_VERSION.with(column.type()),
                CheckText.BY_TIME_REMEDY);
    }

    private void rows() throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String table : List.of("Receptions", "Patients")) {
            if (sql.hasTable(table)) {
                counts.put(table, Long.valueOf(value("SELECT COUNT(*) FROM dbo." + table)));
            }
        }
        Text text = Text.list(counts.entrySet().stream()
                .map(count -> ("Receptions".equals(count.getKey())
                                ? CheckText.COUNT_OF_RECEPTIONS
                                : CheckText.COUNT_OF_PATIENTS)
                        .with(count.getValue()))
                .toList());
        if (counts.containsValue(0L)) {
            findings.add(Finding.warning(CheckText.ROWS, text, CheckText.EMPTY_DATABASE));
        } else if (!counts.isEmpty()) {
            findings.add(Finding.ok(CheckText.ROWS, text));
        }
        newest(counts.getOrDefault("Receptions", 0L));
        if (counts.getOrDefault("Receptions", 0L) > LARGE) {
            check(CheckText.INDEXES, this::indexes);
        }
    }

    private void newest(long receptions) throws SQLException {
        if (receptions == 0 || !sql.has("Receptions.DateTimeAdded")) {
            return;
        }
        LocalDateTime newest = time("SELECT MAX(DateTimeAdded) FROM dbo.Receptions");
        if (newest == null
                || newest.isBefore(LocalDateTime.now(clock.withZone(zone)).minus(QUIET))) {
            findings.add(Finding.warning(
                    CheckText.NEWEST,
                    CheckText.NEWEST_AT.with(newest == null ? CheckText.NEVER : TIME.format(newest)),
                    CheckText.NEWEST_REMEDY));
        } else {
            findings.add(Finding.ok(CheckText.NEWEST, CheckText.NEWEST_AT.with(TIME.format(newest))));
        }
    }

    /** A visit that was moved has one row to come; several in one chain speak against what the column is taken for. */
    private void movedVisits() throws SQLException {
        for (String column : List.of(
                "ID_ReceptionsTransferFrom",
                "ID_Patients",
                "PlanStart",
                "ReceptionCanceled",
                "ID_ReceptionCancelReasons")) {
            if (!sql.has("Receptions." + column)) {
                return;
            }
        }
        String live =
                "%1$s.PlanStart > CURRENT_TIMESTAMP AND %1$s.ReceptionCanceled IS NULL AND %1$s.ID_ReceptionCancelReasons IS NULL";
        long both = Long.parseLong(
                value("SELECT COUNT(*) FROM dbo.Receptions AS later JOIN dbo.Receptions AS earlier ON earlier.ID = "
                        + "later.ID_ReceptionsTransferFrom WHERE earlier.ID_Patients = later.ID_Patients AND "
                        + live.formatted("later") + " AND "
                        + live.formatted("earlier")));
        if (both > 0) {
            findings.add(Finding.warning(
                    CheckText.MOVED_VISITS, CheckText.PLANNED_TWICE.with(both), CheckText.PLANNED_TWICE_REMEDY));
        } else {
            findings.add(Finding.ok(CheckText.MOVED_VISITS, CheckText.NONE_TWICE));
        }
    }

    private void indexes() throws SQLException {
        for (Map.Entry<String, Text> wanted : LOOKED_FOR_BY.entrySet()) {
            if (sql.has(wanted.getKey())) {
                indexes.want(
                        wanted.getKey(),
                        CheckText.READS_ALL.with(
                                wanted.getKey().substring(0, wanted.getKey().indexOf('.')), wanted.getValue()));
            }
        }
    }

    private void serverClock() throws SQLException {
        LocalDateTime server = time(SqlFiles.statement(sql.statement("server-clock.sql")));
        LocalDateTime ours = LocalDateTime.now(clock.withZone(zone));
        if (server == null) {
            findings.add(
                    Finding.problem(Problem.WRONG_SETUP, CheckText.CLOCK, CheckText.NO_CLOCK, CheckText.UNDO_EDIT));
            return;
        }
        Duration apart = Duration.between(ours, server).abs();
        Text text = CheckText.CLOCKS.with(TIME.format(server), zone, TIME.format(ours));
        findings.add(
                apart.compareTo(CLOCKS_APART) <= 0
                        ? Finding.ok(CheckText.CLOCK, text)
                        : Finding.warning(CheckText.CLOCK, text, CheckText.CLOCKS_APART_REMEDY));
    }

    /** The first column of the first row as text; null if there is none. */
    private @Nullable String value(String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setNString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private @Nullable LocalDateTime time(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getObject(1, LocalDateTime.class) : null;
        }
    }
}
