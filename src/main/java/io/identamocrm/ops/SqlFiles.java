package io.identamocrm.ops;

import io.identamocrm.ident.IdentSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the SQL files before anything runs: each must be there, be understood by the server, and return the columns the product reads. */
final class SqlFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SqlFiles.class);

    /** Columns that must be among those a file returns. */
    private static final Map<String, List<String>> CONTRACT = new LinkedHashMap<>();

    static {
        CONTRACT.put("server-clock.sql", List.of("read_at"));
        CONTRACT.put("changed-receptions.sql", List.of("reception_id"));
        CONTRACT.put("changed-receptions-by-version.sql", List.of("reception_id"));
        CONTRACT.put("row-version.sql", List.of("row_version"));
        CONTRACT.put("all-receptions.sql", List.of("reception_id"));
        CONTRACT.put("receptions.sql", List.of("reception_id", "patient_id", "plan_start", "plan_end", "appeared_at", "started_at",
                "ended_at", "check_issued_at", "canceled_at", "cancel_reason_id", "transferred_from_id", "added_at", "changed_at", "read_at",
                "doctor_surname", "doctor_name", "doctor_patronymic", "branch_id", "branch_name", "patient_number", "surname", "name", "patronymic",
                "birthday", "mobile_phone", "card_number", "comment", "first_visit", "sms_rejection"));
        CONTRACT.put("reception-services.sql", List.of("reception_id", "service_name", "amount"));
        CONTRACT.put("completed-receptions.sql", List.of("patient_id", "completed"));
        CONTRACT.put("existing-receptions.sql", List.of("reception_id"));
        CONTRACT.put("changed-patients.sql", List.of("patient_id"));
        CONTRACT.put("all-patients.sql", List.of("patient_id"));
        CONTRACT.put("patients.sql", List.of("patient_id", "read_at", "patient_number", "surname", "name", "patronymic", "birthday",
                "mobile_phone", "card_number", "comment", "first_visit", "sms_rejection"));
        CONTRACT.put("patient-visits.sql", List.of("patient_id", "total_visits", "completed", "appointments", "last_visit"));
        CONTRACT.put("patient-branches.sql", List.of("patient_id", "branch_name"));
        CONTRACT.put("patient-balances.sql", List.of("patient_id"));
    }

    /** Files that only a database with row versions can answer. */
    private static final Set<String> NEEDING_VERSION = Set.of("row-version.sql", "changed-receptions-by-version.sql");

    private SqlFiles() {
    }

    /**
     * Checks all files; without a connection only that they are there.
     *
     * @param sql leaves out the lines that this database cannot answer
     * @throws BrokenFileException naming every broken file with its line
     */
    static void check(Path directory, DataSource ident, IdentSql sql) {
        List<String> problems = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (String name : CONTRACT.keySet()) {
            Path file = directory.resolve(name);
            if (Files.isReadable(file)) {
                files.add(file);
            } else {
                problems.add(file + " is missing or not readable: restore it from the product's config/sql");
            }
        }
        if (problems.isEmpty()) {
            try (Connection connection = ident.getConnection()) {
                for (Path file : files) {
                    boolean needsVersion = NEEDING_VERSION.contains(file.getFileName().toString());
                    if (needsVersion && !sql.has("Receptions.RowVersion")) {
                        continue;
                    }
                    check(file, statement(sql.statement(file.getFileName().toString())), connection, problems);
                }
            } catch (SQLException e) {
                LOG.warn("IDENT is away (SQL state {}), so config/sql could not be checked; the runs will tell", e.getSQLState());
            }
        }
        if (!problems.isEmpty()) {
            throw new BrokenFileException(String.join("\n", problems));
        }
    }

    private static void check(Path file, String text, Connection connection, List<String> problems) {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            ResultSetMetaData columns = statement.getMetaData();
            Set<String> returned = new HashSet<>();
            for (int i = 1; columns != null && i <= columns.getColumnCount(); i++) {
                returned.add(columns.getColumnLabel(i).toLowerCase(Locale.ROOT));
            }
            String missing = CONTRACT.get(file.getFileName().toString()).stream().filter(column -> !returned.contains(column))
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                problems.add(file + ": does not return " + missing + "; every alias named in its comments is needed");
            }
        } catch (SQLException e) {
            problems.add(file + SqlErrorPlace.of(e, text) + ": " + SqlErrorPlace.reason(e));
        }
    }

    /** The file with comments blanked, so that lines keep their numbers, and parameters as JDBC writes them. */
    static String statement(String file) {
        return file.lines().map(line -> line.stripLeading().startsWith("--") ? "" : line)
                .collect(Collectors.joining("\n")).replaceAll(":#(in:)?\\w+", "?");
    }
}
