package io.identamocrm.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;

/** Rows that share their columns are the rows that Camel would have made. */
class ColumnRowsTest {

    private static final String ROWS =
            "SELECT 7 AS reception_id, NULL AS \"Comment\", CURRENT_TIMESTAMP AS read_at, CAST('x' AS CLOB) AS text"
                    + " UNION ALL SELECT 8, 'b', CURRENT_TIMESTAMP, 'y' ORDER BY 1";

    private static <T> List<T> read(String query, RowMapper<T> mapper) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;DATABASE_TO_UPPER=FALSE");
                ResultSet result = connection.createStatement().executeQuery(query)) {
            return new RowMapperResultSetExtractor<>(mapper).extractData(result);
        }
    }

    private static List<Map<String, Object>> rows(String query) throws SQLException {
        return read(query, new ColumnRows().newColumnRowMapper()).stream()
                .map(ColumnRowsTest::asRow)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asRow(Object row) {
        return (Map<String, Object>) row;
    }

    @Test
    void they_hold_the_same_in_the_same_order() throws SQLException {
        List<Map<String, Object>> rows = rows(ROWS.replace("CURRENT_TIMESTAMP", "DATE '2026-01-31'"));
        List<Map<String, Object>> camels =
                read(ROWS.replace("CURRENT_TIMESTAMP", "DATE '2026-01-31'"), new ColumnMapRowMapper());
        assertThat(rows).isEqualTo(camels);
        assertThat(rows)
                .extracting(Object::toString)
                .isEqualTo(camels.stream().map(Object::toString).toList());
    }

    @Test
    void each_row_has_its_own_values_and_a_null_is_there() throws SQLException {
        List<Map<String, Object>> rows = rows(ROWS);
        assertThat(rows.get(0))
                .containsEntry("reception_id", 7)
                .containsEntry("Comment", null)
                .hasSize(4);
        assertThat(rows.get(1)).containsEntry("reception_id", 8).containsEntry("Comment", "b");
        assertThat(rows.get(0)).doesNotContainKey("other");
        assertThat(rows.get(0).get("other")).isNull();
    }

    @Test
    void the_case_of_an_alias_does_not_matter() throws SQLException {
        Map<String, Object> row = rows(ROWS).get(1);
        assertThat(row.get("comment")).isEqualTo("b");
        assertThat(row.get("COMMENT")).isEqualTo("b");
        assertThat(row.containsKey("Reception_ID")).isTrue();
    }

    @Test
    void of_two_columns_with_one_alias_the_first_one_counts() throws SQLException {
        Map<String, Object> row = rows("SELECT 1 AS id, 2 AS \"Id\", 3 AS last").get(0);
        assertThat(row).hasSize(2).containsEntry("id", 1).containsEntry("last", 3);
        assertThat(row.get("Id")).isEqualTo(1);
    }
}
