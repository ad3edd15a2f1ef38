package io.identamocrm.cli;

import io.identamocrm.model.Language;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns of text: names to the left, figures beside them, right-aligned where there are several. */
final class TextTable {

    private static final String BETWEEN = "  ";
    /** A column that is narrower is worse to read than lines that a terminal breaks. */
    private static final int NARROWEST = 16;

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
        return within(Integer.MAX_VALUE, language);
    }

    /** The same in English in lines of so many characters. */
    String within(int columns) {
        return within(columns, Language.ENGLISH);
    }

    /** In lines of so many characters, as far as that can be had: the widest column goes on below itself, broken between words. */
    String within(int columns, Language language) {
        List<String[]> rows = cells.stream()
                .map(row -> Arrays.stream(row)
                        .map(cell -> cell instanceof Text text ? text.in(language) : String.valueOf(cell))
                        .toArray(String[]::new))
                .toList();
        int[] widths = new int[rows.stream().mapToInt(row -> row.length).max().orElse(0)];
        rows.forEach(row -> {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        });
        int widest = IntStream.range(0, widths.length)
                .boxed()
                .max(Comparator.comparingInt(i -> widths[i]))
                .orElse(0);
        int excess = IntStream.of(widths).sum() + widths.length * BETWEEN.length() - columns;
        if (excess <= 0 || widths[widest] - excess < NARROWEST) {
            return rows.stream().map(row -> line(row, widths, -1)).collect(Collectors.joining(System.lineSeparator()));
        }
        widths[widest] -= excess;
        return rows.stream()
                .flatMap(row -> broken(row, widest, widths[widest]).stream())
                .map(row -> line(row, widths, widest))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** The lines of a row one of whose columns may not be wider than this. */
    private static List<String[]> broken(String[] row, int column, int width) {
        if (column >= row.length || row[column].length() <= width) {
            return List.<String[]>of(row);
        }
        List<String[]> lines = new ArrayList<>();
        String rest = row[column];
        while (!rest.isEmpty()) {
            String[] line = lines.isEmpty() ? row.clone() : new String[row.length];
            int space = rest.lastIndexOf(' ', width);
            int end = rest.length() <= width ? rest.length() : space > 0 ? space : width;
            line[column] = rest.substring(0, end);
            rest = rest.substring(end).stripLeading();
            for (int i = 0; i < line.length; i++) {
                line[i] = line[i] == null ? "" : line[i];
            }
            lines.add(line);
        }
        return lines;
    }

    /** What was broken begins at the left. */
    private static String line(String[] row, int[] widths, int broken) {
        StringBuilder line = new StringBuilder(BETWEEN).append(row[0]).append(" ".repeat(widths[0] - row[0].length()));
        for (int i = 1; i < row.length; i++) {
            String space = " ".repeat(row.length > 2 ? widths[i] - row[i].length() : 0);
            line.append(BETWEEN).append(i == broken ? row[i] + space : space + row[i]);
        }
        return broken < 0 ? line.toString() : line.toString().stripTrailing();
    }
}
