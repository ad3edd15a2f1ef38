package io.identamocrm.model;

import java.util.Locale;

/** Writes that stop by themselves when far more of them are due than a clinic's days bring: a wrong or half-restored database shows so. */
public enum BrakeKind {

    /** New deals of a full run, though the account's deals carry reception ids. */
    CREATIONS("%d of %d receptions in the horizon would get a new deal", "full and deep runs make no new deals"),
    /** Deals that would be moved because IDENT no longer has their reception. */
    RECEPTIONS_GONE("%d of %d deals have a reception that IDENT no longer has", "these deals are not moved");

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
