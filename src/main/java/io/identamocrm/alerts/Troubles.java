package io.identamocrm.alerts;

import io.identamocrm.model.AlertKind;
import io.identamocrm.ops.HealthMonitor;
import io.identamocrm.ops.HealthMonitor.Health;
import io.identamocrm.ops.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which states are not well, by what health has shown. Readiness decides; what it has no reason for is decided here. */
public final class Troubles {

    /** Why runs do not come to their end, if one of these is the matter: whoever hears of it need not hear of its consequence. */
    private static final Set<AlertKind> CAUSES =
            EnumSet.of(AlertKind.IDENT_AWAY, AlertKind.NOT_AUTHORISED, AlertKind.BLOCKED);

    private final Readiness ident;
    private final Readiness authorisation;
    private final Readiness amocrm;
    private final Readiness receptions;
    private final Readiness deadLetters;
    private final int mostDeadLetters;
    private final int growth;

    /**
     * The states of one service.
     *
     * @param stale           how long no run of receptions may have come to its end
     * @param mostDeadLetters as many as are taken as usual
     * @param growth          so many more dead letters within six hours are too many
     */
    public Troubles(HealthMonitor monitor, Duration stale, int mostDeadLetters, int growth) {
        ident = Readiness.ofIdent(monitor);
        authorisation = Readiness.ofAuthorisation(monitor);
        amocrm = Readiness.ofAmocrm(monitor);
        receptions = Readiness.ofReceptions(monitor, stale);
        deadLetters = Readiness.ofDeadLetters(monitor, mostDeadLetters);
        this.mostDeadLetters = mostDeadLetters;
        this.growth = growth;
    }

    /**
     * What is not well while Redis can be used.
     *
     * @param grown by how many dead letters have grown within six hours
     */
    List<Trouble> of(Health now, int grown) {
        List<Trouble> troubles = new ArrayList<>();
        if (ident.isDown(now)) {
            troubles.add(Trouble.of(AlertKind.IDENT_AWAY));
        }
        if (authorisation.isDown(now)) {
            troubles.add(Trouble.of(AlertKind.NOT_AUTHORISED));
        }
        if (amocrm.isDown(now)) {
            troubles.add(Trouble.of(AlertKind.BLOCKED));
        }
        boolean caused = troubles.stream().map(Trouble::kind).anyMatch(CAUSES::contains);
        if (receptions.isDown(now)) {
            Instant since = staleSince(now);
            troubles.add(new Trouble(
                    AlertKind.STALE,
                    null,
                    since,
                    Duration.between(since, now.at()).toMinutes(),
                    0,
                    caused));
        }
        Instant tokenEnd = now.tokenEndsSoon();
        if (tokenEnd != null) {
            troubles.add(Trouble.of(AlertKind.TOKEN_ENDING, tokenEnd.getEpochSecond(), 0));
        }
        int count = now.deadLetterCount();
        if (deadLetters.isDown(now)) {
            troubles.add(Trouble.of(AlertKind.DEAD_LETTERS_MANY, count, mostDeadLetters));
        }
        if (grown >= growth) {
            troubles.add(Trouble.of(AlertKind.DEAD_LETTERS_GROWING, grown, count));
        }
        now.brakes()
                .forEach(brake -> troubles.add(new Trouble(
                        AlertKind.BRAKE, brake.kind().key(), brake.since(), brake.affected(), brake.total(), false)));
        return troubles;
    }

    /** Since the last success, or since somebody in IDENT keeps changes from being read, if that is longer. */
    private static Instant staleSince(Health now) {
        Instant success = now.at().minus(now.sinceSuccess());
        return now.blocked() != null && now.blocked().since().isBefore(success)
                ? now.blocked().since()
                : success;
    }
}
