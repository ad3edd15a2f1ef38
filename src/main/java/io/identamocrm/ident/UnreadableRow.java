package io.identamocrm.ident;

import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row that does not keep the contract of {@code config/sql}. It names the column and what was expected there, never what stood there.
 *
 * @param id       the reception or patient, or null when the id itself is the unreadable column
 * @param column   alias of the column
 * @param expected what the column should hold: {@code date and time}
 */
public record UnreadableRow(@Nullable Long id, String column, String expected) implements RowResult {

    public UnreadableRow {
        Objects.requireNonNull(column);
        Objects.requireNonNull(expected);
    }

    /** The failure as it is kept and shown: {@code ROW_UNREADABLE} with {@code canceled_at: date and time expected}. */
    public Failure failure() {
        return new Failure(FailureCode.ROW_UNREADABLE, column + ": " + expected + " expected");
    }
}
