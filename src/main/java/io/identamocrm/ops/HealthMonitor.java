package io.identamocrm.ops;

import io.identamocrm.amocrm.AccountTokens;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.TokenState;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Text;
import io.identamocrm.ops.Blockage.Blocked;
import io.identamocrm.problems.Problem;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.state.BrakeStates.Brake;
import io.identamocrm.state.Cursors;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.RedisKeys;
import io.identamocrm.state.RedisMemory;
import io.identamocrm.state.RunHistory;
import io.identamocrm.state.SchedulePause;
import io.identamocrm.sync.Run;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the service is: checked now and then by route {@code health-monitor}, so that a probe or a scrape never waits for IDENT or Redis. The
 * account's figures come from Redis, so that all its processes say the same.
 */
public final class HealthMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
    private static final Duration TOKEN_SOON = Duration.ofDays(7);

    private final IdentLook ident;
    private final Blockage blockage;
    private final RunHistory history;
    private final Cursors cursors;
    private final SchedulePause pause;
    private final BrakeStates brakes;
    private final RedisMemory memory;
    private final Map<Run.Kind, DeadLetters> deadLetters = new EnumMap<>(Run.Kind.class);
    private final Mirror mirror;
    private final AccountTokens tokens;
    private final BooleanSupplier shut;
    private final Clock clinicClock;
    private final Instant startedAt;
    private volatile @Nullable Health latest;

    /**
     * What a check has shown.
     *
     * @param at           when that was
     * @param ident        why IDENT cannot be read, or null if it can
     * @param blocked      what keeps this process from reading changes there, or null
     * @param redis        why Redis cannot be used, or null if it can; if it cannot, everything below is null, zero or empty
     * @param tokens       the account's tokens; null if they cannot be opened
     * @param shut         amoCRM is left alone by this process, after a block or while it stays away
     * @param lastRuns     ends of the last completed runs by kind: {@code receptions}, {@code patients}, {@code deep}
     * @param sinceSuccess how long ago a run of receptions last came to its end or got on, or this process started
     * @param cursorLag    how old the latest moment is up to which everything in IDENT is on record; null before the first run
     * @param pausedSince  when an operator paused the schedules, or null
     * @param deadLetters      dead letters by kind and code
     * @param deals        deals in the mirror
     * @param contacts     contacts in the mirror
     * @param mirrorAge    how long ago the mirror last followed the account; null before the first run
     * @param redisFill    the share of the memory allowed to Redis that is used, 1 = all; null if it has no limit
     * @param brakes       those that are pulled and not released
     */
    public record Health(
            Instant at,
            @Nullable Text ident,
            @Nullable Blocked blocked,
            @Nullable Text redis,
            @Nullable TokenState tokens,
            boolean shut,
            Map<String, Instant> lastRuns,
            Duration sinceSuccess,
            @Nullable Duration cursorLag,
            @Nullable Instant pausedSince,
            Map<Run.Kind, Map<FailureCode, Integer>> deadLetters,
            int deals,
            int contacts,
            @Nullable Duration mirrorAge,
            @Nullable Double redisFill,
            List<Brake> brakes) {

        /** All dead letters. */
        public int deadLetterCount() {
            return deadLetters.values().stream()
                    .flatMap(byCode -> byCode.values().stream())
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        /** When the access token ends, if it does not renew itself and that is within a week; else null. */
        public @Nullable Instant tokenEndsSoon() {
            Instant end = tokens == null || tokens.renewable() ? null : tokens.expiresAt();
            return end != null && end.isBefore(at.plus(TOKEN_SOON)) ? end : null;
        }
    }

    /** A look whether IDENT can be read. */
    @FunctionalInterface
    public interface IdentLook {

        /** Throws what keeps it from being read. */
        void look() throws SQLException;
    }

    /**
     * The health of one service.
     *
     * @param ident       sees whether IDENT can be read
     * @param blockage    looks for what keeps it from reading
     * @param shut        whether this process leaves amoCRM alone at present
     * @param clinicClock the clock of the clinic's zone
     */
    public HealthMonitor(
            IdentLook ident,
            Blockage blockage,
            RedissonClient redis,
            RedisKeys keys,
            Mirror mirror,
            AccountTokens tokens,
            BooleanSupplier shut,
            Clock clinicClock) {
        this.ident = ident;
        this.blockage = blockage;
        this.history = new RunHistory(redis, keys);
        this.cursors = new Cursors(redis, keys);
        this.pause = new SchedulePause(redis, keys);
        this.brakes = new BrakeStates(redis, keys);
        this.memory = new RedisMemory(redis, keys);
        for (Run.Kind kind : Run.Kind.values()) {
            deadLetters.put(kind, new DeadLetters(redis, keys, kind.key()));
        }
        this.mirror = mirror;
        this.tokens = tokens;
        this.shut = shut;
        this.clinicClock = clinicClock;
        this.startedAt = clinicClock.instant();
    }

    /** The moment as people of the clinic read it. */
    String clinicTime(Instant at) {
        return ClinicTime.of(at, clinicClock.getZone());
    }

    /** What the last check has shown; null before the first. */
    public @Nullable Health latest() {
        return latest;
    }

    /** Checks; never throws, since what it finds broken is what it is for. */
    public void check() {
        Text identTrouble = identTrouble();
        try {
            latest = read(identTrouble);
        } catch (RedisException e) {
            latest = new Health(
                    clinicClock.instant(),
                    identTrouble,
                    blockage.now(),
                    Problem.of(e)::message,
                    null,
                    shut.getAsBoolean(),
                    Map.of(),
                    Duration.ZERO,
                    null,
                    null,
                    Map.of(),
                    0,
                    0,
                    null,
                    null,
                    List.of());
        }
    }

    private @Nullable Text identTrouble() {
        try {
            ident.look();
        } catch (SQLException e) {
            return Problem.of(e)::message;
        }
        try {
            blockage.look();
        } catch (SQLException e) {
            LOG.debug("IDENT does not tell of open transactions");
        }
        return null;
    }

    private Health read(@Nullable Text identTrouble) {
        Instant now = clinicClock.instant();
        Map<String, Instant> lastRuns = new HashMap<>();
        Stream.of("receptions", "patients", "deep").forEach(kind -> {
            Instant end = history.lastEnd(kind);
            if (end != null) {
                lastRuns.put(kind, end);
            }
        });
        Instant success = Stream.of(
                        lastRuns.getOrDefault("receptions", startedAt),
                        orStart(history.lastProgress("receptions")),
                        startedAt)
                .max(Instant::compareTo)
                .orElse(startedAt);
        LocalDateTime readUpTo = cursors.readUpTo("receptions");
        Instant refreshed = mirror.refreshedAt();
        Map<Run.Kind, Map<FailureCode, Integer>> byKind = new EnumMap<>(Run.Kind.class);
        deadLetters.forEach((kind, ofKind) -> {
            Map<FailureCode, Integer> byCode = new EnumMap<>(FailureCode.class);
            ofKind.all().values().forEach(deadLetter -> byCode.merge(deadLetter.code(), 1, Integer::sum));
            byKind.put(kind, byCode);
        });
        return new Health(
                now,
                identTrouble,
                blockage.now(),
                null,
                tokenState(),
                shut.getAsBoolean(),
                lastRuns,
                Duration.between(success, now),
                readUpTo == null ? null : Duration.between(readUpTo, LocalDateTime.now(clinicClock)),
                pause.since(),
                byKind,
                mirror.dealCount(),
                mirror.contactCount(),
                refreshed == null ? null : Duration.between(refreshed, now),
                memory.share(),
                brakes.all().stream().filter(brake -> !brake.released()).toList());
    }

    private Instant orStart(@Nullable Instant instant) {
        return instant == null ? startedAt : instant;
    }

    private @Nullable TokenState tokenState() {
        try {
            return tokens.state();
        } catch (AmocrmException.NotAuthorised e) {
            return null;
        }
    }
}
