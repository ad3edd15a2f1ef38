package io.identamocrm.account;

import java.time.Clock;

/** Begins looks at the account's zone. */
public final class AccountZones {

    private final Clock clinicClock;

    /**
     * Looks for one clinic.
     *
     * @param clinicClock the clock of the clinic's zone
     */
    public AccountZones(Clock clinicClock) {
        this.clinicClock = clinicClock;
    }

    /** One look. */
    public AccountZone begin() {
        return new AccountZone(clinicClock.getZone(), clinicClock.instant());
    }
}
