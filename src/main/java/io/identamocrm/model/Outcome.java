package io.identamocrm.model;

import java.util.Locale;

/** What became of a reception in a run; every reception ends in exactly one of these. */
public enum Outcome implements Message {
    /** Contact and deal were created. */
    CREATED("создано"),
    /** The deal was created for a contact that was there. */
    CREATED_DEAL("создана сделка"),
    /** The deal, its contact or both were changed. */
    UPDATED("изменено"),
    /** amoCRM already held everything; nothing was sent. */
    UNCHANGED("без изменений"),
    /** Its deal stands in an excluded stage: finished business. */
    CLOSED("закрыто"),
    /** Cancelled or missed before it ever had a deal. */
    SKIPPED("пропущено"),
    /** Explained by a {@link Failure}, kept as a dead letter. */
    FAILED("не удалось");

    private final String russian;

    Outcome(String russian) {
        this.russian = russian;
    }

    @Override
    public String english() {
        return key();
    }

    @Override
    public String russian() {
        return russian;
    }

    /** The name in JSON, tables and metrics: {@code created_deal}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
