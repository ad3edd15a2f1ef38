package io.identamocrm.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Standard output, on which tables fit. */
final class Screen extends PrintWriter {

    private final Environment environment;
    private int columns;

    /** What this environment's person or program reads. */
    Screen(Environment environment, OutputStream out) {
        super(out, true, StandardCharsets.UTF_8);
        this.environment = environment;
    }

    @Override
    public void println(Object shown) {
        super.println(shown instanceof TextTable table ? table.within(columns()) : shown);
    }

    /** Asked once, and only for a table: to open a terminal takes its time. */
    private int columns() {
        if (columns == 0) {
            columns = environment.columns();
        }
        return columns;
    }
}
