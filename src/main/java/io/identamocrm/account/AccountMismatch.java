package io.identamocrm.account;

import io.identamocrm.model.Explanation;

/**
 * A setting that does not fit the account.
 *
 * @param grave  true if the product cannot work with it; false if it works, but less well
 * @param text   the setting with its id, and what is wrong
 * @param remedy what to do
 */
public record AccountMismatch(boolean grave, String text, String remedy) {

    /** The same without its gravity. */
    public Explanation explanation() {
        return Explanation.of(text, remedy);
    }
}
