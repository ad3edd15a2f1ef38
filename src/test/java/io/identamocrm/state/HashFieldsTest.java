package io.identamocrm.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

/** Fields of a hash, hundreds in one command. */
class HashFieldsTest {

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private void store(Map<Long, String> fields) {
        Map<String, String> texts = new HashMap<>();
        fields.forEach((id, text) -> texts.put(id.toString(), text));
        redis.client()
                .<String, String>getMap(redis.keys().of("fields"), StringCodec.INSTANCE)
                .putAll(texts);
    }

    private Map<Long, String> read(List<Long> ids) {
        return HashFields.read(redis.client(), redis.keys().of("fields"), ids);
    }

    @Test
    void those_that_there_are_come_back_with_their_texts() {
        store(Map.of(1L, "{\"d\": 5}", 2L, "", 3L, "Ё 1 2\n", -4L, "4"));
        assertThat(read(List.of(1L, 2L, 3L, -4L, 5L, 1L)))
                .isEqualTo(Map.of(1L, "{\"d\": 5}", 2L, "", 3L, "Ё 1 2\n", -4L, "4"));
    }

    @Test
    void they_may_be_more_than_a_command_of_a_script_takes() {
        Map<Long, String> fields = new HashMap<>();
        LongStream.range(0, 20_000).filter(id -> id % 3 == 0).forEach(id -> fields.put(id, "of " + id));
        store(fields);
        assertThat(read(LongStream.range(0, 20_000).boxed().toList())).isEqualTo(fields);
    }

    @Test
    void of_no_ids_there_are_none() {
        assertThat(read(List.of())).isEmpty();
        assertThat(read(List.of(1L))).isEmpty();
    }
}
