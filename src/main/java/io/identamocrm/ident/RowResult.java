package io.identamocrm.ident;

/** What became of one row of {@code receptions.sql} or {@code patients.sql}. */
public sealed interface RowResult permits ReadRow, UnreadableRow {}
