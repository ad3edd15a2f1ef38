package io.identamocrm.alerts;

import static io.identamocrm.alerts.HealthFixtures.blocked;
import static io.identamocrm.alerts.HealthFixtures.brakes;
import static io.identamocrm.alerts.HealthFixtures.deadLetters;
import static io.identamocrm.alerts.HealthFixtures.identAway;
import static io.identamocrm.alerts.HealthFixtures.keptFromReading;
import static io.identamocrm.alerts.HealthFixtures.paused;
import static io.identamocrm.alerts.HealthFixtures.stale;
import static io.identamocrm.alerts.HealthFixtures.staleForIdent;
import static io.identamocrm.alerts.HealthFixtures.tokens;
import static io.identamocrm.alerts.HealthFixtures.well;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.TokenState;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.ops.HealthMonitor.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of health is an alert. */
class TroublesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(16);

    private final Troubles troubles = new Troubles(null, Duration.ofMinutes(15), 100, 10);

    private List<String> ids(Health health) {
        return ids(health, 0);
    }

    private List<String> ids(Health health, int grown) {
        return troubles.of(health, grown).stream()
                .filter(trouble -> !trouble.caused())
                .map(Trouble::id)
                .toList();
    }

    @Test
    void what_readiness_names_is_an_alert() {
        assertThat(ids(well(NOW))).isEmpty();
        assertThat(ids(identAway(NOW))).containsExactly("ident-away");
        assertThat(ids(blocked(NOW))).containsExactly("blocked");
        assertThat(ids(stale(NOW, LONG))).containsExactly("stale");
        assertThat(ids(paused(NOW, LONG))).as("an operator's will").isEmpty();
        assertThat(ids(deadLetters(NOW, 100))).isEmpty();
        assertThat(ids(deadLetters(NOW, 101))).containsExactly("dead-letters-many");
        assertThat(ids(brakes(NOW, BrakeKind.CREATIONS, BrakeKind.DEALS_GONE)))
                .containsExactly("brake:creations", "brake:deals-gone");
    }

    @Test
    void tokens_that_are_refused_cannot_be_opened_or_end_soon_are_one() {
        assertThat(ids(tokens(NOW, null))).containsExactly("not-authorised");
        assertThat(ids(tokens(NOW, new TokenState(false, false, false, null)))).containsExactly("not-authorised");
        assertThat(ids(tokens(NOW, new TokenState(true, true, true, null)))).containsExactly("not-authorised");
        Instant soon = NOW.plus(Duration.ofDays(6));
        assertThat(ids(tokens(NOW, new TokenState(true, false, false, soon)))).containsExactly("token-ending");
        assertThat(ids(tokens(NOW, new TokenState(true, false, true, soon))))
                .as("renews itself")
                .isEmpty();
        assertThat(ids(tokens(NOW, new TokenState(true, false, false, NOW.plus(Duration.ofDays(8))))))
                .isEmpty();
    }

    @Test
    void dead_letters_that_grow_are_one_before_they_are_many() {
        assertThat(ids(deadLetters(NOW, 12), 9)).isEmpty();
        assertThat(ids(deadLetters(NOW, 12), 10)).containsExactly("dead-letters-growing");
    }

    @Test
    void a_consequence_of_what_is_told_is_no_news_and_not_over_either() {
        Health health = staleForIdent(NOW, LONG);
        assertThat(ids(health)).containsExactly("ident-away");
        assertThat(troubles.of(health, 0)).extracting(Trouble::id).contains("stale");
    }

    @Test
    void somebody_in_ident_who_keeps_changes_from_being_read_is_one_since_he_does() {
        Trouble trouble = troubles.of(keptFromReading(NOW, NOW.minus(LONG)), 0).get(0);
        assertThat(trouble.id()).isEqualTo("stale");
        assertThat(trouble.since()).isEqualTo(NOW.minus(LONG));
        assertThat(trouble.count()).isEqualTo(16);
    }

    @Test
    void the_time_at_which_it_began_is_told_where_it_is_known() {
        assertThat(troubles.of(stale(NOW, LONG), 0).get(0).since()).isEqualTo(NOW.minus(LONG));
        assertThat(troubles.of(brakes(NOW, BrakeKind.CREATIONS), 0).get(0).since())
                .isEqualTo(NOW.minusSeconds(600));
    }
}
