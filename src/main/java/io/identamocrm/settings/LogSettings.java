package io.identamocrm.settings;

import java.util.Locale;
import java.util.Set;

/** What the settings of the log may be. Known before there is a log and without the other settings: a help text waits for none. */
public final class LogSettings {

    private static final Set<String> LEVELS = Set.of("OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");
    private static final Set<String> FORMS = Set.of("text", "json");

    private LogSettings() {}

    /** Whether a word is a level of the log, in whatever letters. */
    public static boolean isLevel(String word) {
        return LEVELS.contains(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a word is a form of the log. */
    public static boolean isForm(String word) {
        return FORMS.contains(word);
    }
}
