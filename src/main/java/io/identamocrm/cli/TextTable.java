package io.identamocrm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Columns of text: names to the left, figures beside them, right-aligned where there are several. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();

    TextTable row(String name, Object... figures) {
        String[] row = new String[figures.length + 1];
        row[0] = name;
        for (int i = 0; i < figures.length; i++) {
            row[i + 1] = String.valueOf(figures[i]);
        }
        rows.add(row);
        return this;
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.stream().mapToInt(row -> row.length).max().orElse(0)];
        rows.forEach(row -> {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder("  ").append(row[0]).append(" ".repeat(widths[0] - row[0].length()));
        for (int i = 1; i < row.length; i++) {
            line.append("  ").append(" ".repeat(row.length > 2 ? widths[i] - row[i].length() : 0)).append(row[i]);
        }
        return line.toString();
    }
}
