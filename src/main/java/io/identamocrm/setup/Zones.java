package io.identamocrm.setup;

import java.time.ZoneId;

/** The clinic's zone. */
final class Zones {

    private Zones() {}

    /** What to propose: the machine's, if it is set to a place and not to an offset; else the usual one. */
    static String usual(String otherwise) {
        String machine = ZoneId.systemDefault().getId();
        return machine.matches("(Europe|Asia)/\\w+") ? machine : otherwise;
    }

    /** Says so if it is not. */
    static boolean isKnown(String zone, Dialogue dialogue) {
        boolean known = ZoneId.getAvailableZoneIds().contains(zone);
        if (!known) {
            dialogue.say(SetupText.ZONE_WRONG.with());
        }
        return known;
    }
}
