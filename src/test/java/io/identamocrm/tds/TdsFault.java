package io.identamocrm.tds;

/**
 * What becomes of a login or a statement instead of its answer.
 *
 * @param kind     when and how
 * @param number   of SQL Server's error; 0 if the line is cut or silent
 * @param severity SQL Server's class of the error: from 20 on it ends the session
 */
public record TdsFault(Kind kind, int number, int severity) {

    /** When and how. */
    public enum Kind {
        /** An error token instead of an answer. */
        ERROR,
        /** An error token after the first row, if there is one. */
        ERROR_AMONG_ROWS,
        /** The line is cut before any answer. */
        CUT,
        /** The line is cut after the first row, if there is one. */
        CUT_AMONG_ROWS,
        /** No answer ever; the line stays. */
        SILENCE
    }

    /** The first severity that ends the session. */
    static final int FATAL = 20;
    /** What a person's request can be refused with. */
    private static final int USUAL = 16;

    /** Such an error, with the severity that SQL Server gives it where that ends the session. */
    public static TdsFault error(int number) {
        return new TdsFault(Kind.ERROR, number, severity(number));
    }

    /** The same after the first row. */
    public static TdsFault errorAmongRows(int number) {
        return new TdsFault(Kind.ERROR_AMONG_ROWS, number, severity(number));
    }

    /** A fault of the line. */
    public static TdsFault of(Kind kind) {
        return new TdsFault(kind, 0, 0);
    }

    private static int severity(int number) {
        return switch (number) {
            case 596 -> 21;
            case 40613 -> FATAL;
            default -> USUAL;
        };
    }

    boolean isAmongRows() {
        return kind == Kind.ERROR_AMONG_ROWS || kind == Kind.CUT_AMONG_ROWS;
    }
}
