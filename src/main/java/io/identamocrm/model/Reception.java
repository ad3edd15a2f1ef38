package io.identamocrm.model;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One planned or held visit, with what belongs to it. All times are the clinic's wall clock, as IDENT stores them.
 *
 * @param id              {@code Receptions.ID}
 * @param patient         null when the row names none or the patient's row is missing
 * @param planStart       null in broken rows
 * @param planEnd         or null
 * @param appearedAt      arrival, or null
 * @param startedAt       start of treatment, or null
 * @param endedAt         end of treatment, or null
 * @param checkIssued     the bill was issued
 * @param cancelled       cancelled by time or by reason
 * @param transferredFrom the earlier reception this one was moved from, or null
 * @param doctor          full name of the doctor, or null
 * @param branchId        {@code OwnCompanies.ID} of the clinic's branch (through the chair), or null
 * @param branch          name of the clinic's branch (through the chair), or null
 * @param services        distinct names of the services, in IDENT's order; empty if none
 * @param cost            sum of the services' lines, or null when there are none; 0 without services = the whole bill was returned
 * @param completedBefore true if the patient has another completed reception, an earlier one where this one is completed itself; null =
 *                        could not be read
 * @param visit           all rows of the visit that it is one of, itself included; empty where nothing was moved
 * @param changedAt       the latest of the row's change times, or null
 */
public record Reception(
        long id,
        @Nullable Patient patient,
        @Nullable LocalDateTime planStart,
        @Nullable LocalDateTime planEnd,
        @Nullable LocalDateTime appearedAt,
        @Nullable LocalDateTime startedAt,
        @Nullable LocalDateTime endedAt,
        boolean checkIssued,
        boolean cancelled,
        @Nullable Long transferredFrom,
        @Nullable String doctor,
        @Nullable Long branchId,
        @Nullable String branch,
        List<String> services,
        @Nullable BigDecimal cost,
        @Nullable Boolean completedBefore,
        List<VisitRow> visit,
        @Nullable LocalDateTime changedAt)
        implements SyncItem {

    public Reception {
        services = List.copyOf(services);
        visit = List.copyOf(visit);
    }

    /**
     * Whether the patient has another completed reception, where the facts have been checked.
     *
     * @throws IllegalStateException if that could not be read
     */
    public boolean knownCompletedBefore() {
        if (completedBefore == null) {
            throw new IllegalStateException(this + " lacks the count of completed ones");
        }
        return completedBefore;
    }

    /** What its status follows from. */
    public Attendance attendance() {
        return new Attendance(
                cancelled, checkIssued || endedAt != null, startedAt != null || appearedAt != null, planEnd);
    }

    @Override
    public String toString() {
        return "Reception[" + id + (patient == null ? "" : ", patient " + patient.id()) + "]";
    }
}
