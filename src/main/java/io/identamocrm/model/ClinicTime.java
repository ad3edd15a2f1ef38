package io.identamocrm.model;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A moment as people of the clinic read it: by their own clock, to the second. */
public final class ClinicTime {

    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private ClinicTime() {}

    /** The moment in this zone. */
    public static String of(Instant at, ZoneId zone) {
        return TEXT.format(at.atZone(zone));
    }
}
