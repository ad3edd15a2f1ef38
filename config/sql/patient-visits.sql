-- The visits of patients, counted: one row for EVERY patient asked for that exists.
--
-- :#in:patient_ids   1 to 250 ids of Patients (ID_Persons); never an empty list; the last may be repeated
--
-- patient_id     number      never null
-- total_visits   number      visits the patient came to
-- completed      number      of these: treatment ended or bill issued, as in receptions.sql
-- appointments   number      visits to come
-- last_visit     date, time  start of the last visit the patient came to, or null
--
-- Cancelled visits count for nothing. The conditions stand in the ON clause: in the WHERE clause they would lose patients without any.
SELECT p.ID_Persons AS patient_id,
       COUNT(CASE WHEN COALESCE(r.PatientAppeared, r.ReceptionStarted, r.ReceptionEnded) IS NOT NULL OR r.CheckIssued IS NOT NULL
                  THEN r.ID END) AS total_visits,
       COUNT(CASE WHEN r.ReceptionEnded IS NOT NULL OR r.CheckIssued IS NOT NULL THEN r.ID END) AS completed,
       COUNT(CASE WHEN COALESCE(r.PatientAppeared, r.ReceptionStarted, r.ReceptionEnded) IS NULL AND r.CheckIssued IS NULL
                   AND r.PlanStart >= CURRENT_TIMESTAMP THEN r.ID END) AS appointments,
       MAX(CASE WHEN COALESCE(r.PatientAppeared, r.ReceptionStarted, r.ReceptionEnded) IS NOT NULL OR r.CheckIssued IS NOT NULL
                THEN r.PlanStart END) AS last_visit
FROM dbo.Patients AS p
LEFT JOIN dbo.Receptions AS r
       ON r.ID_Patients = p.ID_Persons
      AND r.ReceptionCanceled IS NULL
      AND r.ID_ReceptionCancelReasons IS NULL
WHERE p.ID_Persons IN (:#in:patient_ids)
GROUP BY p.ID_Persons
