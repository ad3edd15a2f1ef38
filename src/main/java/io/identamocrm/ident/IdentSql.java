package io.identamocrm.ident;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQL files that have optional lines: IDENT's columns differ from build to build. Lines between {@code -- optional TABLE.COLUMN …} and
 * {@code -- end} are left out where the database lacks one of the columns, with one warning for each that is missing.
 */
public final class IdentSql {

    private static final Logger LOG = LoggerFactory.getLogger(IdentSql.class);
    private static final String OPTIONAL = "-- optional ";
    private static final String END = "-- end";
    private static final String SQL_SERVER = "Microsoft SQL Server";
    private static final String ROW_VERSION = "Receptions.RowVersion";
    /** SQL Server calls it timestamp; nothing else there counts by itself. */
    private static final Set<String> COUNTS_BY_ITSELF = Set.of("timestamp", "rowversion");

    private static final String OLDEST_OPEN = "SELECT MIN_ACTIVE_ROWVERSION() WHERE MIN_ACTIVE_ROWVERSION() <= @@DBTS";
    /** Engines that only speak as SQL Server does may lack it. */
    private static final String REPLICA = "CAST(d.replica_id AS nvarchar(36))";

    private static final String NO_REPLICA = "CAST(NULL AS nvarchar(36))";
    /** "Invalid column name", of SQL Server and of H2. */
    private static final Set<Integer> NO_COLUMN = Set.of(207, 42122);

    private final Path directory;
    private final DataSource ident;
    private final Map<String, String> statements = new ConcurrentHashMap<>();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private @Nullable Map<String, Column> columns;
    private volatile @Nullable Boolean copy;

    /**
     * A column of IDENT.
     *
     * @param type      in lower case, as the server's {@code INFORMATION_SCHEMA} names it, without a length
     * @param nullable  whether it can be null
     * @param sqlServer whether the server is SQL Server, where {@code timestamp} is a row version and no time
     */
    public record Column(String type, boolean nullable, boolean sqlServer) {

        /** True for a date, with or without a time, and without an offset: what can be compared with the clinic's wall clock. */
        public boolean isTime() {
            return sqlServer
                    ? Set.of("datetime", "datetime2", "smalldatetime", "date").contains(type)
                    : Set.of("timestamp", "date").contains(type);
        }

        private boolean isRowVersion() {
            return sqlServer ? COUNTS_BY_ITSELF.contains(type) : type.equals("binary");
        }
    }

    /**
     * The files of one clinic.
     *
     * @param directory {@code config/sql}
     * @param ident     the clinic's database, looked at when the first statement is asked for
     */
    public IdentSql(Path directory, DataSource ident) {
        this.directory = directory;
        this.ident = ident;
    }

    /**
     * The statement of a file, without comments and without the lines that this database cannot answer.
     *
     * @param file its name: {@code patients.sql}
     * @throws SQLException if IDENT is away
     */
    public String statement(String file) throws SQLException {
        String known = statements.get(file);
        if (known == null) {
            known = fitting(text(file), columns().keySet());
            statements.put(file, known);
        }
        return known;
    }

    /**
     * True if the database has a column.
     *
     * @param column {@code TABLE.COLUMN}
     * @throws SQLException if IDENT is away
     */
    public boolean has(String column) throws SQLException {
        return column(column) != null;
    }

    /**
     * A column of the database; null if it has no such, or the login may not see it.
     *
     * @param column {@code TABLE.COLUMN}
     * @throws SQLException if IDENT is away
     */
    public @Nullable Column column(String column) throws SQLException {
        return columns().get(column.toLowerCase(Locale.ROOT));
    }

    /**
     * True if changes of receptions can be told by row version here: the column counts by itself, and the database is no copy.
     *
     * @throws SQLException if IDENT is away
     */
    public boolean hasRowVersions() throws SQLException {
        Column version = column(ROW_VERSION);
        return version != null && version.isRowVersion() && !isCopy();
    }

    /**
     * True if what answers may lag behind the database that the clinic writes into. The lowest row version of a copy tells nothing of the
     * transactions that are open there. Asked again by {@link #database()}.
     *
     * @throws SQLException if IDENT is away
     */
    public boolean isCopy() throws SQLException {
        if (copy == null) {
            database();
        }
        return Boolean.TRUE.equals(copy);
    }

    /**
     * Which database answers: its name, and where the server tells it what sets it apart from others of this name. A backup of the same
     * database, restored, answers the same.
     *
     * @throws SQLException if IDENT is away
     */
    public String database() throws SQLException {
        try (Connection connection = ident.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isSqlServer(connection)) {
                copy = false;
                return connection.getCatalog();
            }
            try (ResultSet row = inCatalog(statement)) {
                boolean found = row.next();
                copy = found
                        && ("READ_ONLY".equals(row.getString(2))
                                || row.getString(3) != null && mayLeadToCopy(connection));
                return connection.getCatalog() + (found ? " " + row.getString(1) : "");
            }
        }
    }

    private static ResultSet inCatalog(Statement statement) throws SQLException {
        String query = "SELECT CAST(d.service_broker_guid AS nvarchar(36)), "
                + "CAST(DATABASEPROPERTYEX(DB_NAME(), N'Updateability') AS nvarchar(128)), " + REPLICA
                + " FROM sys.databases AS d WHERE d.database_id = DB_ID()";
        try {
            return statement.executeQuery(query);
        } catch (SQLException e) {
            if (NO_COLUMN.contains(e.getErrorCode())) {
                return statement.executeQuery(query.replace(REPLICA, NO_REPLICA));
            }
            throw e;
        }
    }

    /**
     * The lowest row version that a transaction has given and not yet confirmed: changes above it wait for its end. Null if there is none,
     * or changes are not told by row version here.
     *
     * @throws SQLException if IDENT is away
     */
    public byte @Nullable [] oldestOpenVersion() throws SQLException {
        if (!hasRowVersions()) {
            return null;
        }
        try (Connection connection = ident.getConnection();
                Statement statement = connection.createStatement()) {
            if (!isSqlServer(connection)) {
                return null;
            }
            try (ResultSet row = statement.executeQuery(OLDEST_OPEN)) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** In an availability group, a connection that only reads may lead to another replica each time, the writable one among them. */
    private static boolean mayLeadToCopy(Connection connection) throws SQLException {
        return !connection.getMetaData().getURL().toLowerCase(Locale.ROOT).contains("applicationintent=readwrite");
    }

    private static boolean isSqlServer(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals(SQL_SERVER);
    }

    /**
     * True if the database has a table or view, and the login may see it.
     *
     * @param table without its schema
     * @throws SQLException if IDENT is away
     */
    public boolean hasTable(String table) throws SQLException {
        String start = table.toLowerCase(Locale.ROOT) + ".";
        return columns().keySet().stream().anyMatch(column -> column.startsWith(start));
    }

    /**
     * The columns named in {@code optional} lines of a file that the database lacks.
     *
     * @param file its name: {@code patients.sql}
     * @throws SQLException if IDENT is away
     */
    public Set<String> missing(String file) throws SQLException {
        Set<String> missing = new TreeSet<>();
        for (String line : text(file).split("\n")) {
            if (line.strip().startsWith(OPTIONAL)) {
                missing.addAll(missing(line.strip(), columns().keySet()));
            }
        }
        return missing;
    }

    private static Set<String> missing(String optionalLine, Set<String> present) {
        Set<String> missing =
                new TreeSet<>(List.of(optionalLine.substring(OPTIONAL.length()).split("\\s+")));
        missing.removeIf(column -> present.contains(column.toLowerCase(Locale.ROOT)));
        return missing;
    }

    private String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's text without comments and without the lines that need other columns than those present, in lower case. */
    String fitting(String text, Set<String> present) {
        StringBuilder statement = new StringBuilder();
        Deque<Boolean> taken = new ArrayDeque<>();
        for (String line : text.split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.startsWith(OPTIONAL)) {
                Set<String> missing = missing(stripped, present);
                logMissing(missing);
                taken.push(missing.isEmpty() && !taken.contains(false));
            } else if (stripped.equals(END) && !taken.isEmpty()) {
                taken.pop();
            } else if (!stripped.startsWith("--") && !taken.contains(false)) {
                statement.append(line);
            }
            // Left out or not, lines keep their numbers for the server's messages.
            statement.append('\n');
        }
        return statement.toString();
    }

    private void logMissing(Set<String> missing) {
        for (String column : missing) {
            if (logged.add(column)) {
                LOG.warn(
                        "This IDENT has no column {}: what is read from it is left alone in amoCRM (see config/sql)",
                        column);
            }
        }
    }

    /** A statement has failed: perhaps the database has other columns by now, and they are asked for again when a statement is. */
    public synchronized void learnAgain() {
        columns = null;
        statements.clear();
    }

    private synchronized Map<String, Column> columns() throws SQLException {
        if (columns == null) {
            Map<String, Column> found = new HashMap<>();
            try (Connection connection = ident.getConnection();
                    ResultSet rows = connection
                            .createStatement()
                            .executeQuery("SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, IS_NULLABLE "
                                    + "FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = N'dbo'")) {
                boolean sqlServer = isSqlServer(connection);
                while (rows.next()) {
                    found.put(
                            (rows.getString(1) + "." + rows.getString(2)).toLowerCase(Locale.ROOT),
                            new Column(
                                    rows.getString(3).toLowerCase(Locale.ROOT),
                                    !"NO".equals(rows.getString(4)),
                                    sqlServer));
                }
            }
            columns = found;
        }
        return columns;
    }
}
