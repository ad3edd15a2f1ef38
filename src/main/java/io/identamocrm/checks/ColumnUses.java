package io.identamocrm.checks;

import io.identamocrm.ident.IdentSql;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.ProblemText;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds in the SQL files where a column is taken for something that it is not in this build, and the server would answer nevertheless.
 * Where a time is to tell by being there how far a visit has come, a bit is there always; where it is compared with a time, a text is
 * converted as the server's language has it, and a time with an offset by that.
 */
final class ColumnUses {

    /** Anywhere but where it is selected as it is, or compared with something that says when it is set. */
    private static final Pattern STATUS = Pattern.compile(
            "(?<![\\w.])(\\w+)\\.(PatientAppeared|ReceptionStarted|ReceptionEnded|CheckIssued"
                    + "|ReceptionCanceled)\\b(?!\\s*(?:=|<|>|,\\s*[N'\\d]|AS\\b))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern COMPARED = Pattern.compile(
            "(?<![\\w.])(\\w+)\\.(\\w+)\\s*(?:>=|<=|>|<)\\s*CAST\\(\\?\\s+AS\\s+datetime", Pattern.CASE_INSENSITIVE);

    private final String statement;
    private final Map<String, Set<String>> tables;
    private final IdentSql sql;

    private ColumnUses(String statement, IdentSql sql) {
        this.statement = statement;
        this.tables = SqlNeeds.names(statement);
        this.sql = sql;
    }

    /**
     * All that is taken for something else, each once with all its lines.
     *
     * @param statement of the file, as {@link SqlFiles#statement} gives it
     * @throws SQLException if IDENT is away
     */
    static List<Explanation> misfits(Path file, String statement, IdentSql sql) throws SQLException {
        ColumnUses uses = new ColumnUses(statement, sql);
        List<Explanation> misfits = new ArrayList<>();
        for (Map.Entry<String, Set<Integer>> use : uses.lines(STATUS).entrySet()) {
            IdentSql.Column column = sql.column(use.getKey());
            if (column != null && (!column.isTime() || !column.nullable())) {
                CheckText always = column.nullable() ? CheckText.ALWAYS_THERE : CheckText.ALWAYS_THERE_NEVER_NULL;
                misfits.add(new Explanation(
                        place(file, use.getValue()),
                        always.with(use.getKey(), column.type()),
                        CheckText.ALWAYS_THERE_REMEDY.with(
                                use.getKey().substring(use.getKey().indexOf('.') + 1))));
            }
        }
        for (Map.Entry<String, Set<Integer>> use : uses.lines(COMPARED).entrySet()) {
            IdentSql.Column column = sql.column(use.getKey());
            if (column != null && column.type().equals("date")) {
                misfits.add(new Explanation(
                        place(file, use.getValue()),
                        CheckText.DATE_WITHOUT_TIME.with(use.getKey()),
                        CheckText.DATE_WITHOUT_TIME_REMEDY));
            } else if (column != null && !column.isTime()) {
                misfits.add(new Explanation(
                        place(file, use.getValue()),
                        CheckText.COMPARED_WITH_TIME.with(use.getKey(), column.type()),
                        CheckText.COMPARED_WITH_TIME_REMEDY));
            }
        }
        return misfits;
    }

    private static Text place(Path file, Set<Integer> lines) {
        return (lines.size() == 1 ? ProblemText.LINE : ProblemText.LINES)
                .with(file, lines.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    /** {@code TABLE.COLUMN} to the lines that a pattern finds it in. */
    private Map<String, Set<Integer>> lines(Pattern pattern) throws SQLException {
        Map<String, Set<Integer>> lines = new LinkedHashMap<>();
        for (Matcher use = pattern.matcher(statement); use.find(); ) {
            for (String table : tables.getOrDefault(use.group(1), Set.of())) {
                String column = table + "." + use.group(2);
                if (sql.has(column)) {
                    lines.computeIfAbsent(column, name -> new LinkedHashSet<>())
                            .add(SqlNeeds.lineOf(statement, use.start()));
                }
            }
        }
        return lines;
    }
}
