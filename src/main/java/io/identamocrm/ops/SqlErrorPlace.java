package io.identamocrm.ops;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line of a SQL file in a server's complaint about it. */
final class SqlErrorPlace {

    /** H2 repeats the statement and marks the place in it. */
    private static final Pattern MARKED_STATEMENT = Pattern.compile("SQL statement \"(.*?)\\[\\*]", Pattern.DOTALL);
    private static final Pattern NAMED_OBJECT = Pattern.compile("^(?:Table|Column) \"[^\"]+\"");

    private SqlErrorPlace() {
    }

    /** {@code , line 12}, or nothing if the server does not tell. */
    static String of(SQLException failure, String statement) {
        if (failure instanceof SQLServerException server && server.getSQLServerError() != null) {
            return ", line " + server.getSQLServerError().getLineNumber();
        }
        Matcher marked = MARKED_STATEMENT.matcher(String.valueOf(failure.getMessage()));
        if (marked.find()) {
            return ", line " + (marked.group(1).chars().filter(character -> character == '\n').count() + 1);
        }
        String name = named(failure);
        int at = name == null ? -1 : statement.toLowerCase(Locale.ROOT).indexOf(name.toLowerCase(Locale.ROOT));
        return at < 0 ? "" : ", line " + (statement.substring(0, at).chars().filter(character -> character == '\n').count() + 1);
    }

    /** The first sentence of the complaint, without the statement. */
    static String reason(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int statement = message.indexOf("SQL statement");
        String first = (statement > 0 ? message.substring(0, statement) + "the statement" : message).strip();
        return first.length() > 300 ? first.substring(0, 300) : first;
    }

    private static String named(SQLException failure) {
        Matcher object = NAMED_OBJECT.matcher(String.valueOf(failure.getMessage()));
        return object.find() ? object.group().replaceAll(".*\"(.*)\"", "$1").replaceAll(".*\\.", "") : null;
    }
}
