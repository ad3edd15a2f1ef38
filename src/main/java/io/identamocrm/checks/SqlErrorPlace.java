package io.identamocrm.checks;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the line of a SQL file in a server's complaint about it. */
final class SqlErrorPlace {

    /** H2 repeats the statement and marks the place in it. */
    private static final Pattern MARKED_STATEMENT = Pattern.compile("SQL statement \"(.*?)\\[\\*]", Pattern.DOTALL);

    private static final Pattern NAMED_OBJECT = Pattern.compile("^(?:Table|Column) \"([^\"]+)\"");
    /** As it is, or as H2 writes it in a message. */
    private static final Pattern LINE_END = Pattern.compile("\n|\\\\n|\\\\000a");

    private SqlErrorPlace() {}

    /** The number of the line; null if the server does not tell. */
    static @Nullable Integer of(SQLException failure, String statement) {
        if (failure instanceof SQLServerException server && server.getSQLServerError() != null) {
            return (int) server.getSQLServerError().getLineNumber();
        }
        Matcher marked = MARKED_STATEMENT.matcher(String.valueOf(failure.getMessage()));
        if (marked.find()) {
            return (int) LINE_END.matcher(marked.group(1)).results().count() + 1;
        }
        Matcher named = NAMED_OBJECT.matcher(String.valueOf(failure.getMessage()));
        if (named.find()) {
            String name = named.group(1).substring(named.group(1).lastIndexOf('.') + 1);
            Matcher place = Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)")
                    .matcher(statement);
            if (place.find()) {
                return (int) LINE_END.matcher(statement.substring(0, place.start()))
                                .results()
                                .count()
                        + 1;
            }
        }
        return null;
    }

    /** The first sentence of the complaint, without the statement. */
    static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int statement = message.indexOf("SQL statement");
        String first = (statement > 0 ? message.substring(0, statement) + "the statement" : message).strip();
        return first.length() > 300 ? first.substring(0, 300) : first;
    }
}
