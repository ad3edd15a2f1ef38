package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.state.Scripts.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScriptsTest {

    private static final Script SHOW = Script.withServer("return {string.format('%d', now), server, ARGV[3]}");

    @RegisterExtension
    final RedisForTests redis = new RedisForTests();

    @Test
    void timeAndIdentityAreThoseOfRedis() {
        List<String> shown = new Scripts(redis.client(), Timing.REAL)
                .run(SHOW, List.of(redis.keys().of("any")), List.of("argument"));

        assertThat(Instant.ofEpochMilli(Long.parseLong(shown.get(0))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(shown.get(1)).matches("\\w{40}-\\w{40}");
        assertThat(shown.get(2)).isEqualTo("argument");
    }

    @Test
    void aSimulationPlaysBoth() {
        Timing played = new Timing() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(Duration length) {
                // Time stands still.
            }

            @Override
            public String redisMillis() {
                return "1700000000123";
            }

            @Override
            public String redisIdentity() {
                return "another";
            }
        };

        assertThat(new Scripts(redis.client(), played)
                        .run(SHOW, List.of(redis.keys().of("any")), List.of("")))
                .containsExactly("1700000000123", "another", "");
    }
}
