-- Which completed receptions one patient has: for the commands explain, which name what completed-receptions.sql has counted.
--
-- :#patient_id         an id of Patients (ID_Persons)
-- reception_id         Receptions.ID; the same receptions that completed-receptions.sql counts
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.ID_Patients = CAST(:#patient_id AS int)
  AND (r.ReceptionEnded IS NOT NULL OR r.CheckIssued IS NOT NULL)
  AND r.ReceptionCanceled IS NULL
  AND r.ID_ReceptionCancelReasons IS NULL
ORDER BY r.PlanStart, r.ID
