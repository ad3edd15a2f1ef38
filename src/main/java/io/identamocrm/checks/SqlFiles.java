package io.identamocrm.checks;

import io.identamocrm.ident.IdentSql;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.IdentErrors;
import io.identamocrm.problems.ProblemText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Checks the SQL files before anything runs: each must be there, be understood by the server, and return the columns the product reads. */
public final class SqlFiles {

    /** Columns that must be among those a file returns. */
    private static final Map<String, List<String>> CONTRACT = new LinkedHashMap<>();

    static {
        CONTRACT.put("server-clock.sql", List.of("read_at"));
        CONTRACT.put("changed-receptions.sql", List.of("reception_id"));
        CONTRACT.put("changed-receptions-by-version.sql", List.of("reception_id"));
        CONTRACT.put("row-version.sql", List.of("row_version"));
        CONTRACT.put(
                "anything-changed.sql",
                List.of("row_version", "receptions_changed", "bills_changed", "patients_changed"));
        CONTRACT.put("all-receptions.sql", List.of("reception_id", "plan_start"));
        CONTRACT.put(
                "receptions.sql",
                List.of(
                        "reception_id",
                        "patient_id",
                        "plan_start",
                        "plan_end",
                        "appeared_at",
                        "started_at",
                        "ended_at",
                        "check_issued_at",
                        "canceled_at",
                        "cancel_reason_id",
                        "transferred_from_id",
                        "added_at",
                        "changed_at",
                        "read_at",
                        "doctor_surname",
                        "doctor_name",
                        "doctor_patronymic",
                        "branch_id",
                        "branch_name",
                        "patient_number",
                        "surname",
                        "name",
                        "patronymic",
                        "birthday",
                        "mobile_phone",
                        "card_number",
                        "comment",
                        "first_visit",
                        "sms_rejection",
                        "completed_before"));
        CONTRACT.put(
                "transfers.sql",
                List.of(
                        "reception_id",
                        "transferred_from_id",
                        "patient_id",
                        "branch_id",
                        "plan_end",
                        "appeared_at",
                        "started_at",
                        "ended_at",
                        "check_issued_at",
                        "canceled_at",
                        "cancel_reason_id"));
        CONTRACT.put("reception-services.sql", List.of("reception_id", "service_name", "amount"));
        CONTRACT.put("completed-reception-ids.sql", List.of("reception_id"));
        CONTRACT.put("existing-receptions.sql", List.of("reception_id"));
        CONTRACT.put("changed-patients.sql", List.of("patient_id", "changed_at"));
        CONTRACT.put("all-patients.sql", List.of("patient_id"));
        CONTRACT.put(
                "patients.sql",
                List.of(
                        "patient_id",
                        "read_at",
                        "patient_number",
                        "surname",
                        "name",
                        "patronymic",
                        "birthday",
                        "mobile_phone",
                        "card_number",
                        "comment",
                        "first_visit",
                        "sms_rejection"));
        CONTRACT.put(
                "patient-visits.sql", List.of("patient_id", "total_visits", "completed", "appointments", "last_visit"));
        CONTRACT.put("patient-branches.sql", List.of("patient_id", "branch_name"));
        CONTRACT.put("patient-balances.sql", List.of("patient_id"));
    }

    /** Files that only a database with row versions can answer. */
    private static final Set<String> NEEDING_VERSION =
            Set.of("row-version.sql", "changed-receptions-by-version.sql", "anything-changed.sql");

    static final String ROW_VERSION = "Receptions.RowVersion";
    private static final int VALID_SECONDS = 5;

    private SqlFiles() {}

    /**
     * Sees that all files are there.
     *
     * @throws BrokenFileException naming those that are not
     */
    public static void requireAll(Path directory) {
        refuse(absent(directory));
    }

    /**
     * Checks all files against the database.
     *
     * @param sql leaves out the lines that this database cannot answer
     * @throws SQLException        if IDENT is away
     * @throws BrokenFileException naming every broken file with its line
     */
    public static void check(Path directory, DataSource ident, IdentSql sql) throws SQLException {
        try (Connection connection = ident.getConnection()) {
            refuse(problems(directory, connection, sql));
        }
    }

    private static void refuse(List<Explanation> problems) {
        if (!problems.isEmpty()) {
            throw new BrokenFileException(problems);
        }
    }

    /** Those files that are not there. */
    static List<Explanation> absent(Path directory) {
        return CONTRACT.keySet().stream()
                .map(directory::resolve)
                .filter(file -> !Files.isReadable(file))
                .map(file -> Explanation.of(CheckText.FILE_ABSENT.with(file), CheckText.FILE_ABSENT_REMEDY))
                .toList();
    }

    /** The files that this database is asked with: without row versions, those that need them stay away. */
    static List<String> asked(IdentSql sql) throws SQLException {
        boolean versions = sql.hasRowVersions();
        return CONTRACT.keySet().stream()
                .filter(name -> versions || !NEEDING_VERSION.contains(name))
                .toList();
    }

    /**
     * What this database cannot answer, by file and line: all that is missing, and what the server does not understand otherwise.
     *
     * @throws SQLException if IDENT goes away
     */
    static List<Explanation> problems(Path directory, Connection connection, IdentSql sql) throws SQLException {
        List<Explanation> problems = new ArrayList<>();
        for (String name : asked(sql)) {
            Path file = directory.resolve(name);
            String text = statement(sql.statement(name));
            List<Explanation> missing = missing(file, text, sql);
            problems.addAll(missing);
            problems.addAll(ColumnUses.misfits(file, text, sql));
            if (missing.isEmpty()) {
                check(file, text, connection, problems);
            }
        }
        return problems;
    }

    private static List<Explanation> missing(Path file, String text, IdentSql sql) throws SQLException {
        List<Explanation> missing = new ArrayList<>();
        for (Map.Entry<String, Integer> table : SqlNeeds.tables(text).entrySet()) {
            if (!sql.hasTable(table.getKey())) {
                missing.add(new Explanation(
                        ProblemText.LINE.with(file, table.getValue()),
                        CheckText.NO_TABLE.with(table.getKey()),
                        CheckText.NO_TABLE_REMEDY));
            }
        }
        for (SqlNeeds.Need need : SqlNeeds.columns(text)) {
            boolean absent = true;
            for (String table : need.tables()) {
                absent &= sql.hasTable(table) && !sql.has(table + "." + need.column());
            }
            if (absent) {
                Text tables = Text.joined(
                        CheckText.OR, need.tables().stream().map(Text::of).toList());
                missing.add(new Explanation(
                        ProblemText.LINE.with(file, need.line()),
                        need.alias() == null
                                ? CheckText.NO_COLUMN.with(tables, need.column())
                                : CheckText.NO_COLUMN_FOR.with(tables, need.column(), need.alias()),
                        CheckText.NO_COLUMN_REMEDY));
            }
        }
        return missing;
    }

    private static void check(Path file, String text, Connection connection, List<Explanation> problems)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            ResultSetMetaData columns = statement.getMetaData();
            Set<String> returned = new HashSet<>();
            for (int i = 1; columns != null && i <= columns.getColumnCount(); i++) {
                String alias = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
                returned.add(alias);
                Explanation misfit = AliasTypes.misfit(
                        place(file, text, alias), alias, columns.getColumnType(i), columns.getColumnTypeName(i));
                if (misfit != null) {
                    problems.add(misfit);
                }
            }
            String missing = CONTRACT.getOrDefault(file.getFileName().toString(), List.of()).stream()
                    .filter(column -> !returned.contains(column))
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                problems.add(new Explanation(
                        file.toString(), CheckText.NOT_RETURNED.with(missing), CheckText.NOT_RETURNED_REMEDY));
            }
        } catch (SQLException e) {
            askForRowsAgain(connection);
            if (IdentErrors.isPassing(e) || !connection.isValid(VALID_SECONDS)) {
                throw e;
            }
            Integer line = SqlErrorPlace.of(e, text);
            Text place = place(file, line);
            problems.add(
                    IdentErrors.isOfStatement(e)
                            ? new Explanation(place, Text.of(SqlErrorPlace.reason(e)), CheckText.UNDO_EDIT)
                            : IdentErrors.of(e).explanation(place, e));
        }
    }

    /** SQL Server's driver asks for columns alone by SET FMTONLY ON, and after an error leaves it on: no statement would return a row. */
    private static void askForRowsAgain(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getURL().startsWith("jdbc:sqlserver:")) {
                statement.execute("SET FMTONLY OFF");
            }
        } catch (SQLException e) {
            // The session has ended, and what was on in it.
        }
    }

    private static Text place(Path file, String text, String alias) {
        Matcher named = Pattern.compile("\\bAS\\s+" + Pattern.quote(alias) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(text);
        return place(file, named.find() ? SqlNeeds.lineOf(text, named.start()) : null);
    }

    /** The line may be null: not known. */
    private static Text place(Path file, @Nullable Integer line) {
        return line == null ? Text.of(file.toString()) : ProblemText.LINE.with(file, line);
    }

    /** The file with comments blanked, so that lines keep their numbers, and parameters as JDBC writes them. */
    static String statement(String file) {
        return file.lines()
                .map(line -> line.stripLeading().startsWith("--") ? "" : line)
                .collect(Collectors.joining("\n"))
                .replaceAll(":#(in:)?\\w+", "?");
    }
}
