-- The branch of each patient's latest planned visit, through its chair: patients have no branch of their own.
--
-- :#in:patient_ids   1 to 250 ids of Patients (ID_Persons); never an empty list; the last may be repeated
--
-- patient_id    number   never null, each id at most once; a patient without visits has no row
-- branch_name   text     or null
SELECT latest.ID_Patients AS patient_id,
       COALESCE(NULLIF(LTRIM(RTRIM(branch.BranchName)), N''), branch.Name) AS branch_name
FROM (SELECT r.ID_Patients, r.ID_Armchairs,
             ROW_NUMBER() OVER (PARTITION BY r.ID_Patients ORDER BY r.PlanStart DESC, r.ID DESC) AS place
      FROM dbo.Receptions AS r
      WHERE r.ID_Patients IN (:#in:patient_ids)
        AND r.ReceptionCanceled IS NULL
        AND r.ID_ReceptionCancelReasons IS NULL) AS latest
JOIN dbo.Armchairs AS chair ON chair.ID = latest.ID_Armchairs
JOIN dbo.OwnCompanies AS branch ON branch.ID = chair.ID_OwnCompanies
WHERE latest.place = 1
