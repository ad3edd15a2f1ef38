package io.identamocrm.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** What could not be delivered: ids and codes only, kept until it passes, tried again with growing pauses. */
public final class DeadLetters {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final int MOST_DOUBLINGS = 9;

    /**
     * A failed reception or patient.
     *
     * @param id       the reception or patient
     * @param code     why it failed last
     * @param detail   amoCRM's code and field, or null
     * @param attempts how often it has failed
     * @param firstAt  when it failed first
     * @param lastAt   when it failed last
     * @param nextAt   when it is tried again, unless its row changes before
     */
    public record DeadLetter(long id, FailureCode code, String detail, int attempts, Instant firstAt, Instant lastAt, Instant nextAt) {

        DeadLetter failedAgain(Failure failure, Instant at) {
            return new DeadLetter(id, failure.code(), failure.detail(), attempts + 1, firstAt, at, at.plus(pauseAfter(attempts + 1)));
        }

        DeadLetter dueAt(Instant at) {
            return new DeadLetter(id, code, detail, attempts, firstAt, lastAt, at);
        }

        /** True if it is to be tried again by now. */
        @JsonIgnore
        public boolean isDue(Instant now) {
            return !nextAt.isAfter(now);
        }
    }

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final RMap<String, String> letters;

    /** The dead letters of one account and one kind of run. */
    public DeadLetters(RedissonClient redis, RedisKeys keys, String kind) {
        letters = redis.getMap(keys.of("dead-letters:" + kind), StringCodec.INSTANCE);
    }

    /** One minute after the first failure, twice as long after each further one, six hours at most. */
    static Duration pauseAfter(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Records failures, counting repeated ones. */
    public void record(Map<Long, Failure> failures, Instant at) {
        failures.forEach((id, failure) -> {
            DeadLetter known = of(id);
            letters.fastPut(Long.toString(id), write(known == null
                    ? new DeadLetter(id, failure.code(), failure.detail(), 1, at, at, at.plus(pauseAfter(1))) : known.failedAgain(failure, at)));
        });
    }

    /** Forgets what has passed, or what nobody wants to hear of; returns how many there were. */
    public long forget(Collection<Long> ids) {
        return ids.isEmpty() || letters.isEmpty() ? 0 : letters.fastRemove(ids.stream().map(String::valueOf).toArray(String[]::new));
    }

    /** Makes letters due now; returns how many there were. One that passes at this very moment stays forgotten. */
    public int retry(Collection<Long> ids, Instant now) {
        int marked = 0;
        for (long id : ids) {
            String text = letters.get(Long.toString(id));
            if (text != null && letters.replace(Long.toString(id), text, write(read(text).dueAt(now)))) {
                marked++;
            }
        }
        return marked;
    }

    /** The letter with this id, or null. */
    public DeadLetter of(long id) {
        String text = letters.get(Long.toString(id));
        return text == null ? null : read(text);
    }

    /** Those to be tried again by now, by id. */
    public List<Long> due(Instant now) {
        return all().values().stream().filter(letter -> letter.isDue(now)).map(DeadLetter::id).toList();
    }

    /** How many there are. */
    public int count() {
        return letters.size();
    }

    /** All of them by id. */
    public Map<Long, DeadLetter> all() {
        Map<Long, DeadLetter> all = new TreeMap<>();
        letters.readAllValues().forEach(text -> {
            DeadLetter letter = read(text);
            all.put(letter.id(), letter);
        });
        return all;
    }

    private static DeadLetter read(String text) {
        try {
            return JSON.readValue(text, DeadLetter.class);
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
