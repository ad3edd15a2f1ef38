package io.identamocrm.ident;

/** What became of one row of {@code receptions.sql}. */
public sealed interface RowResult permits ReadReception, UnreadableReception {
}
