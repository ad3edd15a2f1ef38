package io.identamocrm.model;

import org.jspecify.annotations.Nullable;

/** Texts as amoCRM takes them. One character that it cannot read makes it refuse a whole batch, without saying which. */
public final class PlainText {

    private PlainText() {}

    /**
     * The text without halves of characters (a column cut in the middle of an emoji ends in one), with blanks in place of control
     * characters other than line breaks and tabs, trimmed, and cut between characters.
     *
     * @param text    any text, not null
     * @param longest how many chars it may have at most
     * @return null if nothing is left
     */
    public static @Nullable String of(String text, int longest) {
        String stripped = text.strip();
        String clean = needsCleaning(stripped) ? cleaned(stripped, longest) : stripped;
        if (clean.length() > longest) {
            clean = clean.substring(0, Character.isHighSurrogate(clean.charAt(longest - 1)) ? longest - 1 : longest)
                    .strip();
        }
        return clean.isEmpty() ? null : clean;
    }

    /** Few texts do. */
    private static boolean needsCleaning(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHalf(text.charAt(i)) || isUnreadable(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String cleaned(String text, int longest) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), longest));
        text.codePoints()
                .filter(point -> !isHalf(point))
                .map(point -> isUnreadable(point) ? ' ' : point)
                .forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }

    /** A surrogate, as a code point one without its other half. */
    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static boolean isUnreadable(int point) {
        return Character.isISOControl(point) && point != '\t' && point != '\n' && point != '\r';
    }
}
