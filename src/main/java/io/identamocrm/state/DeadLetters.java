package io.identamocrm.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
     * @param content  keyed fingerprint of what IDENT held when it failed last, or null
     * @param refused  keyed fingerprints of values that amoCRM has refused while it took the rest, by the field's name
     */
    public record DeadLetter(
            long id,
            FailureCode code,
            @Nullable String detail,
            int attempts,
            Instant firstAt,
            Instant lastAt,
            Instant nextAt,
            @Nullable String content,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> refused) {

        public DeadLetter {
            refused = refused == null ? Map.of() : Map.copyOf(refused);
        }

        static DeadLetter first(long id, Failed failed, Instant at) {
            return new DeadLetter(
                    id,
                    failed.failure().code(),
                    failed.failure().detail(),
                    1,
                    at,
                    at,
                    at.plus(pauseAfter(1)),
                    failed.content(),
                    failed.refused());
        }

        /** It stays due if somebody asked for a retry after the attempt had begun: what they put right may have come too late for it. */
        DeadLetter failedAgain(Failed failed, Instant begunAt, Instant at) {
            boolean asked = !nextAt.equals(lastAt.plus(pauseAfter(attempts)));
            Map<String, String> all = new HashMap<>(refused);
            all.putAll(failed.refused());
            return new DeadLetter(
                    id,
                    failed.failure().code(),
                    failed.failure().detail(),
                    attempts + 1,
                    firstAt,
                    at,
                    asked && nextAt.isAfter(begunAt) ? nextAt : at.plus(pauseAfter(attempts + 1)),
                    failed.content(),
                    all);
        }

        DeadLetter dueAt(Instant at) {
            return new DeadLetter(id, code, detail, attempts, firstAt, lastAt, at, content, refused);
        }

        /** True if it is to be tried again by now. */
        @JsonIgnore
        public boolean isDue(Instant now) {
            return !nextAt.isAfter(now);
        }
    }

    /**
     * A failure to record.
     *
     * @param content keyed fingerprint of what IDENT held, or null if it held nothing
     * @param refused keyed fingerprints of values that amoCRM has refused while it took the rest, by the field's name
     */
    public record Failed(Failure failure, @Nullable String content, Map<String, String> refused) {

        /** A failure of the whole. */
        public Failed(Failure failure, @Nullable String content) {
            this(failure, content, Map.of());
        }
    }

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final RedissonClient redis;
    private final RMap<String, String> deadLetters;

    /** The dead letters of one account and one kind of run. */
    public DeadLetters(RedissonClient redis, RedisKeys keys, String kind) {
        this.redis = redis;
        deadLetters = redis.getMap(keys.of("dead-letters:" + kind), StringCodec.INSTANCE);
    }

    /** One minute after the first failure, twice as long after each further one, six hours at most. */
    static Duration pauseAfter(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * Records failures, counting repeated ones.
     *
     * @param begunAt when the run began
     */
    public void record(Map<Long, Failed> failures, Instant begunAt, Instant at) {
        failures.forEach((id, failed) -> change(
                id,
                known -> known == null ? DeadLetter.first(id, failed, at) : known.failedAgain(failed, begunAt, at)));
    }

    /** Forgets what has passed. */
    public void forget(Collection<Long> ids) {
        remove(HashFields.read(redis, deadLetters.getName(), ids).keySet());
    }

    private void remove(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            deadLetters.fastRemove(ids.stream().map(String::valueOf).toArray(String[]::new));
        }
    }

    /** Forgets what nobody wants to hear of; returns the ids of those there were. */
    public Set<Long> discard(Collection<Long> ids) {
        return ids.stream()
                .filter(id -> deadLetters.fastRemove(Long.toString(id)) > 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Makes dead letters due now; returns the ids of those there were. One that passes at this very moment stays forgotten. */
    public Set<Long> retry(Collection<Long> ids, Instant now) {
        Set<Long> marked = new TreeSet<>();
        for (long id : ids) {
            if (change(id, known -> known == null ? null : known.dueAt(now))) {
                marked.add(id);
            }
        }
        return marked;
    }

    /**
     * Changes a dead letter as if nobody else did: runs and commands write at the same time, so it is read again whenever it is not what
     * it was.
     *
     * @param change from the dead letter, or null if there is none, to the new one, or null to leave it at that
     * @return false if there is no dead letter
     */
    private boolean change(long id, UnaryOperator<@Nullable DeadLetter> change) {
        String name = Long.toString(id);
        while (true) {
            String known = deadLetters.get(name);
            DeadLetter changed = change.apply(known == null ? null : read(known));
            if (changed == null) {
                return false;
            }
            if (known == null
                    ? deadLetters.fastPutIfAbsent(name, write(changed))
                    : deadLetters.replace(name, known, write(changed))) {
                return true;
            }
        }
    }

    /** The dead letter with this id, or null. */
    public @Nullable DeadLetter of(long id) {
        String text = deadLetters.get(Long.toString(id));
        return text == null ? null : read(text);
    }

    /** Those with these ids; of the others there are none. */
    public Map<Long, DeadLetter> of(Collection<Long> ids) {
        Map<Long, DeadLetter> found = new TreeMap<>();
        HashFields.read(redis, deadLetters.getName(), ids).forEach((id, text) -> found.put(id, read(text)));
        return found;
    }

    /** Forgets refused values that have passed; what failed otherwise stays. */
    public void forgetRefused(Collection<Long> ids) {
        remove(of(ids).values().stream()
                .filter(deadLetter -> deadLetter.code() == FailureCode.FIELD_REFUSED)
                .map(DeadLetter::id)
                .toList());
    }

    /** How many there are. */
    public int count() {
        return deadLetters.size();
    }

    /** All of them by id. */
    public Map<Long, DeadLetter> all() {
        Map<Long, DeadLetter> all = new TreeMap<>();
        deadLetters.readAllValues().forEach(text -> {
            DeadLetter deadLetter = read(text);
            all.put(deadLetter.id(), deadLetter);
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

    private static String write(DeadLetter deadLetter) {
        try {
            return JSON.writeValueAsString(deadLetter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
