package io.identamocrm.model;

import java.util.Locale;

/** Writes that stop by themselves when far more of them are due than a clinic's days bring: a wrong or half-restored database shows so. */
public enum BrakeKind {

    /** New deals of a full run, though the account's deals carry reception ids. */
    CREATIONS("%d of %d receptions in the horizon would get a new deal", "full and deep runs make no new deals"),
    /** Deals that would be moved because IDENT no longer has their reception. */
    RECEPTIONS_GONE("%d of %d deals have a reception that IDENT no longer has", "these deals are not moved"),
    /** What follows from it that deals we delivered are no more: deals made again, or the reception left alone for good. */
    DEALS_GONE("%d of %d delivered deals were deleted or merged in amoCRM since the last full run", "nothing is made in their place"),
    /** Receptions that have another patient than the one they were last delivered for. */
    PATIENTS_CHANGED("%d of %d receptions have another patient than they were delivered for", "full and deep runs leave their deals alone"),
    /** New deals of a full run from a database that is not the one of the runs before, or went back in time. */
    OTHER_DATABASE("%d of %d receptions would get a new deal from a database that is another than before, or was restored",
            "full and deep runs make no new deals");

    private final String seen;
    private final String effect;

    BrakeKind(String seen, String effect) {
        this.seen = seen;
        this.effect = effect;
    }

    /** The name in commands, keys and JSON: {@code receptions-gone}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What was seen, in words.
     *
     * @param affected as many would be written
     * @param total    of so many
     */
    public String seen(int affected, int total) {
        return String.format(Locale.ROOT, seen, affected, total);
    }

    /** What does not happen while it is pulled, in words. */
    public String effect() {
        return effect;
    }

    @Override
    public String toString() {
        return key();
    }
}
