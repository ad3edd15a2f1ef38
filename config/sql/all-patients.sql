-- All patients, or those with a visit planned from a day on: read by full and deep runs.
--
-- :#planned_since   clinic wall clock; 1900-01-01 stands for everything, patients without visits included
-- patient_id        Patients.ID_Persons; never null, each id once
SELECT p.ID_Persons AS patient_id
FROM dbo.Patients AS p
WHERE CAST(:#planned_since AS datetime) <= CAST(N'19000101' AS datetime)
   OR EXISTS (SELECT 1 FROM dbo.Receptions AS r
              WHERE r.ID_Patients = p.ID_Persons AND r.PlanStart >= CAST(:#planned_since AS datetime))
ORDER BY p.ID_Persons
