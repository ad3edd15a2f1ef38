package io.identamocrm.amocrm;

import org.jspecify.annotations.Nullable;

/**
 * How the settings identify us to amoCRM (amoCRM facts, section 1). Every member may be null, but an access token alone (a long-lived
 * token), or the first three (an OAuth integration), must be there.
 *
 * @param clientId     the OAuth integration's id
 * @param clientSecret its secret
 * @param redirectUri  its redirect address, which amoCRM compares
 * @param accessToken  a long-lived token, or the access token of the first pair
 * @param refreshToken the refresh token of the first pair
 */
public record Integration(
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String redirectUri,
        @Nullable String accessToken,
        @Nullable String refreshToken) {

    /** True if a pair of tokens can be asked for. */
    public boolean canAuthorise() {
        return clientId != null && clientSecret != null && redirectUri != null;
    }

    @Override
    public String toString() {
        return "Integration";
    }
}
