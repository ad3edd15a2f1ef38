-- Which receptions have changed: read by incremental runs where Receptions has a column RowVersion, else changed-receptions.sql is.
--
-- :#after        the row version up to which every change is on record
-- :#below        MIN_ACTIVE_ROWVERSION() when the run began (row-version.sql): what open transactions write is at or above it
-- :#since        clinic wall clock; changes of orders from that moment on, as these are told by times only
-- reception_id   Receptions.ID; never null, each id once
--
-- SQL Server counts RowVersion on with every write: no clock takes part, no two rows have the same, none is skipped.
-- The result may be long and is streamed; oldest visit first, so that earlier visits claim deals first.
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.ID IN (SELECT changed.ID
               FROM dbo.Receptions AS changed
               WHERE changed.RowVersion > CAST(:#after AS binary(8)) AND changed.RowVersion < CAST(:#below AS binary(8))
               UNION
               SELECT o.ID_Receptions
               FROM dbo.Orders AS o
               WHERE o.DateTimeAdded >= CAST(:#since AS datetime) OR o.DateTimeChanged >= CAST(:#since AS datetime)
-- optional OrderServiceRelation.DateTimeAdded OrderServiceRelation.DateTimeChanged
               UNION
               SELECT o.ID_Receptions
               FROM dbo.OrderServiceRelation AS line
               JOIN dbo.Orders AS o ON o.ID = line.ID_Orders
               WHERE line.DateTimeAdded >= CAST(:#since AS datetime) OR line.DateTimeChanged >= CAST(:#since AS datetime)
-- end
              )
ORDER BY r.PlanStart, r.ID
