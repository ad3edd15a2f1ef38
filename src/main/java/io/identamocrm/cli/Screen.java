package io.identamocrm.cli;

import io.identamocrm.model.Text;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Standard output or standard error, in the language of whoever reads it; tables fit on it. */
final class Screen extends PrintWriter {

    private final Environment environment;
    private int columns;

    /** What this environment's person or program reads. */
    Screen(Environment environment, OutputStream out) {
        super(out, true, StandardCharsets.UTF_8);
        this.environment = environment;
    }

    /** A text as the reader of this writer has it; in English where nobody knows who reads. */
    static String told(PrintWriter writer, Text text) {
        return writer instanceof Screen screen ? text.in(screen.environment.language()) : text.english();
    }

    @Override
    public void println(Object shown) {
        super.println(
                shown instanceof Text text
                        ? text.in(environment.language())
                        : shown instanceof TextTable table ? table.within(columns(), environment.language()) : shown);
    }

    @Override
    public void print(Object shown) {
        super.print(shown instanceof Text text ? text.in(environment.language()) : shown);
    }

    /** Asked once, and only for a table: to open a terminal takes its time. */
    private int columns() {
        if (columns == 0) {
            columns = environment.columns();
        }
        return columns;
    }
}
