-- The rows of the visits that receptions belong to: read once for each chunk, and again for rows that are new in the answer, until a
-- visit's rows are all known. A row that was moved names the one that it was moved from.
--
-- :#in:reception_ids   1 to 250 ids of Receptions; never an empty list; the last may be repeated
-- Answers the rows asked for that there are, and those that were moved from one of them.
--
-- reception_id         number      never null
-- transferred_from_id  number      the earlier reception this one was moved from
-- patient_id           number      may be null
-- branch_id            number      the branch of the chair
-- plan_end, appeared_at, started_at, ended_at, check_issued_at, canceled_at, cancel_reason_id   as in receptions.sql
SELECT r.ID AS reception_id,
       r.ID_ReceptionsTransferFrom AS transferred_from_id,
       r.ID_Patients AS patient_id,
       chair.ID_OwnCompanies AS branch_id,
       r.PlanEnd AS plan_end,
       r.PatientAppeared AS appeared_at,
       r.ReceptionStarted AS started_at,
       r.ReceptionEnded AS ended_at,
       r.CheckIssued AS check_issued_at,
       r.ReceptionCanceled AS canceled_at,
       r.ID_ReceptionCancelReasons AS cancel_reason_id
FROM dbo.Receptions AS r
LEFT JOIN dbo.Armchairs AS chair ON chair.ID = r.ID_Armchairs
WHERE r.ID IN (SELECT asked.ID
               FROM dbo.Receptions AS asked
               WHERE asked.ID IN (:#in:reception_ids)
               UNION
               SELECT moved.ID
               FROM dbo.Receptions AS moved
               WHERE moved.ID_ReceptionsTransferFrom IN (:#in:reception_ids))
ORDER BY r.ID
