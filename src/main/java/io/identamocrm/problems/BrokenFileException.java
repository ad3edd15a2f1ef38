package io.identamocrm.problems;

/** A file of {@code routes/} or {@code config/} that cannot be used; the message names file, line and reason. */
public final class BrokenFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names file, line and reason. */
    public BrokenFileException(String message) {
        super(message);
    }
}
