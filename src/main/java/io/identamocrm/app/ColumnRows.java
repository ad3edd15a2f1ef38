package io.identamocrm.app;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.component.sql.DefaultRowMapperFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Rows as Camel's {@code sql} makes them, maps from alias to value that ignore the case of aliases; but all rows of a result share one
 * directory of its columns, since a hash table for each row costs more than reading it.
 */
final class ColumnRows extends DefaultRowMapperFactory {

    @Override
    public RowMapper<?> newColumnRowMapper() {
        return new RowMapper<Map<String, Object>>() {

            private @Nullable Columns columns;

            @Override
            public Map<String, Object> mapRow(ResultSet result, int number) throws SQLException {
                if (columns == null) {
                    columns = new Columns(result.getMetaData());
                }
                Object[] values = new Object[columns.aliases.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = JdbcUtils.getResultSetValue(result, i + 1);
                }
                return new ColumnRow(columns, values);
            }
        };
    }

    /** The columns of a result; of those with the same alias the first one. */
    private static final class Columns {

        private final List<String> aliases = new ArrayList<>();
        /** By alias, as it is spelled and in small letters. */
        private final Map<String, Integer> places = new HashMap<>();

        Columns(ResultSetMetaData result) throws SQLException {
            for (int i = 0; i < result.getColumnCount(); i++) {
                String alias = JdbcUtils.lookupColumnName(result, i + 1);
                aliases.add(alias);
                Integer place = places.merge(small(alias), i, Math::min);
                places.put(alias, place);
            }
        }

        private static String small(String alias) {
            return alias.toLowerCase(Locale.ROOT);
        }

        /** The place of a column, or null; nearly always it is asked for as it is spelled. */
        @Nullable
        Integer placeOf(Object alias) {
            Integer place = places.get(alias);
            return place != null || !(alias instanceof String name) ? place : places.get(small(name));
        }
    }

    /** One row. */
    private static final class ColumnRow extends AbstractMap<String, Object> {

        private final Columns columns;
        private final Object[] values;

        ColumnRow(Columns columns, Object[] values) {
            this.columns = columns;
            this.values = values;
        }

        @Override
        public @Nullable Object get(Object alias) {
            Integer place = columns.placeOf(alias);
            return place == null ? null : values[place];
        }

        @Override
        public boolean containsKey(Object alias) {
            return columns.placeOf(alias) != null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                String alias = columns.aliases.get(i);
                if (Objects.equals(columns.placeOf(alias), i)) {
                    all.put(alias, values[i]);
                }
            }
            return Collections.unmodifiableMap(all).entrySet();
        }
    }
}
