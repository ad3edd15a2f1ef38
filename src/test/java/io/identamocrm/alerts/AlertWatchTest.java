package io.identamocrm.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.model.AlertKind;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.ops.HealthMonitor.Health;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.state.AlertStates;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.Scripts;
import io.identamocrm.state.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several processes of one account see changes of state, and tell each once. */
class AlertWatchTest {

    private static final Instant NINE = Instant.parse("2026-11-26T09:00:00Z");

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final SandboxClock clock = new SandboxClock(NINE);
    private final List<String> told = new ArrayList<>();

    /** A service with a mail channel. */
    private final class Process {

        private final AlertQueue queue =
                new AlertQueue(List.of(Channel.MAIL), Set.of(), null, clock.withZone(ZoneOffset.UTC));
        private final AlertWatch watch;
        private Health health;

        private Process(String name, Duration counts) {
            watch = new AlertWatch(
                    () -> health,
                    new Troubles(null, Duration.ofMinutes(15), 100, 10),
                    new AlertStates(redis.client(), redis.keys(), new Scripts(redis.client(), Timing.REAL)),
                    queue,
                    name,
                    Duration.ofSeconds(60),
                    counts,
                    clock);
        }

        /** Looks, and tells what is due. */
        private void look(Function<Instant, Health> state) {
            health = state.apply(clock.instant());
            for (DueAlert due : watch.look()) {
                DueAlert claimed = queue.claim(due);
                if (claimed != null) {
                    told.add(claimed.state() + (claimed.alert().over() ? " over" : ""));
                    queue.sent(claimed);
                }
            }
        }
    }

    private Process process(String name) {
        return new Process(name, Duration.ofMinutes(5));
    }

    private void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void before_the_first_look_of_health_there_is_nothing_to_tell() {
        process("a").look(at -> null);
        assertThat(told).isEmpty();
    }

    @Test
    void of_two_processes_that_see_the_same_one_tells_it_and_its_end() {
        Process a = process("a");
        Process b = process("b");
        for (int i = 0; i < 8; i++) {
            a.look(HealthFixtures::identAway);
            b.look(HealthFixtures::identAway);
            pass(15);
        }
        assertThat(told).containsExactly("ident-away");
        for (int i = 0; i < 8; i++) {
            b.look(HealthFixtures::well);
            a.look(HealthFixtures::well);
            pass(15);
        }
        assertThat(told).containsExactly("ident-away", "ident-away over");
    }

    @Test
    void a_restart_tells_nothing_again_and_tells_the_end() {
        Process before = process("before");
        before.look(HealthFixtures::identAway);
        pass(60);
        before.look(HealthFixtures::identAway);
        assertThat(told).containsExactly("ident-away");
        before.look(HealthFixtures::well);
        Process after = process("after");
        after.look(HealthFixtures::identAway);
        pass(200);
        after.look(HealthFixtures::identAway);
        assertThat(told).hasSize(1);
        after.look(HealthFixtures::well);
        pass(60);
        after.look(HealthFixtures::well);
        assertThat(told).containsExactly("ident-away", "ident-away over");
    }

    @Test
    void what_one_machine_sees_is_told_and_not_over_while_it_does() {
        Process a = process("a");
        Process b = process("b");
        for (int i = 0; i < 10; i++) {
            a.look(HealthFixtures::identAway);
            b.look(HealthFixtures::well);
            pass(30);
        }
        assertThat(told).containsExactly("ident-away");
        for (int i = 0; i < 3; i++) {
            a.look(HealthFixtures::well);
            b.look(HealthFixtures::well);
            pass(60);
        }
        assertThat(told).containsExactly("ident-away", "ident-away over");
    }

    @Test
    void the_word_of_a_process_that_died_soon_counts_no_more() {
        Process dying = new Process("dying", Duration.ofMillis(1));
        dying.look(HealthFixtures::identAway);
        pass(60);
        dying.look(HealthFixtures::identAway);
        assertThat(told).containsExactly("ident-away");
        Process other = process("other");
        await().untilAsserted(() -> {
            other.look(HealthFixtures::well);
            pass(60);
            other.look(HealthFixtures::well);
            assertThat(told).contains("ident-away over");
        });
    }

    @Test
    void that_redis_is_away_each_process_tells_for_itself_once_and_so_its_end() {
        Process a = process("a");
        Process b = process("b");
        for (int i = 0; i < 6; i++) {
            a.look(HealthFixtures::redisAway);
            b.look(HealthFixtures::redisAway);
            pass(30);
        }
        assertThat(told).containsExactly("redis-away", "redis-away");
        told.clear();
        for (int i = 0; i < 6; i++) {
            a.look(HealthFixtures::well);
            b.look(HealthFixtures::well);
            pass(30);
        }
        assertThat(told).containsExactly("redis-away over", "redis-away over");
    }

    @Test
    void what_was_told_before_redis_went_is_not_over_because_nobody_could_look() {
        Process a = process("a");
        a.look(HealthFixtures::identAway);
        pass(60);
        a.look(HealthFixtures::identAway);
        pass(60);
        a.look(HealthFixtures::redisAway);
        pass(600);
        a.look(HealthFixtures::redisAway);
        a.look(HealthFixtures::identAway);
        pass(600);
        a.look(HealthFixtures::identAway);
        assertThat(told).containsExactly("ident-away", "redis-away", "redis-away over");
    }

    @Test
    void after_redis_was_emptied_what_is_not_well_is_told_once_more() {
        Process a = process("a");
        a.look(HealthFixtures::identAway);
        pass(60);
        a.look(HealthFixtures::identAway);
        redis.things()
                .forEach(thing -> redis.client().getKeys().delete(redis.keys().of(thing)));
        for (int i = 0; i < 6; i++) {
            pass(60);
            a.look(HealthFixtures::identAway);
        }
        assertThat(told).containsExactly("ident-away", "ident-away");
    }

    @Test
    void each_brake_is_told_by_itself() {
        Process a = process("a");
        for (int i = 0; i < 3; i++) {
            a.look(at -> HealthFixtures.brakes(at, BrakeKind.CREATIONS, BrakeKind.PATIENTS_CHANGED));
            pass(60);
        }
        for (int i = 0; i < 3; i++) {
            a.look(at -> HealthFixtures.brakes(at, BrakeKind.PATIENTS_CHANGED));
            pass(60);
        }
        assertThat(told).containsExactlyInAnyOrder("brake:creations", "brake:patients-changed", "brake:creations over");
    }

    @Test
    void dead_letters_that_grow_are_told_and_that_they_no_longer_do() {
        Process a = process("a");
        a.look(at -> HealthFixtures.deadLetters(at, 3));
        pass(3600);
        for (int i = 0; i < 3; i++) {
            a.look(at -> HealthFixtures.deadLetters(at, 13));
            pass(60);
        }
        assertThat(told).containsExactly(AlertKind.DEAD_LETTERS_GROWING.key());
        for (int i = 0; i < 9; i++) {
            pass(3600);
            a.look(at -> HealthFixtures.deadLetters(at, 14));
        }
        assertThat(told).containsExactly("dead-letters-growing", "dead-letters-growing over");
    }

    @Test
    void nothing_is_remembered_of_what_is_well() {
        process("a").look(HealthFixtures::well);
        assertThat(redis.things()).allMatch(thing -> thing.equals("alerts:dead-letters"));
    }
}
