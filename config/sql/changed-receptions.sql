-- Which receptions have changed, by the times that IDENT marks: read by runs since a given time, and by incremental runs where
-- row-version-column.sql finds no row version.
--
-- :#since        clinic wall clock, as the server's own clock shows it (not UTC); rows from that moment on count as changed
-- reception_id   Receptions.ID; never null, each id once
--
-- IDENT does not move DateTimeChanged with every status, so every time that a status sets is asked for as well.
-- A changed bill does not touch its reception, so the orders and their lines are asked too.
-- A build without one of these columns: delete its line. A build with more of them: add a line.
-- CAST brings the parameter to the columns' type; a column under a function would cost the server its index, and one OR over all
-- tables would have it read them whole: hence the UNION, which also names each reception once.
-- The result may be long and is streamed; oldest visit first, so that earlier visits claim deals first.
-- Rules for this folder: comments stand on lines of their own, and no hash sign but the parameters' may occur anywhere below.
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.ID IN (
    SELECT changed.ID
    FROM dbo.Receptions AS changed
    WHERE changed.DateTimeAdded >= CAST(:#since AS datetime)
       OR changed.DateTimeChanged >= CAST(:#since AS datetime)
       OR changed.PatientAppeared >= CAST(:#since AS datetime)
       OR changed.ReceptionStarted >= CAST(:#since AS datetime)
       OR changed.ReceptionEnded >= CAST(:#since AS datetime)
       OR changed.ReceptionCanceled >= CAST(:#since AS datetime)
       OR changed.CheckIssued >= CAST(:#since AS datetime)
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
