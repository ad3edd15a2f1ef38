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

    private static Map<DealField, String> between(Map<DealField, String> desired, Map<DealField, String> held, Map<DealField, Sent> sent) {
        return FieldDifference.between(desired, held, sent, PRINT);
    }

    @Test
    void an_equal_value_is_not_sent() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#a"), Map.of())).isEmpty();
    }

    @Test
    void another_value_and_an_empty_field_are_sent() {
        assertThat(between(Map.of(DOCTOR_NAME, "a", SERVICE_NAME, "b"), Map.of(DOCTOR_NAME, "#x"), Map.of()))
                .isEqualTo(Map.of(DOCTOR_NAME, "a", SERVICE_NAME, "b"));
    }

    @Test
    void a_field_without_desired_value_is_left_alone() {
        assertThat(between(Map.of(), Map.of(DOCTOR_NAME, "#x"), Map.of())).isEmpty();
    }

    @Test
    void a_value_sent_in_vain_is_not_sent_again() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#x"), Map.of(DOCTOR_NAME, new Sent("#a", "#x")))).isEmpty();
    }

    @Test
    void a_value_sent_in_vain_to_a_field_that_stays_empty_is_not_sent_again() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(), Map.of(DOCTOR_NAME, new Sent("#a", null)))).isEmpty();
    }

    @Test
    void another_value_than_the_one_sent_in_vain_is_sent() {
        assertThat(between(Map.of(DOCTOR_NAME, "b"), Map.of(DOCTOR_NAME, "#x"), Map.of(DOCTOR_NAME, new Sent("#a", "#x")))).hasSize(1);
    }

    @Test
    void a_value_sent_when_amocrm_held_something_else_is_sent_once_more() {
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#y"), Map.of(DOCTOR_NAME, new Sent("#a", "#x")))).hasSize(1);
        assertThat(between(Map.of(DOCTOR_NAME, "a"), Map.of(DOCTOR_NAME, "#y"), Map.of(DOCTOR_NAME, new Sent("#a", null)))).hasSize(1);
    }
}
