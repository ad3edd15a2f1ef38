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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
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

    private final Path directory;
    private final DataSource ident;
    private final Map<String, String> statements = new ConcurrentHashMap<>();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private Set<String> columns;

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
            known = fitting(text(file), columns());
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
        return columns().contains(column.toLowerCase(Locale.ROOT));
    }

    /**
     * Which database answers: its name, and where the server tells it what sets it apart from others of this name. A backup of the same
     * database, restored, answers the same.
     *
     * @throws SQLException if IDENT is away
     */
    public String database() throws SQLException {
        try (Connection connection = ident.getConnection(); Statement statement = connection.createStatement()) {
            if (!connection.getMetaData().getDatabaseProductName().equals("Microsoft SQL Server")) {
                return connection.getCatalog();
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT CAST(service_broker_guid AS nvarchar(36)) FROM sys.databases WHERE database_id = DB_ID()")) {
                return connection.getCatalog() + (row.next() ? " " + row.getString(1) : "");
            }
        }
    }

    /**
     * True if the database has a table or view, and the login may see it.
     *
     * @param table without its schema
     * @throws SQLException if IDENT is away
     */
    public boolean hasTable(String table) throws SQLException {
        String start = table.toLowerCase(Locale.ROOT) + ".";
        return columns().stream().anyMatch(column -> column.startsWith(start));
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
                missing.addAll(missing(line.strip(), columns()));
            }
        }
        return missing;
    }

    private static Set<String> missing(String optionalLine, Set<String> present) {
        Set<String> missing = new TreeSet<>(List.of(optionalLine.substring(OPTIONAL.length()).split("\\s+")));
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
                LOG.warn("This IDENT has no column {}: what is read from it is left alone in amoCRM (see config/sql)", column);
            }
        }
    }

    /** A statement has failed: perhaps the database has other columns by now, and they are asked for again when a statement is. */
    public synchronized void learnAgain() {
        columns = null;
        statements.clear();
    }

    private synchronized Set<String> columns() throws SQLException {
        if (columns == null) {
            Set<String> found = new HashSet<>();
            try (Connection connection = ident.getConnection();
                 ResultSet rows = connection.createStatement().executeQuery(
                         "SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = N'dbo'")) {
                while (rows.next()) {
                    found.add((rows.getString(1) + "." + rows.getString(2)).toLowerCase(Locale.ROOT));
                }
            }
            columns = found;
        }
        return columns;
    }
}
