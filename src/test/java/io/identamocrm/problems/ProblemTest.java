package io.identamocrm.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.FailureCode;
import io.identamocrm.sync.RunUnderWayException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What failures are told as. */
class ProblemTest {

    private static final RuntimeException FAILURE =
            new IllegalStateException("row of Образцов", new SQLException("value '+79001112233'"));

    @Test
    void places_are_classes_and_frames_without_what_the_exceptions_say() {
        assertThat(Problem.placesOf(FAILURE))
                .contains(
                        "java.lang.IllegalStateException",
                        "caused by java.sql.SQLException",
                        "    at " + ProblemTest.class.getName())
                .doesNotContain("Образцов", "79001112233");
    }

    @Test
    void a_message_holds_nothing_of_what_a_driver_says() {
        assertThat(Problem.of(FAILURE).message())
                .contains("IDENT cannot be read")
                .doesNotContain("79001112233");
        assertThat(Problem.of(new IllegalStateException("Образцов")).message())
                .contains("IllegalStateException", "--debug")
                .doesNotContain("Образцов");
    }

    @Test
    void a_finding_takes_the_parts_as_they_were_given_whatever_stands_in_them() {
        Explanation odd = new Explanation("routes; old", "no bean a; no bean b", "undo; restart");
        Problem problem = Problem.of(new IllegalStateException(new BrokenFileException(odd)));
        assertThat(problem.findings("routes"))
                .containsExactly(Finding.problem(
                        Problem.WRONG_SETUP, "routes", "routes; old: no bean a; no bean b", "undo; restart"));
        assertThat(problem.message()).isEqualTo("routes; old: no bean a; no bean b; undo; restart");
    }

    @Test
    void each_wrong_setting_is_a_finding_of_its_own_and_a_line_of_the_message() {
        Problem problem = Problem.of(new InvalidSettingsException(
                List.of(Explanation.of("A is missing", "set it"), Explanation.of("B is no number", "write digits"))));
        assertThat(problem.findings("settings"))
                .containsExactly(
                        Finding.problem(Problem.WRONG_SETUP, "settings", "A is missing", "set it"),
                        Finding.problem(Problem.WRONG_SETUP, "settings", "B is no number", "write digits"));
        assertThat(problem.message()).isEqualTo("A is missing: set it\nB is no number: write digits");
    }

    @Test
    void a_run_under_way_has_its_own_exit_code_and_says_what_to_do() {
        Problem problem = Problem.of(new RunUnderWayException("full reception"));
        assertThat(problem.findings("run"))
                .containsExactly(Finding.problem(
                        Problem.UNDER_WAY,
                        "run",
                        "Another full reception run is under way",
                        "try again when it has ended"));
        assertThat(problem.message()).isEqualTo("Another full reception run is under way; try again when it has ended");
    }

    @Test
    void causes_in_a_circle_come_to_an_end() {
        RuntimeException first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));
        assertThat(Problem.placesOf(first)).containsOnlyOnce("caused by");
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void every_code_has_a_sentence_without_and_a_remedy_with_a_full_stop(FailureCode code) {
        assertThat(code.sentence()).matches("[A-Z].*[^.]");
        assertThat(code.remedy()).matches("(?s)[A-Za-z].*\\.");
    }
}
