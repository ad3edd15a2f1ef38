package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeSignsTest {

    private static Map<String, Object> row(int receptions, int bills, int patients) {
        return new HashMap<>(Map.of(
                "row_version", new byte[] {0, 0, 0, 0, 0, 0, 1, 2},
                "receptions_changed", receptions,
                "bills_changed", bills,
                "patients_changed", patients));
    }

    @Test
    void a_changed_bill_is_a_change_of_its_reception() {
        assertThat(ChangeSigns.of(List.of(row(0, 1, 0)))).isEqualTo(new ChangeSigns(258, true, false));
        assertThat(ChangeSigns.of(List.of(row(0, 0, 1)))).isEqualTo(new ChangeSigns(258, false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"receptions_changed", "bills_changed", "patients_changed"})
    void a_count_that_is_null_is_refused_by_its_name(String column) {
        Map<String, Object> row = row(0, 0, 0);
        row.put(column, null);
        assertThatThrownBy(() -> ChangeSigns.of(List.of(row)))
                .isInstanceOf(UnreadableColumnException.class)
                .hasMessageContaining(column);
    }
}
