package io.identamocrm.amocrm;

import org.jspecify.annotations.Nullable;

/**
 * A pair of tokens and where it belongs.
 *
 * @param place    field of the hash in Redis: one for what an authorisation brought, one for each set of tokens in settings
 * @param settings the set of tokens that the settings held when the place was made; what came of them has their place
 * @param client   the OAuth integration whose pair it is; null if it is not known
 * @param serial   grows with each pair of the place; 0 = it stands in the settings only
 * @param stored   the field's value, as Redis has it; null = it stands in the settings only
 * @param pair     the tokens
 */
record HeldPair(
        String place,
        String settings,
        @Nullable String client,
        long serial,
        @Nullable String stored,
        TokenPair pair) {

    boolean isStored() {
        return serial > 0;
    }

    @Override
    public String toString() {
        return "HeldPair";
    }
}
