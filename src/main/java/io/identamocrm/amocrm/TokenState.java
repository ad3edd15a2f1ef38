package io.identamocrm.amocrm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the account's tokens are.
 *
 * @param present   there are some
 * @param refused   amoCRM does not accept them at present
 * @param renewable they are renewed by themselves; else they are one long-lived token
 * @param expiresAt end of the access token, or null if it is not known
 */
public record TokenState(
        boolean present,
        boolean refused,
        boolean renewable,
        @Nullable Instant expiresAt) {}
