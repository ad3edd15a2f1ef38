package io.identamocrm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How the parts of a failure are put together. */
class ExplanationTest {

    private static final Explanation WITH_PLACE =
            new Explanation("deliver.camel.yaml, line 16", "there is no bean delivery", "undo the edit");
    private static final Explanation WITHOUT_PLACE =
            Explanation.of("TIMEZONE is no time zone", "write a name; such as Europe/Moscow");
    private static final Explanation WITHOUT_REMEDY =
            new Explanation("config/sql", "plan_start: date and time expected", null);

    @Test
    void a_sentence_names_place_fault_and_remedy_as_far_as_there_are_any() {
        assertThat(WITH_PLACE.sentence())
                .isEqualTo("deliver.camel.yaml, line 16: there is no bean delivery; undo the edit");
        assertThat(WITHOUT_PLACE.sentence()).isEqualTo("TIMEZONE is no time zone; write a name; such as Europe/Moscow");
        assertThat(WITHOUT_REMEDY.sentence()).isEqualTo("config/sql: plan_start: date and time expected");
    }

    @Test
    void the_fault_alone_is_without_the_remedy() {
        assertThat(WITH_PLACE.fault()).isEqualTo("deliver.camel.yaml, line 16: there is no bean delivery");
        assertThat(WITHOUT_PLACE.fault()).isEqualTo("TIMEZONE is no time zone");
    }

    @Test
    void several_faults_are_a_line_each() {
        assertThat(Explanation.lines(List.of(WITH_PLACE, WITHOUT_PLACE, WITHOUT_REMEDY)))
                .isEqualTo("""
                deliver.camel.yaml, line 16: there is no bean delivery; undo the edit
                TIMEZONE is no time zone: write a name; such as Europe/Moscow
                config/sql: plan_start: date and time expected""");
    }
}
