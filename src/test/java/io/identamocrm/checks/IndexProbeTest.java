package io.identamocrm.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.PlayedCatalog;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Advice on indexes. */
class IndexProbeTest {

    private final SampleClinic clinic = SampleClinic.inMemory();
    private final PlayedCatalog catalog = new PlayedCatalog(clinic);

    @AfterEach
    void stop() {
        clinic.close();
    }

    private IndexProbe probe(Connection connection) {
        return new IndexProbe(connection, true);
    }

    @Test
    void sql_server_is_asked_for_what_a_login_may_see_that_may_select() throws SQLException {
        catalog.index("Receptions", "RowVersion", 1, false, false);
        catalog.index("Receptions", "ID_Patients", 2, false, false);
        catalog.index("Receptions", "PlanEnd", 0, false, false);
        catalog.index("Orders", "ID_Receptions", 1, true, false);
        catalog.index("Orders", "DateTimeChanged", 1, false, true);
        catalog.index("Patients", "DateTimeChanged", 1, false, false);
        try (Connection connection = catalog.dataSource("jdbc:sqlserver://host").getConnection()) {
            IndexProbe indexes = probe(connection);
            for (String column : new String[] {
                "Receptions.rowversion",
                "Receptions.ID_Patients",
                "Receptions.PlanEnd",
                "Orders.ID_Receptions",
                "Orders.DateTimeChanged",
                "Patients.DateTimeChanged",
                "Persons.DateTimeChanged"
            }) {
                indexes.want(column, Text.of("reads all"));
            }
            assertThat(indexes.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.text()).isEqualTo("reads all");
                assertThat(finding.remedy())
                        .contains(
                                "administrator",
                                "IDENT's support",
                                "CREATE INDEX IX_Receptions_ID_Patients ON dbo.Receptions (ID_Patients); ",
                                "(PlanEnd); ",
                                "dbo.Orders (ID_Receptions)",
                                "dbo.Orders (DateTimeChanged)",
                                "dbo.Persons (DateTimeChanged)")
                        .doesNotContain("owversion", "dbo.Patients");
            });
        }
    }

    @Test
    void where_nothing_is_wanted_nothing_is_said() throws SQLException {
        catalog.index("Receptions", "RowVersion", 1, false, false);
        try (Connection connection = catalog.dataSource("jdbc:sqlserver://host").getConnection()) {
            IndexProbe indexes = probe(connection);
            indexes.want("Receptions.RowVersion", Text.of("reads all"));
            assertThat(indexes.findings()).isEmpty();
        }
    }
}
