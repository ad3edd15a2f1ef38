package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.redisson.connection.CRC16;

/** The names of keys are a contract: operators search for them, and a Redis Cluster places them. */
class RedisKeysTest {

    private static final int SLOTS = 16384;

    private final RedisKeys keys = new RedisKeys("smile");

    /** The slot by Redis Cluster's own rule: of a key with a hash tag, the tag alone counts. */
    private static int slot(String key) {
        int begin = key.indexOf('{');
        String tag = begin < 0 ? key : key.substring(begin + 1, key.indexOf('}', begin));
        return CRC16.crc16(tag.getBytes(StandardCharsets.UTF_8)) % SLOTS;
    }

    @Test
    void a_key_names_the_product_the_account_and_the_thing() {
        assertThat(keys.of("cursors")).isEqualTo("ident-amocrm:{smile}:cursors");
    }

    @Test
    void all_keys_of_an_account_live_on_one_node_of_a_cluster() {
        assertThat(slot(keys.of("mirror:deals")))
                .isEqualTo(slot(keys.of("lock:receptions")))
                .isEqualTo(slot(keys.of("cursors")));
    }

    @Test
    void accounts_are_apart_and_may_live_on_different_nodes() {
        RedisKeys others = new RedisKeys("dent");
        assertThat(others.of("cursors")).isNotEqualTo(keys.of("cursors"));
        assertThat(slot(others.of("cursors"))).isNotEqualTo(slot(keys.of("cursors")));
    }
}
