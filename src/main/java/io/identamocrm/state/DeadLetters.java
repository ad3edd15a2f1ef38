package io.identamocrm.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** The receptions that could not be delivered: ids and codes only, kept until they pass. */
public final class DeadLetters {

    /**
     * A failed reception.
     *
     * @param receptionId the reception
     * @param code        why it failed last
     * @param detail      amoCRM's code and field, or null
     * @param attempts    how often it has failed
     * @param firstAt     when it failed first
     * @param lastAt      when it failed last
     */
    public record DeadLetter(long receptionId, FailureCode code, String detail, int attempts, Instant firstAt, Instant lastAt) {
    }

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final RMap<String, String> letters;

    /** The dead letters of one account. */
    public DeadLetters(RedissonClient redis, RedisKeys keys) {
        letters = redis.getMap(keys.of("dead-letters"), StringCodec.INSTANCE);
    }

    /** Records failures, counting repeated ones. */
    public void record(Map<Long, Failure> failures, Instant at) {
        failures.forEach((id, failure) -> {
            DeadLetter known = read(letters.get(Long.toString(id)));
            letters.fastPut(Long.toString(id), write(new DeadLetter(id, failure.code(), failure.detail(),
                    known == null ? 1 : known.attempts() + 1, known == null ? at : known.firstAt(), at)));
        });
    }

    /** Forgets receptions that have passed. */
    public void forget(Collection<Long> receptions) {
        if (!receptions.isEmpty() && !letters.isEmpty()) {
            letters.fastRemove(receptions.stream().map(String::valueOf).toArray(String[]::new));
        }
    }

    /** How many there are. */
    public int count() {
        return letters.size();
    }

    /** All of them by reception id. */
    public Map<Long, DeadLetter> all() {
        Map<Long, DeadLetter> all = new TreeMap<>();
        letters.readAllValues().forEach(text -> {
            DeadLetter letter = read(text);
            all.put(letter.receptionId(), letter);
        });
        return all;
    }

    private static DeadLetter read(String text) {
        try {
            return text == null ? null : JSON.readValue(text, DeadLetter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A dead letter in Redis is not readable", e);
        }
    }

    private static String write(DeadLetter letter) {
        try {
            return JSON.writeValueAsString(letter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
