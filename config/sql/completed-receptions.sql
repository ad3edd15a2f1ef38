-- How many completed receptions patients have: decides between the primary and the secondary funnel.
--
-- :#in:patient_ids   1 to 250 ids of Patients (ID_Persons); never an empty list
--
-- patient_id   number   never null; one row for EVERY patient asked for that exists
-- completed    number   0 or more; a patient without a row counts as unreadable, never as 0, and the reception fails
--
-- Completed: treatment ended or bill issued, and not cancelled, neither by time nor by reason.
-- The conditions stand in the ON clause: in the WHERE clause they would lose the patients that have none.
SELECT p.ID_Persons AS patient_id,
       COUNT(r.ID) AS completed
FROM dbo.Patients AS p
LEFT JOIN dbo.Receptions AS r
       ON r.ID_Patients = p.ID_Persons
      AND (r.ReceptionEnded IS NOT NULL OR r.CheckIssued IS NOT NULL)
      AND r.ReceptionCanceled IS NULL
      AND r.ID_ReceptionCancelReasons IS NULL
WHERE p.ID_Persons IN (:#in:patient_ids)
GROUP BY p.ID_Persons
