-- Which receptions have changed, by row version: read by incremental runs where row-version-column.sql finds the column.
--
-- :#from_version    binary(8); active_version of the last finished run: that row version itself was not read yet
-- :#below_version   binary(8); active_version of this run
-- :#since           clinic wall clock, as in changed-receptions.sql
-- reception_id      Receptions.ID; never null, each id once
--
-- The row version moves with every write of a reception, whatever the server's clock shows. A changed bill does not touch its
-- reception, so the orders and their lines are asked as well, and these by the times that IDENT marks.
-- A build without one of these columns: delete its line.
-- The result may be long and is streamed; oldest visit first, so that earlier visits claim deals first.
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.ID IN (
    SELECT changed.ID
    FROM dbo.Receptions AS changed
    WHERE changed.RowVersion >= CAST(:#from_version AS binary(8))
      AND changed.RowVersion < CAST(:#below_version AS binary(8))
    UNION
    SELECT o.ID_Receptions
    FROM dbo.Orders AS o
    WHERE o.DateTimeAdded >= CAST(:#since AS datetime)
       OR o.DateTimeChanged >= CAST(:#since AS datetime)
    UNION
    SELECT billed.ID_Receptions
    FROM dbo.OrderServiceRelation AS line
    JOIN dbo.Orders AS billed ON billed.ID = line.ID_Orders
    WHERE line.DateTimeAdded >= CAST(:#since AS datetime)
       OR line.DateTimeChanged >= CAST(:#since AS datetime))
ORDER BY r.PlanStart, r.ID
