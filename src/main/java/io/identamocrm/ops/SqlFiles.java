package io.identamocrm.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

    private static final String COLUMN_PROBE = "row-version-column.sql";
    /** Understood only where IDENT has row versions. */
    private static final Set<String> BY_VERSION = Set.of("row-version.sql", "changed-receptions-by-version.sql");

    /** Columns that must be among those a file returns. */
    private static final Map<String, List<String>> CONTRACT = new LinkedHashMap<>();

    static {
        CONTRACT.put("server-clock.sql", List.of("read_at"));
        CONTRACT.put(COLUMN_PROBE, List.of("row_version_columns"));
        CONTRACT.put("row-version.sql", List.of("active_version"));
        CONTRACT.put("changed-receptions-by-version.sql", List.of("reception_id"));
        CONTRACT.put("changed-receptions.sql", List.of("reception_id"));
        CONTRACT.put("all-receptions.sql", List.of("reception_id"));
        CONTRACT.put("receptions.sql", List.of("reception_id", "patient_id", "plan_start", "plan_end", "appeared_at", "started_at",
                "ended_at", "check_issued_at", "canceled_at", "cancel_reason_id", "transferred_from_id", "added_at", "changed_at", "read_at",
                "doctor_surname", "doctor_name", "doctor_patronymic", "branch_name", "patient_number", "surname", "name", "patronymic",
                "birthday", "mobile_phone", "card_number", "comment", "first_visit", "sms_rejection"));
        CONTRACT.put("reception-services.sql", List.of("reception_id", "service_name", "amount"));
        CONTRACT.put("completed-receptions.sql", List.of("patient_id", "completed"));
    }

    private SqlFiles() {
    }

    /**
     * Checks all files; without a connection only that they are there. The same goes for those about row versions where IDENT has none.
     *
     * @throws BrokenFileException naming every broken file with its line
     */
    static void check(Path directory, DataSource ident) {
        List<String> problems = new ArrayList<>();
        Map<Path, String> texts = new LinkedHashMap<>();
        for (String name : CONTRACT.keySet()) {
            Path file = directory.resolve(name);
            try {
                texts.put(file, statement(Files.readString(file)));
            } catch (IOException e) {
                problems.add(file + " is missing or not readable: restore it from the product's config/sql");
            }
        }
        if (problems.isEmpty()) {
            try (Connection connection = ident.getConnection()) {
                if (!hasRowVersions(texts.get(directory.resolve(COLUMN_PROBE)), connection)) {
                    texts.keySet().removeIf(file -> BY_VERSION.contains(file.getFileName().toString()));
                }
                texts.forEach((file, text) -> check(file, text, connection, problems));
            } catch (SQLException e) {
                LOG.warn("IDENT is away (SQL state {}), so config/sql could not be checked; the runs will tell", e.getSQLState());
            }
        }
        if (!problems.isEmpty()) {
            throw new BrokenFileException(String.join("\n", problems));
        }
    }

    /** False also if the question itself is broken: then it is named as such. */
    private static boolean hasRowVersions(String probe, Connection connection) {
        try (PreparedStatement statement = connection.prepareStatement(probe); ResultSet row = statement.executeQuery()) {
            return row.next() && row.getLong("row_version_columns") > 0;
        } catch (SQLException e) {
            return false;
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
