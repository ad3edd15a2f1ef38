package io.identamocrm.app;

import io.identamocrm.ident.IdentSql;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;

/**
 * Camel's {@code sql}, for the files of {@code config/sql}: an endpoint names the file that it runs, and lines for which this IDENT lacks a
 * column are left out when it runs. Not earlier, because IDENT may be away when the routes start.
 */
final class IdentSqlComponent extends SqlComponent {

    /** A list of ids, as Camel finds it in a statement. */
    private static final Pattern LIST = Pattern.compile(":\\?in:(\\w+)");

    private static final int LONGEST_LIST = 250;

    private final IdentSql files;

    IdentSqlComponent(IdentSql files) {
        this.files = files;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SqlEndpoint endpoint = (SqlEndpoint) super.createEndpoint(uri, remaining, parameters);
        endpoint.setPrepareStatementStrategy(new FittedStatement(endpoint));
        // Any number: else the driver is asked for it, and SQL Server's asks the server, which may misjudge what the
        // statement needs.
        endpoint.setParametersCount(1);
        endpoint.setRowMapperFactory(new ColumnRows());
        return endpoint;
    }

    /** Takes what fits this database instead of the file's whole text. */
    private final class FittedStatement extends DefaultSqlPrepareStatementStrategy {

        private final SqlEndpoint endpoint;
        /** The statement as it fitted last, and what became of it: each is asked for twice, and seldom another. */
        private volatile Fitted latest = new Fitted("", "");

        FittedStatement(SqlEndpoint endpoint) {
            super(endpoint.getSeparator());
            this.endpoint = endpoint;
        }

        @Override
        public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) throws SQLException {
            String fitted = fitted(query);
            for (Matcher list = LIST.matcher(fitted); list.find(); ) {
                exchange.getMessage()
                        .setHeader(list.group(1), filledUp(exchange.getMessage().getHeader(list.group(1), List.class)));
            }
            return super.prepareQuery(fitted, allowNamedParameters, exchange);
        }

        @Override
        public Iterator<?> createPopulateIterator(
                String query, String preparedQuery, int expectedParams, Exchange exchange, Object value)
                throws SQLException {
            String fitted = fitted(query);
            return hasNamedParameters(fitted)
                    ? super.createPopulateIterator(fitted, preparedQuery, expectedParams, exchange, value)
                    : Collections.emptyIterator();
        }

        @Override
        public void populateStatement(PreparedStatement statement, Iterator<?> parameters, int expected)
                throws SQLException {
            List<Object> values = new ArrayList<>();
            parameters.forEachRemaining(value -> {
                if (value instanceof Iterator<?> list) {
                    list.forEachRemaining(values::add);
                } else {
                    values.add(value);
                }
            });
            super.populateStatement(statement, values.iterator(), values.size());
        }

        /**
         * The ids, the last one repeated up to the next power of two: the server keeps a plan for each number of parameters, of which there
         * are nine in place of 250 then.
         */
        private static List<Object> filledUp(List<?> ids) {
            int size = Math.min(Integer.highestOneBit(Math.max(1, ids.size() * 2 - 1)), LONGEST_LIST);
            List<Object> filled = new ArrayList<>(ids);
            while (filled.size() < size) {
                filled.add(ids.get(ids.size() - 1));
            }
            return filled;
        }

        private String fitted(String query) throws SQLException {
            String file = endpoint.getQuery();
            if (!file.startsWith("file:")) {
                return query;
            }
            String statement = files.statement(file.substring(file.lastIndexOf('/') + 1));
            Fitted fitted = latest;
            if (!fitted.statement.equals(statement)) {
                fitted = new Fitted(statement, SqlHelper.resolvePlaceholders(statement, endpoint.getPlaceholder()));
                latest = fitted;
            }
            return fitted.resolved;
        }
    }

    private record Fitted(String statement, String resolved) {}
}
