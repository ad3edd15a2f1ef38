package io.identamocrm.cli;

import io.identamocrm.model.Language;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Columns of text: names to the left, figures beside them, right-aligned where there are several. */
final class TextTable {

    private final List<Object[]> cells = new ArrayList<>();

    TextTable row(Object name, Object... figures) {
        Object[] row = new Object[figures.length + 1];
        row[0] = name;
        System.arraycopy(figures, 0, row, 1, figures.length);
        cells.add(row);
        return this;
    }

    @Override
    public String toString() {
        return in(Language.ENGLISH);
    }

    /** With its texts in this language. */
    String in(Language language) {
        List<String[]> rows = cells.stream().map(row -> Arrays.stream(row)
                .map(cell -> cell instanceof Text text ? text.in(language) : String.valueOf(cell)).toArray(String[]::new)).toList();
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
