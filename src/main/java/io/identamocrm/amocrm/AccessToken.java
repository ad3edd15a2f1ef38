package io.identamocrm.amocrm;

/** Gives the bearer token of the account. */
@FunctionalInterface
public interface AccessToken {

    /** A token that was valid when last looked at; never logged. */
    String bearer();
}
