package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.demo.EmbeddedRedis;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;

/** How full Redis is, as far as it says. */
class RedisMemoryTest {

    private static final long GIGABYTE = 1L << 30;

    private final EmbeddedRedis server = new EmbeddedRedis();
    private final RedissonClient client = Redisson.create(RedisForTests.config(server.port(), Duration.ofMinutes(1)));
    private final RedisMemory memory = new RedisMemory(client, new RedisKeys("clinic"));

    @AfterEach
    void close() throws IOException {
        client.shutdown();
        server.close();
    }

    private void allow(long bytes) {
        client.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig("maxmemory", Long.toString(bytes));
    }

    @Test
    void without_a_limit_there_is_no_share() {
        assertThat(memory.share()).isNull();
    }

    @Test
    void it_is_the_share_of_what_is_allowed() {
        allow(GIGABYTE);
        Double ofOne = memory.share();
        allow(10 * GIGABYTE);
        assertThat(ofOne).isStrictlyBetween(0.0001, 0.1);
        assertThat(memory.share()).isStrictlyBetween(ofOne / 20, ofOne / 5);
    }
}
