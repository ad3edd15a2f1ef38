package io.identamocrm.account;

import java.time.Clock;

/** Begins comparisons of the account's zone with the clinic's. */
public final class AccountZones {

    private final Clock clinicClock;

    /**
     * Comparisons for one clinic.
     *
     * @param clinicClock the clock of the clinic's zone
     */
    public AccountZones(Clock clinicClock) {
        this.clinicClock = clinicClock;
    }

    /** One comparison. */
    public AccountZone begin() {
        return new AccountZone(clinicClock.getZone(), clinicClock.instant());
    }
}
