package io.identamocrm.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What happened in a world, line by line: ids only. Equal for two plays of one seed. */
final class Story {

    private final LongSupplier nanos;
    private final List<String> lines = new ArrayList<>();
    private int events;

    Story(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Something that a process did. */
    void tell(String line) {
        Duration now = Duration.ofNanos(nanos.getAsLong());
        lines.add(String.format("%02d:%02d:%02d.%03d  %s", now.toHours(), now.toMinutesPart(), now.toSecondsPart(), now.toMillisPart(), line));
    }

    /** Something that befell it. */
    void event(int step, String line) {
        tell("#" + ++events + " (step " + step + ") " + line);
    }

    List<String> lines() {
        return lines;
    }
}
