package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ChangeCursorTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 16, 12, 0);

    @Test
    void it_moves_to_the_latest_change_seen() {
        assertThat(ChangeCursor.next(NOON.minusHours(1), NOON.minusMinutes(3), NOON))
                .isEqualTo(NOON.minusMinutes(3));
    }

    @Test
    void it_stays_when_nothing_was_seen_or_only_the_overlap() {
        assertThat(ChangeCursor.next(NOON.minusHours(1), null, NOON)).isEqualTo(NOON.minusHours(1));
        assertThat(ChangeCursor.next(NOON.minusHours(1), NOON.minusHours(2), NOON))
                .isEqualTo(NOON.minusHours(1));
    }

    @Test
    void a_change_time_in_the_future_does_not_drag_it_along() {
        assertThat(ChangeCursor.next(NOON.minusHours(1), NOON.plusYears(1), NOON))
                .isEqualTo(NOON);
    }

    @Test
    void it_goes_back_with_a_clock_that_steps_back() {
        assertThat(ChangeCursor.next(NOON, null, NOON.minusHours(1))).isEqualTo(NOON.minusHours(1));
    }

    @Test
    void the_first_run_of_an_empty_clinic_leaves_the_clock() {
        assertThat(ChangeCursor.next(null, null, NOON)).isEqualTo(NOON);
        assertThat(ChangeCursor.next(null, NOON.minusDays(2), NOON)).isEqualTo(NOON.minusDays(2));
    }

    @Test
    void the_next_run_looks_back_by_the_overlap() {
        assertThat(ChangeCursor.since(NOON, Duration.ofMinutes(2))).isEqualTo(NOON.minusMinutes(2));
    }

    @Property
    void it_is_never_ahead_of_the_clock_and_never_ahead_of_all_it_has_seen(
            @ForAll("times") LocalDateTime previous,
            @ForAll("times") LocalDateTime latest,
            @ForAll("times") LocalDateTime clock) {
        LocalDateTime next = ChangeCursor.next(previous, latest, clock);
        assertThat(next).isBeforeOrEqualTo(clock).isIn(previous, latest, clock);
        assertThat(next.isAfter(previous) && next.isAfter(latest)).isFalse();
    }

    @Property
    void without_steps_of_the_clock_it_never_goes_back(
            @ForAll("times") LocalDateTime previous, @ForAll("times") LocalDateTime latest) {
        assertThat(ChangeCursor.next(previous, latest, NOON.plusDays(1_000))).isAfterOrEqualTo(previous);
    }

    @Provide
    Arbitrary<LocalDateTime> times() {
        return Arbitraries.integers().between(-100_000, 100_000).map(NOON::plusMinutes);
    }
}
