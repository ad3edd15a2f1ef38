package io.identamocrm.ops;

import io.identamocrm.ident.IdentSql;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.model.Text;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What keeps this process from reading changes in IDENT: that somebody does, and since when. Who it is, only its administrator sees. */
public final class Blockage {

    /** Transactions that are open for less are a clinic's usual work. */
    private static final Duration USUAL = Duration.ofMinutes(1);

    private final IdentSql sql;
    private final Clock clock;
    private @Nullable Instant lockedSince;
    private byte @Nullable [] openVersion;
    private @Nullable Instant openSince;

    /**
     * What keeps.
     *
     * @param since from then on; it may have begun before
     * @param what  what it is, and what follows, without a full stop
     */
    public record Blocked(Instant since, Text what) {

        /** The same in English. */
        public String words() {
            return what.english();
        }
    }

    /** Nothing yet. */
    public Blockage(IdentSql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** A run met rows that somebody keeps locked. */
    synchronized void locked() {
        lockedSince = lockedSince == null ? clock.instant() : lockedSince;
    }

    /** A run has read all it wanted. */
    synchronized void free() {
        lockedSince = null;
    }

    /**
     * Looks whether a transaction in IDENT is open, and whether it is the one of the last look.
     *
     * @throws SQLException if IDENT is away
     */
    void look() throws SQLException {
        byte[] oldest = sql.oldestOpenVersion();
        synchronized (this) {
            openSince = oldest == null ? null : Arrays.equals(oldest, openVersion) ? openSince : clock.instant();
            openVersion = oldest;
        }
    }

    /** What keeps us at present, or null. */
    synchronized @Nullable Blocked now() {
        if (lockedSince != null) {
            return new Blocked(lockedSince, OpsText.KEPT_LOCKED.with(ClinicTime.of(lockedSince, clock.getZone())));
        }
        return openSince == null || clock.instant().isBefore(openSince.plus(USUAL))
                ? null
                : new Blocked(openSince, OpsText.KEPT_OPEN.with(ClinicTime.of(openSince, clock.getZone())));
    }
}
