package io.identamocrm.alerts;

import io.identamocrm.amocrm.TokenState;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Text;
import io.identamocrm.ops.Blockage.Blocked;
import io.identamocrm.ops.HealthMonitor.Health;
import io.identamocrm.state.BrakeStates.Brake;
import io.identamocrm.sync.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What health shows, made up: well, and with one thing wrong. */
final class HealthFixtures {

    private static final TokenState TOKENS = new TokenState(true, false, true, null);

    private HealthFixtures() {}

    static Health well(Instant at) {
        return of(at, null, null, TOKENS, false, Duration.ZERO, 0, List.of(), null);
    }

    static Health identAway(Instant at) {
        return of(at, "IDENT cannot be reached", null, TOKENS, false, Duration.ZERO, 0, List.of(), null);
    }

    static Health redisAway(Instant at) {
        return of(at, null, "Redis cannot be reached", null, false, Duration.ZERO, 0, List.of(), null);
    }

    static Health tokens(Instant at, TokenState tokens) {
        return of(at, null, null, tokens, false, Duration.ZERO, 0, List.of(), null);
    }

    static Health blocked(Instant at) {
        return of(at, null, null, TOKENS, true, Duration.ZERO, 0, List.of(), null);
    }

    static Health stale(Instant at, Duration sinceSuccess) {
        return of(at, null, null, TOKENS, false, sinceSuccess, 0, List.of(), null);
    }

    static Health staleForIdent(Instant at, Duration sinceSuccess) {
        return of(at, "IDENT cannot be reached", null, TOKENS, false, sinceSuccess, 0, List.of(), null);
    }

    static Health keptFromReading(Instant at, Instant since) {
        Health well = well(at);
        return new Health(
                at,
                null,
                new Blocked(since, Text.of("a program keeps rows of IDENT locked")),
                null,
                well.tokens(),
                false,
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

    static Health paused(Instant at, Duration sinceSuccess) {
        return of(at, null, null, TOKENS, false, sinceSuccess, 0, List.of(), at.minus(sinceSuccess));
    }

    static Health deadLetters(Instant at, int count) {
        return of(at, null, null, TOKENS, false, Duration.ZERO, count, List.of(), null);
    }

    static Health brakes(Instant at, BrakeKind... kinds) {
        return of(
                at,
                null,
                null,
                TOKENS,
                false,
                Duration.ZERO,
                0,
                List.of(kinds).stream()
                        .map(kind -> new Brake(kind, 40, 120, at.minusSeconds(600), false))
                        .toList(),
                null);
    }

    private static Health of(
            Instant at,
            String ident,
            String redis,
            TokenState tokens,
            boolean shut,
            Duration sinceSuccess,
            int deadLetters,
            List<Brake> brakes,
            Instant paused) {
        Blocked nobody = null;
        return new Health(
                at,
                ident == null ? null : Text.of(ident),
                nobody,
                redis == null ? null : Text.of(redis),
                tokens,
                shut,
                Map.of(),
                sinceSuccess,
                null,
                paused,
                Map.of(Run.Kind.RECEPTIONS, Map.of(FailureCode.PATIENT_NOT_FOUND, deadLetters)),
                0,
                0,
                null,
                null,
                brakes);
    }
}
