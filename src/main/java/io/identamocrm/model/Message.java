package io.identamocrm.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * Something that the product says, in all its languages beside each other: the constants of one enum for each package. Places for values
 * are written as {@link java.util.Formatter} does: {@code %s}, or where the order differs {@code %1$s}.
 */
public interface Message extends Text {

    /** In Russian, with its places. */
    String russian();

    /** In English, with its places. */
    @Override
    String english();

    @Override
    default String in(Language language) {
        return language == Language.RUSSIAN ? russian() : english();
    }

    /**
     * With values in their places.
     *
     * @param values texts, which are rendered in the same language, or anything else, which is written as it is
     */
    default Text with(Object... values) {
        return new Phrase(language -> String.format(
                Locale.ROOT,
                in(language),
                Arrays.stream(values)
                        .map(value -> value instanceof Text text ? text.in(language) : value)
                        .toArray()));
    }
}
