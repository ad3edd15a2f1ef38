package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code dead-letters.camel.yaml} alone: what a run takes from them, and what it puts there. */
class DeadLettersRoutesTest {

    @RegisterExtension
    private final RouteFile file = RouteFile.named("dead-letters.camel.yaml");

    @Test
    void a_run_takes_those_that_are_due_and_goes_on() throws Exception {
        assertThat(file.ask("due-dead-letters", "the run")).isEqualTo("the run");
        assertThat(file.bodies("selection.addDueDeadLetters")).containsExactly("the run");
    }

    @Test
    void outcomes_are_recorded_and_the_run_goes_on() throws Exception {
        assertThat(file.ask("record-outcomes", "the run")).isEqualTo("the run");
        assertThat(file.bodies("outcomeRecords.record")).containsExactly("the run");
    }
}
