package io.identamocrm.account;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;

/**
 * A setting that does not fit the account.
 *
 * @param grave     true if the product cannot work with it; false if it works, but less well
 * @param complaint the setting with its id, and what is wrong
 * @param advice    what to do
 */
public record AccountMismatch(boolean grave, Text complaint, Text advice) {

    /** What is wrong, in English. */
    public String text() {
        return complaint.english();
    }

    /** What to do, in English. */
    public String remedy() {
        return advice.english();
    }

    /** The same without its gravity. */
    public Explanation explanation() {
        return Explanation.of(complaint, advice);
    }
}
