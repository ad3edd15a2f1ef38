package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code operations.camel.yaml} alone. */
class OperationsRoutesTest {

    @RegisterExtension
    private final RouteFile file = RouteFile.named("operations.camel.yaml");

    private Exchange runNow(String route) {
        return file.send("run-now", message -> {
            message.getMessage().setBody("the run's request");
            message.getMessage().setHeader("runRoute", route);
        });
    }

    @Test
    void the_monitor_looks() {
        file.send("health-monitor", null);
        assertThat(file.calls()).containsExactly("healthMonitor.look");
    }

    @Test
    void without_schedules_nothing_is_monitored_and_no_run_is_taken() {
        file.with("schedules.enabled", "false");
        assertThat(file.camel().getRoute("health-monitor")).isNull();
        assertThat(file.camel().getRoute("run-now")).isNull();
        assertThat(file.camel().getRoute("ask-account")).isNotNull();
    }

    @Test
    void a_run_that_an_operator_asks_for_takes_the_route_that_it_names() {
        assertThat(runNow("patient-sync").getException()).isNull();
        assertThat(file.calls()).containsExactly("direct:patient-sync");
        assertThat(file.bodies("direct:patient-sync")).containsExactly("the run's request");
    }

    @Test
    void one_that_fails_is_told_with_its_reason_and_the_next_one_comes_through() {
        IllegalStateException reason = new IllegalStateException("IDENT is away");
        file.failing("direct:reception-sync", reason);
        file.on("runFailures.tell", told -> {
            assertThat(told.getProperty(Exchange.EXCEPTION_CAUGHT)).isSameAs(reason);
            return null;
        });
        assertThat(runNow("reception-sync").getException()).isNull();
        assertThat(runNow("patient-sync").getException()).isNull();
        assertThat(file.calls()).containsExactly("direct:reception-sync", "runFailures.tell", "direct:patient-sync");
    }

    @Test
    void who_asks_the_account_gets_the_conversation_back_whatever_was_answered_last() throws Exception {
        Object conversation = new Object();
        file.on("direct:crm-conversation", steps -> "the last answer");
        assertThat(file.ask("ask-account", conversation)).isSameAs(conversation);
        assertThat(file.bodies("direct:crm-conversation")).containsExactly(conversation);
    }

    @Test
    void a_conversation_that_fails_is_the_callers_business() {
        IllegalStateException reason = new IllegalStateException("blocked");
        file.failing("direct:crm-conversation", reason);
        assertThat(file.send("ask-account", new Object()).getException()).isSameAs(reason);
        assertThat(file.calls()).containsExactly("direct:crm-conversation");
    }
}
