package io.identamocrm.rules;

import static io.identamocrm.model.DealField.DOCTOR_NAME;
import static io.identamocrm.model.DealField.SERVICE_NAME;
import static io.identamocrm.model.Fixtures.PRINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.DealField;
import io.identamocrm.model.Sent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only values that amoCRM does not hold are sent. */
class FieldDifferenceTest {

    private static Map<DealField, String> between(
            Map<DealField, String> desired, Map<DealField, String> held, Map<DealField, Sent> sent) {
        return FieldDifference.between(desired, held, sent, PRINT, false);
    }

    @Test
    void an_equal_value_is_not_sent() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#a"), Map.of()))
                .isEmpty();
    }

    @Test
    void another_value_and_an_empty_field_are_sent() {
        assertThat(between(Map.of(DOCTOR_NAME, "a", SERVICE_NAME, "b"), Map.of(DOCTOR_NAME, "#x"), Map.of()))
                .isEqualTo(Map.of(DOCTOR_NAME, "a", SERVICE_NAME, "b"));
    }

    @Test
    void a_field_to_be_emptied_is_sent_only_while_it_holds_something() {
        assertThat(between(Map.of(SERVICE_NAME, ""), Map.of(SERVICE_NAME, "#b"), Map.of()))
                .isEqualTo(Map.of(SERVICE_NAME, ""));
        assertThat(between(Map.of(SERVICE_NAME, ""), Map.of(), Map.of())).isEmpty();
    }

    @Test
    void a_field_without_desired_value_is_left_alone() {
        assertThat(between(Map.of(), Map.of(DOCTOR_NAME, "#x"), Map.of())).isEmpty();
    }

    /** Sent, and read back as this. */
    private static Sent readAs(String held) {
        return Sent.of("#a", 5, null).readAs(held, 5);
    }

    @Test
    void a_value_sent_in_vain_is_not_sent_again() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#x"), Map.of(DOCTOR_NAME, readAs("#x"))))
                .isEmpty();
    }

    @Test
    void a_value_sent_in_vain_to_a_field_that_stays_empty_is_not_sent_again() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(), Map.of(DOCTOR_NAME, readAs(null))))
                .isEmpty();
    }

    @Test
    void a_deep_run_sends_once_more_what_seemed_to_have_been_sent_in_vain() {
        Map<DealField, String> desired = Map.of(DOCTOR_NAME, "a");
        Map<DealField, String> held = Map.of(DOCTOR_NAME, "#x");
        assertThat(FieldDifference.between(desired, held, Map.of(DOCTOR_NAME, readAs("#x")), PRINT, true))
                .isEqualTo(desired);
        Sent twice = Sent.of("#a", 9, readAs("#x")).readAs("#x", 9);
        assertThat(FieldDifference.between(desired, held, Map.of(DOCTOR_NAME, twice), PRINT, true))
                .isEmpty();
    }

    @Test
    void another_value_than_the_one_sent_in_vain_is_sent() {
        assertThat(between(Map.of(DOCTOR_NAME, "b"), Map.of(DOCTOR_NAME, "#x"), Map.of(DOCTOR_NAME, readAs("#x"))))
                .hasSize(1);
    }

    @Test
    void a_value_is_sent_once_more_when_somebody_else_changed_what_amocrm_had_made_of_it() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#y"), Map.of(DOCTOR_NAME, readAs("#x"))))
                .hasSize(1);
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#y"), Map.of(DOCTOR_NAME, readAs(null))))
                .hasSize(1);
    }

    @Test
    void a_value_of_which_nobody_knows_what_became_is_sent_again() {
        assertThat(between(
                        Map.of(DOCTOR_NAME, "a"),
                        Map.of(DOCTOR_NAME, "#x"),
                        Map.of(DOCTOR_NAME, Sent.of("#a", 5, null))))
                .hasSize(1);
    }
}
