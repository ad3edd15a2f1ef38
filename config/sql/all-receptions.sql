-- All receptions from a planned day on: read by full and deep runs.
--
-- :#planned_since   clinic wall clock; 1900-01-01 stands for everything
-- reception_id      Receptions.ID; never null, each id once
--
-- Rows without a planned start come too: they cannot be delivered, and a person has to hear of them.
-- The result is streamed; oldest visit first, so that earlier visits claim deals first.
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.PlanStart >= CAST(:#planned_since AS datetime)
   OR r.PlanStart IS NULL
ORDER BY r.PlanStart, r.ID
