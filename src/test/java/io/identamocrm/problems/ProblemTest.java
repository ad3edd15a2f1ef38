package io.identamocrm.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.FailureCode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What failures are told as. */
class ProblemTest {

    private static final RuntimeException FAILURE = new IllegalStateException("row of Образцов", new SQLException("value '+79001112233'"));

    @Test
    void places_are_classes_and_frames_without_what_the_exceptions_say() {
        assertThat(Problem.placesOf(FAILURE)).contains("java.lang.IllegalStateException", "caused by java.sql.SQLException",
                "    at " + ProblemTest.class.getName()).doesNotContain("Образцов", "79001112233");
    }

    @Test
    void a_message_holds_nothing_of_what_a_driver_says() {
        assertThat(Problem.of(FAILURE).message()).contains("IDENT cannot be read").doesNotContain("79001112233");
        assertThat(Problem.of(new IllegalStateException("Образцов")).message()).contains("IllegalStateException", "--debug")
                .doesNotContain("Образцов");
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
