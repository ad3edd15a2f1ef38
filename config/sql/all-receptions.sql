-- All receptions from a planned day on: read by full and deep runs.
--
-- :#planned_since   clinic wall clock; 1900-01-01 stands for everything, visits planned before it included
-- reception_id      Receptions.ID; never null, each id once
-- plan_start        Receptions.PlanStart; null if there is none: a run that broke off is gone on with after it
-- patient_id        Receptions.ID_Patients; where it is missing nobody notices that receptions have come to have other patients
--
-- Rows without a planned start come too: they cannot be delivered, and a person has to hear of them.
-- The result is streamed; oldest visit first, so that earlier visits claim deals first. The order must stay what it is (planned start,
-- those without one first, then id): a run is gone on with behind the last row of it that is done.
SELECT r.ID AS reception_id, r.PlanStart AS plan_start, r.ID_Patients AS patient_id
FROM dbo.Receptions AS r
WHERE CAST(:#planned_since AS datetime) <= CAST(N'19000101' AS datetime)
   OR r.PlanStart >= CAST(:#planned_since AS datetime)
   OR r.PlanStart IS NULL
ORDER BY r.PlanStart, r.ID
