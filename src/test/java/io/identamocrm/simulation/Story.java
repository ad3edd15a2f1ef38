package io.identamocrm.simulation;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What happened in a world, line by line: ids only. Equal for two plays of one seed. */
final class Story {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final LongSupplier nanos;
    private final List<String> lines = new ArrayList<>();
    private int events;

    Story(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Something that a process did. */
    void tell(String line) {
        lines.add(LocalTime.MIN.plusNanos(nanos.getAsLong()).format(TIME) + "  " + line);
    }

    /** Something that befell it. */
    void event(int step, String line) {
        tell("#" + ++events + " (step " + step + ") " + line);
    }

    List<String> lines() {
        return lines;
    }
}
