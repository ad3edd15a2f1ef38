package io.identamocrm.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of the optional deal field {@code sync_state}: status, pipeline of the funnel and the stage that we set, so that losing Redis
 * loses none of these. {@code arrived 4400 555001}; a dash stands for nothing, {@code withheld} follows where a stage was not set, and
 * {@code 4500/143} is a stage in another pipeline than the funnel's.
 */
public final class SyncState {

    private static final String NOTHING = "-";
    private static final String WITHHELD = "withheld";
    private static final String IN = "/";
    private static final int PARTS = 3;

    private SyncState() {}

    /** The text for what is delivered with it. */
    public static String of(Delivered delivered) {
        String in = delivered.stageIn() == null ? "" : delivered.stageIn() + IN;
        return delivered.status().name().toLowerCase(Locale.ROOT) + " " + text(delivered.pipeline()) + " " + in
                + text(delivered.stage()) + (delivered.withheld() ? " " + WITHHELD : "");
    }

    /** What a deal says of itself; null if it says nothing that we have written. */
    public static @Nullable Delivered read(Deal deal) {
        String[] parts = deal.syncState() == null
                ? new String[0]
                : deal.syncState().strip().split(" ");
        if (parts.length < PARTS) {
            return null;
        }
        try {
            int slash = parts[2].indexOf(IN);
            return new Delivered(
                    deal.id(),
                    Status.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                    number(parts[1]),
                    number(parts[2].substring(slash + 1)),
                    slash < 0 ? null : number(parts[2].substring(0, slash)),
                    parts.length > PARTS,
                    null,
                    null,
                    false,
                    null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(@Nullable Long number) {
        return number == null ? NOTHING : number.toString();
    }

    private static @Nullable Long number(String text) {
        return text.equals(NOTHING) ? null : Long.valueOf(text);
    }
}
