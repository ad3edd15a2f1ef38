package io.identamocrm.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.Language;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of several that a person can choose.
 *
 * @param id   what is set if it is chosen; may be empty
 * @param name as it is shown
 */
record Option(String id, Text name) {

    /** Of a name that is the same in all languages. */
    Option(String id, String name) {
        this(id, Text.of(name));
    }

    /** Things of an account, by their numbers and names. */
    static List<Option> of(List<JsonNode> named) {
        List<Option> options = new ArrayList<>();
        named.forEach(one -> options.add(new Option(
                one.path("id").asText(), ForeignText.line(one.path("name").asText()))));
        return options;
    }

    /** The one that is meant by its place in the list, its number, its name or the beginning of the name; null if none is, or several. */
    static @Nullable Option meant(List<Option> options, String text) {
        if (text.matches("\\d{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= options.size()) {
            return options.get(Integer.parseInt(text) - 1);
        }
        List<Option> exact = options.stream()
                .filter(option -> !text.isEmpty() && (option.id.equals(text) || isNamed(option, text, false)))
                .toList();
        List<Option> near = exact.isEmpty()
                ? options.stream()
                        .filter(option -> !text.isEmpty() && isNamed(option, text, true))
                        .toList()
                : exact;
        return near.size() == 1 ? near.get(0) : null;
    }

    /** In any language: who reads one may type the other. */
    private static boolean isNamed(Option option, String text, boolean beginning) {
        return Stream.of(Language.values())
                .map(option.name::in)
                .anyMatch(name ->
                        beginning ? name.regionMatches(true, 0, text, 0, text.length()) : name.equalsIgnoreCase(text));
    }
}
