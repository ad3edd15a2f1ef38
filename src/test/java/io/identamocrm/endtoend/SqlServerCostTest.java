package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.tds.TdsServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the product asks of the clinic's SQL Server, counted at the wire: the figures of docs/ident.md. */
class SqlServerCostTest {

    /** The pool's, of a connection that lay idle for half a second. */
    private static final String PING = "SELECT 1";

    private static final int CHUNKS_OF_A_THOUSAND = 5;

    @RegisterExtension
    private final Installation installation = Installation.empty();

    private TdsServer server;

    @BeforeEach
    void start() {
        server = installation.behindSqlServer();
    }

    /** What was asked meanwhile; each of it is one round trip, and there is no other. */
    private List<String> askedBy(Runnable work) {
        int requests = server.requests();
        int statements = server.asked().size();
        work.run();
        List<String> asked = server.asked().subList(statements, server.asked().size());
        assertThat(server.requests() - requests).as("round trips").isEqualTo(asked.size());
        return asked.stream().filter(statement -> !statement.equals(PING)).toList();
    }

    @Test
    void a_thousand_receptions_cost_nineteen_round_trips_and_a_run_that_finds_nothing_four() {
        installation.clinic().fill(ClinicGenerator.Options.deliverable(1000, Installation.NOW));
        installation.runtime();
        assertThat(askedBy(installation::full))
                .as("clock, database, row version, ids; moved visits, receptions, services by chunk")
                .hasSize(4 + 3 * CHUNKS_OF_A_THOUSAND);
        assertThat(askedBy(installation::incremental)).hasSize(4);
        installation.runtime().patients(RunRequest.full());
        assertThat(askedBy(() -> installation.runtime().patients(RunRequest.incremental())))
                .as("clock, ids")
                .hasSize(2);
    }

    /** It keeps a plan for each. */
    @Test
    void runs_of_like_sizes_show_the_server_the_same_statements() {
        installation.runtime();
        Set<String> statements = new HashSet<>();
        for (int receptions = 5; receptions <= 8; receptions++) {
            for (int i = 0; i < receptions; i++) {
                installation.booked(installation.patient("8 900 222-3" + receptions + "-1" + i));
            }
            askedBy(installation::incremental).stream()
                    .filter(asked -> asked.contains("AS doctor_surname"))
                    .forEach(statements::add);
        }
        assertThat(statements).hasSize(1);
        assertThat(installation.account().leads()).hasSize(5 + 6 + 7 + 8);
    }

    @Test
    void between_runs_a_look_costs_one_round_trip_and_so_does_a_look_at_the_health() {
        installation
                .asService()
                .with("RECEPTIONS_CRON", "0 0 0 1 1 ? 2099")
                .with("PATIENTS_CRON", "0 0 0 1 1 ? 2099")
                .with("WATCH_SECONDS", "1")
                .with("HEALTH_INTERVAL_SECONDS", "1");
        installation.runtime().everything(RunRequest.full());
        List<String> asked = askedBy(() -> {
            int before = server.asked().size();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> server.asked().stream()
                                    .skip(before)
                                    .filter(statement -> statement.contains("receptions_changed"))
                                    .count()
                            >= 3);
            installation.restart();
        });
        assertThat(asked)
                .allMatch(statement -> statement.contains("receptions_changed") || statement.contains("@@DBTS"));
    }

    @Test
    void parameters_that_the_driver_is_asked_for_would_cost_one_more() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(installation.variables().get("IDENT_JDBC_URL"), "reader", "any");
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ID FROM dbo.Receptions WHERE ID = ?")) {
            assertThat(askedBy(() -> assertThat(catchThrowable(statement::getParameterMetaData))
                            .as("it is refused")
                            .isNotNull()))
                    .singleElement()
                    .asString()
                    .contains("sp_describe_undeclared_parameters");
        }
    }
}
