package io.identamocrm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.settings.Settings.Redis.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of {@code REDIS_URL}. */
class RedisUrlTest {

    @Test
    void one_server() {
        assertThat(RedisUrl.of("redis://cache"))
                .isEqualTo(new RedisUrl(Kind.SERVER, List.of("redis://cache:6379"), null, null, null, null));
        assertThat(RedisUrl.of("rediss://us%3Aer:p%40ss+w:rd@cache.example.com:6380/5"))
                .isEqualTo(new RedisUrl(
                        Kind.SERVER, List.of("rediss://cache.example.com:6380"), null, "us:er", "p@ss+w:rd", 5));
        assertThat(RedisUrl.of("redis://:secret@[::1]:7000/"))
                .isEqualTo(new RedisUrl(Kind.SERVER, List.of("redis://[::1]:7000"), null, null, "secret", null));
        assertThat(RedisUrl.of("redis://secret@cache").password()).isEqualTo("secret");
    }

    @Test
    void one_that_sentinels_choose() {
        assertThat(RedisUrl.of("redis-sentinel://user:secret@s1:26380,s2,[fd00::3]/clinic-main.1/2"))
                .isEqualTo(new RedisUrl(
                        Kind.SENTINEL,
                        List.of("redis://s1:26380", "redis://s2:26379", "redis://[fd00::3]:26379"),
                        "clinic-main.1",
                        "user",
                        "secret",
                        2));
        assertThat(RedisUrl.of("rediss-sentinel://s1/7"))
                .isEqualTo(new RedisUrl(Kind.SENTINEL, List.of("rediss://s1:26379"), "7", null, null, null));
    }

    @Test
    void a_cluster() {
        assertThat(RedisUrl.of("redis-cluster://n1,n2:7001"))
                .isEqualTo(new RedisUrl(
                        Kind.CLUSTER, List.of("redis://n1:6379", "redis://n2:7001"), null, null, null, null));
        assertThat(RedisUrl.of("rediss-cluster://:secret@n1:7000/"))
                .isEqualTo(new RedisUrl(Kind.CLUSTER, List.of("rediss://n1:7000"), null, null, "secret", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://cache",
                "redis://",
                "redis:///0",
                "redis://a,b",
                "redis://cache:0",
                "redis://cache:65536",
                "redis://cache/main",
                "redis://cache/0/1",
                "redis://p@ss@cache",
                "redis://:pa ss@cache",
                "redis://:%zz@cache",
                "redis://cache?db=1",
                "redis-sentinel://s1",
                "redis-sentinel://s1/",
                "redis-sentinel://s1/main/x",
                "redis-sentinel://s1,/main",
                "redis-cluster://n1/0",
                "redis-cluster://n1/main",
                "redis-cluster://n1:7000:7001",
                "redis-other://n1",
                "redisss://n1"
            })
    void anything_else_is_none(String text) {
        assertThat(RedisUrl.of(text)).isNull();
    }
}
