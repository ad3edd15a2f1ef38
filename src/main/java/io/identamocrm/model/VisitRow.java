package io.identamocrm.model;

import org.jspecify.annotations.Nullable;

/**
 * A row of IDENT's that is part of a visit: one that was moved from another row, or to one.
 *
 * @param id         {@code Receptions.ID}
 * @param from       the row that it was moved from, or null
 * @param patient    its patient, or null
 * @param branch     the clinic's branch, or null
 * @param attendance null if IDENT no longer has the row
 */
public record VisitRow(
        long id,
        @Nullable Long from,
        @Nullable Long patient,
        @Nullable Long branch,
        @Nullable Attendance attendance) {

    /** One that IDENT no longer has. */
    public static VisitRow gone(long id) {
        return new VisitRow(id, null, null, null, null);
    }

    /** True if IDENT no longer has it. */
    public boolean isGone() {
        return attendance == null;
    }
}
