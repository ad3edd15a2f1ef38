package io.identamocrm.account;

/**
 * A setting that does not fit the account.
 *
 * @param grave  true if the product cannot work with it; false if it works, but less well
 * @param text   the setting with its id, and what is wrong
 * @param remedy what to do
 */
public record AccountMismatch(boolean grave, String text, String remedy) {
}
