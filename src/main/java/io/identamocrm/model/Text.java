package io.identamocrm.model;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told to people: rendered as late as it is shown, in the language of whoever reads it. As a string it is English. */
public interface Text {

    /** In this language, without a line end. */
    String in(Language language);

    /** In English, as logs and JSON have it. */
    default String english() {
        return in(Language.ENGLISH);
    }

    /** The same in all languages: a name, a number, the words of another program. */
    static Text of(String same) {
        return new Phrase(language -> same);
    }

    /** The same, or null of null. */
    static @Nullable Text ofNullable(@Nullable String same) {
        return same == null ? null : of(same);
    }

    /** Several, one after the other. */
    static Text joined(Text separator, List<? extends Text> parts) {
        List<Text> all = List.copyOf(parts);
        return new Phrase(language ->
                all.stream().map(part -> part.in(language)).collect(Collectors.joining(separator.in(language))));
    }

    /** Several, one after the other. */
    static Text joined(String separator, Text... parts) {
        return joined(of(separator), List.of(parts));
    }

    /** Several, with commas. */
    static Text list(List<? extends Text> parts) {
        return joined(of(", "), parts);
    }
}
