package io.identamocrm.model;

import org.jspecify.annotations.Nullable;

/**
 * Text that somebody else has written, such as a title or a reason of amoCRM's, on its way into a message: one line, without characters
 * that steer a terminal or turn the reading order around, and no longer than a message can bear.
 */
public final class ForeignText {

    private static final int MOST = 300;
    private static final String STEERING = "[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]+";

    private ForeignText() {}

    /** The text as it may stand in a message; empty for null. */
    public static String line(@Nullable String text) {
        String line = text == null ? "" : text.replaceAll(STEERING, " ").strip();
        return line.length() <= MOST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, MOST))) + "…";
    }
}
