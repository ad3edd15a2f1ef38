package io.identamocrm.clinic;

import io.identamocrm.model.Funnel;
import io.identamocrm.model.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/**
 * What the rules say about a reception, found by SQL that shares nothing with the product's.
 *
 * @param id          {@code Receptions.ID}
 * @param patient     {@code Patients.ID_Persons}, or null if there is none
 * @param deliverable it has a patient and a planned start
 * @param status      by the first of the facts that holds
 * @param completed   the patient's other completed receptions, of a completed one those before it; 1 for several, 0 without a patient
 */
public record ExpectedReception(long id, Long patient, boolean deliverable, Status status, int completed) {

    private static final LocalDateTime NEVER = LocalDateTime.of(1753, 1, 1, 0, 0);

    private static final String SQL = """
            SELECT r.ID,
                   (SELECT MAX(k.ID_Persons) FROM dbo.Patients k WHERE k.ID_Persons = r.ID_Patients) AS Patient,
                   CASE WHEN r.PlanStart IS NULL THEN 0 ELSE 1 END AS Planned,
                   CASE WHEN r.ReceptionCanceled IS NOT NULL OR r.ID_ReceptionCancelReasons IS NOT NULL THEN 'CANCELLED'
                        WHEN COALESCE(r.CheckIssued, r.ReceptionEnded) IS NOT NULL THEN 'COMPLETED'
                        WHEN COALESCE(r.ReceptionStarted, r.PatientAppeared) IS NOT NULL THEN 'ARRIVED'
                        WHEN r.PlanEnd < ? THEN 'NO_SHOW'
                        ELSE 'SCHEDULED' END AS Status,
                   SUM(r.Done) OVER (PARTITION BY r.ID_Patients) AS AllDone,
                   r.Done,
                   SUM(r.Done) OVER (PARTITION BY r.ID_Patients ORDER BY r.PlanStart, r.ID ROWS UNBOUNDED PRECEDING) AS DoneSoFar
            FROM (SELECT reception.*,
                         CASE WHEN COALESCE(CheckIssued, ReceptionEnded) IS NOT NULL
                               AND COALESCE(ID_ReceptionCancelReasons, 0) = 0 AND ReceptionCanceled IS NULL THEN 1 ELSE 0 END AS Done
                  FROM dbo.Receptions reception) r
            ORDER BY r.PlanStart, r.ID
            """;

    static List<ExpectedReception> all(ClinicDatabase database, LocalDateTime now, Duration grace) {
        return database.list(ExpectedReception::of, SQL, grace.isZero() ? NEVER : now.minus(grace));
    }

    private static ExpectedReception of(ResultSet row) throws SQLException {
        long patient = row.getLong("Patient");
        boolean none = row.wasNull();
        return new ExpectedReception(
                row.getLong("ID"),
                none ? null : patient,
                !none && row.getInt("Planned") == 1,
                Status.valueOf(row.getString("Status")),
                none ? 0 : Math.min(1, row.getInt("Done") == 1 ? row.getInt("DoneSoFar") - 1 : row.getInt("AllDone")));
    }

    /** The pipeline that its deal belongs into; null without a patient. */
    public Funnel funnel() {
        return patient == null ? null : completed == 0 ? Funnel.PRIMARY : Funnel.SECONDARY;
    }

    /** In an empty account this reception, and only such a one, gets a deal. */
    public boolean opensDeal() {
        return deliverable && !status.isOff();
    }
}
