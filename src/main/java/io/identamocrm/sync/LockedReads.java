package io.identamocrm.sync;

import io.identamocrm.ident.LockedRows;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;

/** What becomes of a statement that met rows which somebody in IDENT keeps locked. */
public final class LockedReads {

    /**
     * True if it is asked again: in a long run, which would have to begin anew. A short one leaves it to the next.
     *
     * @param background true in long runs; null outside of runs
     */
    public boolean areTriedAgain(
            @ExchangeProperty("background") @Nullable Boolean background,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure) {
        return Boolean.TRUE.equals(background) && LockedRows.caused(failure);
    }
}
