package io.identamocrm.model;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the product speaks with people. Logs, JSON and metrics are English always. */
public enum Language {
    ENGLISH,
    RUSSIAN;

    /**
     * As the environment asks for it: the first of LC_ALL, LC_MESSAGES and LANG that is set decides, as everywhere on POSIX.
     *
     * @param variables of the process
     */
    public static Language of(Map<String, String> variables) {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> variables.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .map(Language::named)
                .orElse(ENGLISH);
    }

    /** Of a locale's name, such as {@code ru_RU.UTF-8}; English for all that are not Russian. */
    public static Language named(String locale) {
        return locale.strip().toLowerCase(Locale.ROOT).matches("ru([^a-z].*)?|russian.*") ? RUSSIAN : ENGLISH;
    }

    /** As {@code --lang} writes it. */
    public String code() {
        return this == RUSSIAN ? "ru" : "en";
    }
}
