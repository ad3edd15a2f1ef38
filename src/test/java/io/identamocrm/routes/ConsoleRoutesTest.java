package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code console.camel.yaml} alone; the REST definitions over it are for {@code ConsoleTest}. */
class ConsoleRoutesTest {

    @RegisterExtension
    private final RouteFile file = RouteFile.named("console.camel.yaml").with("console.disabled", "true");

    @ParameterizedTest
    @CsvSource({
        "how-it-is,consoleState.now",
        "list-runs,consoleRuns.all",
        "ask-for-run,consoleRuns.start",
        "pause-runs,consoleRuns.pause",
        "resume-runs,consoleRuns.resume",
        "release-brake,consoleRuns.release",
        "show-figures,consoleRuns.figures",
        "list-dead-letters,consoleDeadLetters.list",
        "show-dead-letter,consoleDeadLetters.show",
        "retry-dead-letters,consoleDeadLetters.retry",
        "discard-dead-letters,consoleDeadLetters.discard",
        "explain-reception,consoleStories.reception",
        "explain-patient,consoleStories.patient",
        "explain-deal,consoleStories.deal",
        "send-reception,consoleStories.sendReception",
        "send-patient,consoleStories.sendPatient",
        "last-findings,consoleChecks.last",
        "look-at-everything,consoleChecks.look",
        "describe-api,openApi.document"
    })
    void what_a_bean_answers_goes_out_as_json(String route, String bean) {
        file.on(bean, call -> JsonNodeFactory.instance.objectNode().put("answer", 7));
        Exchange answered = file.send(route, "{}");
        assertThat(answered.getMessage().getBody(String.class)).isEqualTo("{\"answer\":7}");
        assertThat(answered.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(file.calls()).endsWith(bean);
    }

    @Test
    void a_failure_is_described_and_handled() {
        file.failing("consoleStories.reception", new IllegalStateException("broken"));
        file.on(
                "consoleProblems.describe",
                call -> JsonNodeFactory.instance.objectNode().put("status", 503));
        Exchange answered = file.send("explain-reception", null);
        assertThat(answered.getException()).isNull();
        assertThat(answered.getMessage().getBody(String.class)).isEqualTo("{\"status\":503}");
        assertThat(answered.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/problem+json");
        assertThat(file.calls())
                .containsExactly("consoleState.requireRedis", "consoleStories.reception", "consoleProblems.describe");
    }

    @Test
    void the_table_for_spreadsheets_is_offered_as_a_file() {
        file.on("consoleDeadLetters.csv", call -> "a;b");
        Exchange answered = file.send("export-dead-letters", null);
        assertThat(answered.getMessage().getBody(String.class)).isEqualTo("a;b");
        assertThat(answered.getMessage().getHeader("Content-Disposition", String.class))
                .contains("dead-letters.csv");
    }
}
