package io.identamocrm.ident;

/** A column holds something else than its contract says. Carries no value and no cause: both could hold personal data. */
public final class UnreadableColumnException extends RuntimeException {

    private final String column;
    private final String expected;

    UnreadableColumnException(String column, String expected) {
        super(column + ": " + expected + " expected");
        this.column = column;
        this.expected = expected;
    }

    /** Alias of the column in {@code config/sql}. */
    public String column() {
        return column;
    }

    /** What it should hold. */
    public String expected() {
        return expected;
    }
}
