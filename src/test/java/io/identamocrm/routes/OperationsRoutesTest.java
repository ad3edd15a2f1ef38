package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code operations.camel.yaml} alone. */
class OperationsRoutesTest {

    @RegisterExtension
    private final RouteFile file = RouteFile.named("operations.camel.yaml");

    @Test
    void the_monitor_checks() {
        file.send("health-monitor", null);
        assertThat(file.calls()).containsExactly("healthMonitor.check");
    }

    @Test
    void without_schedules_nothing_is_monitored() {
        file.with("schedules.enabled", "false");
        assertThat(file.camel().getRoute("health-monitor")).isNull();
    }
}
