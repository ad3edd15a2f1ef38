package io.identamocrm.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A query string in PHP's bracket notation, brackets percent-encoded or not. Names and values in order, decoded. */
record QueryParameters(List<Map.Entry<String, String>> all) {

    static QueryParameters parse(String raw) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (raw != null) {
            for (String part : raw.split("&")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parameters.add(Map.entry(decode(part.substring(0, equals)), decode(part.substring(equals + 1))));
                }
            }
        }
        return new QueryParameters(List.copyOf(parameters));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A positive number, or {@code otherwise} if the parameter is absent or none. */
    int number(String name, int otherwise) {
        return all.stream()
                .filter(parameter ->
                        name.equals(parameter.getKey()) && parameter.getValue().matches("[1-9]\\d{0,8}"))
                .mapToInt(parameter -> Integer.parseInt(parameter.getValue()))
                .findFirst()
                .orElse(otherwise);
    }

    /** The first value of a parameter with exactly this name, or null. */
    String first(String name) {
        return all.stream()
                .filter(parameter -> name.equals(parameter.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** A time or amount, if the parameter is there and a number. */
    OptionalLong bound(String name) {
        String value = first(name);
        return value != null && value.matches("-?\\d{1,15}")
                ? OptionalLong.of(Long.parseLong(value))
                : OptionalLong.empty();
    }

    /** All values of {@code name}, {@code name[]} and {@code name[0]}, {@code name[1]} … */
    Set<String> values(String name) {
        Pattern key = Pattern.compile(Pattern.quote(name) + "(\\[\\d*])?");
        return all.stream()
                .filter(parameter -> key.matcher(parameter.getKey()).matches())
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    /** True if {@code with=…,what,…} asks for it. */
    boolean with(String what) {
        return all.stream()
                .anyMatch(parameter -> "with".equals(parameter.getKey())
                        && List.of(parameter.getValue().split(",")).contains(what));
    }

    @Override
    public String toString() {
        return all.isEmpty()
                ? null
                : all.stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&"));
    }
}
