package io.identamocrm.amocrm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account's tokens.
 *
 * @param access          the bearer token; null before the first authorisation
 * @param refresh         gets the next pair; null for a long-lived token
 * @param previousRefresh what this pair was got with, for the case that amoCRM does not know the pair; or null
 * @param expiresAt       end of the access token, or null if it is not known
 * @param refusedUntil    amoCRM does not accept these tokens: no request before this moment; or null
 */
record TokenPair(
        @Nullable String access,
        @Nullable String refresh,
        @Nullable String previousRefresh,
        @Nullable Instant expiresAt,
        @Nullable Instant refusedUntil) {

    /** The same, not to be used before this moment. */
    TokenPair refusedUntil(Instant moment) {
        return new TokenPair(access, refresh, previousRefresh, expiresAt, moment);
    }

    /** The same with the refresh token that came before. */
    TokenPair withPreviousRefresh() {
        return new TokenPair(access, previousRefresh, null, expiresAt, null);
    }

    boolean isRefusedAt(Instant now) {
        return refusedUntil != null && now.isBefore(refusedUntil);
    }

    boolean expiresBefore(Instant moment) {
        return access == null || expiresAt != null && expiresAt.isBefore(moment);
    }

    @Override
    public String toString() {
        return "TokenPair";
    }
}
