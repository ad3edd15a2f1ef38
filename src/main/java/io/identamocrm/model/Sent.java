package io.identamocrm.model;

import java.util.Objects;

/**
 * What we last sent for a field which amoCRM then read back differently (a date snapped to midnight, a cut text).
 *
 * @param fingerprint  fingerprint of the value sent
 * @param before fingerprint that amoCRM held when we sent it, or null if the field was empty
 */
public record Sent(String fingerprint, String before) {

    public Sent {
        Objects.requireNonNull(fingerprint);
    }

    /**
     * True if sending the same value again would be in vain: it was sent when amoCRM held exactly what it holds now.
     *
     * @param desired fingerprint of the value wanted
     * @param current fingerprint read now, or null
     */
    public boolean wasInVain(String desired, String current) {
        return fingerprint.equals(desired) && Objects.equals(before, current);
    }
}
