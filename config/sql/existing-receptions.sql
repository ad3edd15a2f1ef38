-- Which of these receptions are still there: asked by the reconciliation about receptions that deals name.
--
-- :#in:reception_ids   1 to 250 ids; never an empty list; the last may be repeated
-- reception_id         Receptions.ID
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.ID IN (:#in:reception_ids)
