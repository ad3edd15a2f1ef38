package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code explain.camel.yaml} alone. */
class ExplainRoutesTest {

    private static final String ROUTE = "completed-receptions-of-patient";
    private static final String QUERY = "sql:completed-reception-ids.sql";
    private static final long PATIENT = 25;

    @RegisterExtension
    private final RouteFile file = RouteFile.named("explain.camel.yaml");

    @Test
    void the_patient_asked_for_is_the_querys_parameter_and_its_rows_are_the_answer() throws Exception {
        List<Map<String, Object>> rows = List.of(Map.of("reception_id", 7), Map.of("reception_id", 9));
        file.on(QUERY, query -> query.getMessage().getHeader("patient_id", Long.class) == PATIENT ? rows : List.of());
        assertThat(file.ask(ROUTE, PATIENT)).isEqualTo(rows);
        assertThat(file.calls()).containsExactly(QUERY);
    }

    @Test
    void ident_away_is_the_callers_business() {
        SQLException away = new SQLException("away");
        file.failing(QUERY, away);
        Exchange answered = file.send(ROUTE, PATIENT);
        assertThat(answered.getException()).isSameAs(away);
        assertThatThrownBy(() -> file.ask(ROUTE, PATIENT)).isSameAs(away);
        assertThat(file.calls())
                .as("each asked once, nothing is tried again here")
                .containsExactly(QUERY, QUERY);
    }
}
