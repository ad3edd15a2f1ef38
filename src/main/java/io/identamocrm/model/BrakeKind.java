package io.identamocrm.model;

import java.util.Locale;

/** Writes that stop by themselves when far more of them are due than a clinic's days bring: a wrong or half-restored database shows so. */
public enum BrakeKind {

    /** New deals of a full run, though the account's deals carry reception ids. */
    CREATIONS(
            "%s of %s receptions in the horizon would get a new deal",
            "новую сделку получили бы %s из %s приёмов",
            "full and deep runs make no new deals",
            "полные и глубокие прогоны не создают новых сделок"),
    /** Deals that would be moved because IDENT no longer has their reception. */
    RECEPTIONS_GONE(
            "%s of %s deals have a reception that IDENT no longer has",
            "приёма, который был бы у сделки, в IDENT больше нет: %s из %s сделок",
            "these deals are not moved",
            "эти сделки не перемещаются"),
    /** What follows from it that deals we delivered are no more: deals made again, or the reception left alone for good. */
    DEALS_GONE(
            "%s of %s delivered deals were deleted or merged in amoCRM since the last full run",
            "доставленные сделки удалены или объединены в amoCRM с последнего полного прогона: %s из %s",
            "nothing is made in their place",
            "взамен ничего не создаётся"),
    /** Receptions that have another patient than the one they were last delivered for. */
    PATIENTS_CHANGED(
            "%s of %s receptions have another patient than they were delivered for",
            "другой пациент, чем при доставке, стоит в %s из %s приёмов",
            "full and deep runs leave their deals alone",
            "полные и глубокие прогоны не трогают их сделки"),
    /** New deals of a full run from a database that is not the one of the runs before, or went back in time. */
    OTHER_DATABASE(
            "%s of %s receptions would get a new deal from a database that is another than before, or was restored",
            "новую сделку получили бы %s из %s приёмов из базы, которая не та, что раньше, или была восстановлена",
            "full and deep runs make no new deals",
            "полные и глубокие прогоны не создают новых сделок");

    private final Message seen;
    private final Message effect;

    BrakeKind(String seen, String russianSeen, String effect, String russianEffect) {
        this.seen = new Bilingual(seen, russianSeen);
        this.effect = new Bilingual(effect, russianEffect);
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
    public Text seen(int affected, int total) {
        return seen.with(affected, total);
    }

    /** What does not happen while it is pulled, in words. */
    public Message effect() {
        return effect;
    }

    /** What was seen, with its places. */
    Message pattern() {
        return seen;
    }

    @Override
    public String toString() {
        return key();
    }
}
