-- Which receptions have changed: read by incremental runs where Receptions has no column RowVersion.
--
-- :#since        clinic wall clock, as the server's own clock shows it (not UTC); rows from that moment on count as changed
-- reception_id   Receptions.ID; never null, each id once
--
-- IDENT does not move DateTimeChanged with every status, so every time that a status sets is asked for as well; and a changed bill does
-- not touch the reception, so its orders are asked for.
-- A build without one of these columns: delete its line. A build with more of them: add a line.
-- CAST brings the parameter to the columns' type; a column under a function would cost the server its index.
-- The result may be long and is streamed; oldest visit first, so that earlier visits claim deals first.
-- Rules for this folder: comments stand on lines of their own, and no hash sign but the parameters' may occur anywhere below.
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.ID IN (SELECT changed.ID
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
