package io.identamocrm.model;

import java.util.Locale;

/** What became of a reception in a run; every reception ends in exactly one of these. */
public enum Outcome {
    /** Contact and deal were created. */
    CREATED,
    /** The deal was created for a contact that was there. */
    CREATED_DEAL,
    /** The deal, its contact or both were changed. */
    UPDATED,
    /** amoCRM already held everything; nothing was sent. */
    UNCHANGED,
    /** Its deal stands in an excluded stage: finished business. */
    CLOSED,
    /** Cancelled or missed before it ever had a deal. */
    SKIPPED,
    /** Explained by a {@link Failure}, kept as a dead letter. */
    FAILED;

    /** The name in JSON, tables and metrics: {@code created_deal}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
