package io.identamocrm.cli;

import java.util.ArrayList;
import java.util.List;

/** Two columns of text: names to the left, figures to the right of them. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();

    TextTable row(String name, Object figure) {
        rows.add(new String[] {name, String.valueOf(figure)});
        return this;
    }

    @Override
    public String toString() {
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(text.isEmpty() ? "" : System.lineSeparator())
                .append("  ").append(row[0]).append(" ".repeat(width - row[0].length() + 2)).append(row[1]));
        return text.toString();
    }
}
