package io.identamocrm.model;

/**
 * A row of IDENT's that is part of a visit: one that was moved from another row, or to one.
 *
 * @param id         {@code Receptions.ID}
 * @param from       the row that it was moved from, or null
 * @param patient    its patient, or null
 * @param branch     the clinic's branch, or null
 * @param attendance null if IDENT no longer has the row
 */
public record VisitRow(long id, Long from, Long patient, Long branch, Attendance attendance) {

    /** One that IDENT no longer has. */
    public static VisitRow gone(long id) {
        return new VisitRow(id, null, null, null, null);
    }

    /** True if IDENT no longer has it. */
    public boolean isGone() {
        return attendance == null;
    }
}
