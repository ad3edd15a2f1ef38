package io.identamocrm.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.AlertKind;
import io.identamocrm.model.QuietHours;
import io.identamocrm.sandbox.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Alerts that wait for their channel. */
class AlertQueueTest {

    private static final Instant TEN_IN_THE_EVENING = Instant.parse("2026-11-26T22:00:00Z");

    private final SandboxClock clock = new SandboxClock(TEN_IN_THE_EVENING);
    private final ProcessMemory memory = new ProcessMemory();
    private AlertQueue queue = queue(null, Channel.TELEGRAM, Channel.MAIL);

    private AlertQueue queue(QuietHours quiet, Channel... channels) {
        return new AlertQueue(List.of(channels), Set.of(AlertKind.BRAKE), quiet, clock.withZone(ZoneOffset.UTC));
    }

    private Alert alert(AlertKind kind, boolean over) {
        return new Alert(kind, null, over, clock.instant(), clock.instant(), 0, 0);
    }

    private void note(AlertKind kind, boolean over) {
        String before = memory.states().get(kind.key());
        String after = over ? "over" : "begun";
        assertThat(memory.change(kind.key(), before, after, queue.toTell(kind.key(), alert(kind, over))))
                .isTrue();
    }

    private DueAlert only() {
        List<DueAlert> due = queue.due(memory);
        assertThat(due).hasSize(1);
        return due.get(0);
    }

    private void fail(DueAlert claimed, Exception failure) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        queue.failed(claimed, exchange);
    }

    @Test
    void each_channel_that_is_set_is_told() {
        note(AlertKind.IDENT_AWAY, false);
        assertThat(queue.due(memory))
                .extracting(DueAlert::channel)
                .containsExactlyInAnyOrder(Channel.TELEGRAM, Channel.MAIL);
    }

    @Test
    void one_process_takes_it_and_what_is_sent_is_gone() {
        queue = queue(null, Channel.MAIL);
        note(AlertKind.IDENT_AWAY, false);
        DueAlert due = only();
        DueAlert claimed = queue.claim(due);
        assertThat(claimed).isNotNull();
        assertThat(queue.claim(due))
                .as("seen by another process at the same time")
                .isNull();
        assertThat(queue.due(memory)).as("under way").isEmpty();
        queue.sent(claimed);
        assertThat(memory.toTell()).isEmpty();
    }

    @Test
    void what_can_wait_waits_for_the_morning_and_what_is_urgent_does_not() {
        queue = queue(QuietHours.of("21:00-07:30"), Channel.MAIL);
        note(AlertKind.IDENT_AWAY, false);
        note(AlertKind.BRAKE, false);
        assertThat(only().alert().kind()).isEqualTo(AlertKind.BRAKE);
        clock.advance(Duration.ofHours(9));
        assertThat(queue.due(memory)).hasSize(1);
        clock.advance(Duration.ofMinutes(30));
        assertThat(queue.due(memory)).hasSize(2);
    }

    @Test
    void what_began_and_was_over_in_the_night_is_one_message_in_the_morning() {
        queue = queue(QuietHours.of("21:00-07:30"), Channel.MAIL);
        note(AlertKind.IDENT_AWAY, false);
        clock.advance(Duration.ofHours(1));
        note(AlertKind.IDENT_AWAY, true);
        clock.advance(Duration.ofHours(10));
        assertThat(only().alert().over()).isTrue();
    }

    @Test
    void a_channel_that_fails_is_tried_again_with_growing_pauses_for_a_day() {
        queue = queue(null, Channel.MAIL);
        note(AlertKind.IDENT_AWAY, false);
        long[] pauses = {1, 2, 4, 8, 16, 32, 60, 60};
        for (long minutes : pauses) {
            fail(queue.claim(only()), new IllegalStateException("away"));
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(queue.due(memory)).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            assertThat(queue.due(memory)).hasSize(1);
        }
        clock.advance(Duration.ofDays(1));
        assertThat(queue.due(memory)).isEmpty();
        assertThat(memory.toTell()).as("no news any more").isEmpty();
    }

    @Test
    void what_a_channel_did_not_take_before_quiet_hours_waits_for_their_end_too() {
        queue = queue(QuietHours.of("22:05-07:00"), Channel.MAIL);
        note(AlertKind.IDENT_AWAY, false);
        fail(queue.claim(only()), new IllegalStateException("away"));
        clock.advance(Duration.ofMinutes(6));
        assertThat(queue.due(memory)).isEmpty();
        clock.advance(Duration.ofHours(9));
        assertThat(only().alert().kind()).isEqualTo(AlertKind.IDENT_AWAY);
    }

    @Test
    void what_is_urgent_is_tried_again_in_quiet_hours() {
        queue = queue(QuietHours.of("22:05-07:00"), Channel.MAIL);
        note(AlertKind.BRAKE, false);
        fail(queue.claim(only()), new IllegalStateException("away"));
        clock.advance(Duration.ofMinutes(6));
        assertThat(only().alert().kind()).isEqualTo(AlertKind.BRAKE);
    }

    @Test
    void a_channel_is_left_alone_for_as_long_as_it_asks() {
        queue = queue(null, Channel.TELEGRAM);
        note(AlertKind.IDENT_AWAY, false);
        fail(queue.claim(only()), new ChannelException(Undelivered.ofTelegram(429, Duration.ofMinutes(5))));
        clock.advance(Duration.ofSeconds(299));
        assertThat(queue.due(memory)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(queue.due(memory)).hasSize(1);
    }

    @Test
    void a_process_that_died_while_it_told_leaves_the_alert_to_the_next() {
        queue = queue(null, Channel.MAIL);
        note(AlertKind.IDENT_AWAY, false);
        queue.claim(only());
        clock.advance(Duration.ofMinutes(1));
        assertThat(only().attempts()).isEqualTo(1);
    }

    @Test
    void what_a_channel_no_longer_set_was_to_tell_stays_and_is_given_up_after_a_day() {
        note(AlertKind.IDENT_AWAY, false);
        queue = queue(null, Channel.WEBHOOK);
        assertThat(queue.due(memory)).isEmpty();
        clock.advance(Duration.ofHours(25));
        queue.due(memory);
        assertThat(memory.toTell()).isEmpty();
    }
}
