package io.identamocrm.checks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a SQL statement which columns of which tables it needs, as our files are written: {@code FROM dbo.TABLE AS name} and
 * {@code name.COLUMN}. What is written otherwise is not seen here; the server will tell.
 */
final class SqlNeeds {

    private static final Pattern TABLE =
            Pattern.compile("\\b(?:FROM|JOIN)\\s+dbo\\.(\\w+)\\s+(?:AS\\s+)?(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern COLUMN =
            Pattern.compile("(?<![\\w.])(\\w+)\\.(\\w+)(?:\\s+AS\\s+(\\w+))?", Pattern.CASE_INSENSITIVE);

    /**
     * A column that a statement needs.
     *
     * @param tables the table; several if different parts of the statement use one name for different tables
     * @param column its name
     * @param alias  what the product reads it as; null if the statement only joins, filters or computes with it
     * @param line   where the statement names it first, from 1
     */
    record Need(Set<String> tables, String column, @Nullable String alias, int line) {}

    private SqlNeeds() {}

    /** Table to the line that names it first. */
    static Map<String, Integer> tables(String statement) {
        Map<String, Integer> lines = new HashMap<>();
        for (Matcher table = TABLE.matcher(statement); table.find(); ) {
            lines.putIfAbsent(table.group(1), lineOf(statement, table.start(1)));
        }
        return lines;
    }

    /** The names that the statement gives to tables, each with those that have it. */
    static Map<String, Set<String>> names(String statement) {
        Map<String, Set<String>> names = new HashMap<>();
        for (Matcher table = TABLE.matcher(statement); table.find(); ) {
            names.computeIfAbsent(table.group(2), name -> new LinkedHashSet<>()).add(table.group(1));
        }
        return names;
    }

    /** All columns of tables, in their order; each once. */
    static List<Need> columns(String statement) {
        Map<String, Set<String>> tables = names(statement);
        List<Need> needs = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Matcher column = COLUMN.matcher(statement); column.find(); ) {
            Set<String> of = tables.get(column.group(1));
            if (of != null && seen.add(of + "." + column.group(2))) {
                needs.add(new Need(of, column.group(2), column.group(3), lineOf(statement, column.start())));
            }
        }
        return needs;
    }

    /** The line of a place, from 1. */
    static int lineOf(String statement, int at) {
        return 1
                + (int) statement
                        .substring(0, at)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
