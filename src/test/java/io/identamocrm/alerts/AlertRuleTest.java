package io.identamocrm.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.alerts.AlertRule.State;
import io.identamocrm.alerts.AlertRule.Step;
import io.identamocrm.model.AlertKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which change of a state makes an alert. */
class AlertRuleTest {

    private static final Instant NINE = Instant.parse("2026-11-26T09:00:00Z");
    private static final Duration HOLD = Duration.ofSeconds(60);
    private static final String ID = "ident-away";
    private static final Trouble TROUBLE = Trouble.of(AlertKind.IDENT_AWAY, 3, 7);

    private final List<Alert> told = new ArrayList<>();
    private State state = State.WELL;

    /** As what is remembered between two looks is text, so it is here. */
    private void look(int second, Trouble mine, boolean seen) {
        Step step = AlertRule.next(ID, State.of(state.stored()), mine, seen, NINE.plusSeconds(second), HOLD);
        state = step.after();
        if (step.alert() != null) {
            told.add(step.alert());
        }
    }

    private void bad(int second) {
        look(second, TROUBLE, true);
    }

    private void well(int second) {
        look(second, null, false);
    }

    @Test
    void what_is_well_makes_no_alert_and_is_not_remembered() {
        well(0);
        well(100);
        assertThat(told).isEmpty();
        assertThat(state.stored()).isNull();
    }

    @Test
    void a_state_is_told_once_when_it_has_lasted_with_the_time_at_which_it_began() {
        bad(0);
        bad(59);
        assertThat(told).isEmpty();
        bad(60);
        bad(75);
        bad(5000);
        assertThat(told)
                .containsExactly(new Alert(AlertKind.IDENT_AWAY, null, false, NINE, NINE.plusSeconds(60), 3, 7));
    }

    @Test
    void its_end_is_told_once_when_it_has_lasted_with_both_times() {
        bad(0);
        bad(60);
        well(100);
        well(159);
        assertThat(told).hasSize(1);
        well(160);
        well(500);
        assertThat(told)
                .hasSize(2)
                .last()
                .isEqualTo(new Alert(AlertKind.IDENT_AWAY, null, true, NINE, NINE.plusSeconds(100), 3, 7));
        assertThat(state.stored()).isNull();
    }

    @Test
    void what_comes_and_goes_makes_no_noise() {
        for (int i = 0; i < 20; i++) {
            bad(i * 60);
            well(i * 60 + 30);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void a_told_state_that_goes_and_comes_is_told_neither_over_nor_again() {
        bad(0);
        bad(60);
        for (int i = 2; i < 20; i++) {
            well(i * 60);
            bad(i * 60 + 30);
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void without_a_hold_it_is_told_at_once() {
        Step step = AlertRule.next(ID, State.WELL, TROUBLE, true, NINE, Duration.ZERO);
        assertThat(step.alert().since()).isEqualTo(NINE);
        assertThat(AlertRule.next(ID, step.after(), null, false, NINE, Duration.ZERO)
                        .alert()
                        .over())
                .isTrue();
    }

    @Test
    void a_beginning_that_is_known_better_than_by_looking_is_told() {
        Trouble known = new Trouble(AlertKind.IDENT_AWAY, null, NINE.minusSeconds(900), 0, 0, false);
        look(0, known, true);
        look(60, known, true);
        assertThat(told.get(0).since()).isEqualTo(NINE.minusSeconds(900));
    }

    @Test
    void what_only_others_see_is_left_to_them_and_is_not_over_while_they_do() {
        look(0, null, true);
        look(200, null, true);
        assertThat(told).isEmpty();
        bad(300);
        bad(360);
        look(400, null, true);
        look(900, null, true);
        assertThat(told).hasSize(1);
        well(1000);
        well(1060);
        assertThat(told).hasSize(2);
    }

    @Test
    void what_another_version_has_remembered_counts_as_nothing() {
        assertThat(State.of("told once upon a time in another form")).isEqualTo(State.WELL);
        assertThat(Alert.of("something-new", "begun 1 2 3 4")).isNull();
        assertThat(Alert.of("brake:something-new", "begun 1 2 3 4").subject()).isEqualTo("something-new");
    }
}
