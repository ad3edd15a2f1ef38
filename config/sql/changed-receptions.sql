-- Which receptions have changed: read by incremental runs where Receptions has no column RowVersion.
--
-- :#since        clinic wall clock, as the server's own clock shows it (not UTC); rows from that moment on count as changed
-- :#missed_since, :#missed_until   clinic wall clock; visits that nobody came to and that were planned to end between them count as missed
--                by now, though nothing of them has changed
-- reception_id   Receptions.ID; never null, each id once
--
-- Where a visit was completed, or a completed one cancelled, the patient's open visits are looked at too: their funnel follows from it.
--
-- IDENT does not move DateTimeChanged with every status, so every time that a status sets is asked for as well; and a changed bill does
-- not touch the reception, so its orders are asked for.
-- A build without one of these columns: delete its line. A build with more of them: add a line.
-- CAST brings the parameter to the columns' type; a column under a function would cost the server its index.
-- The result may be long and is streamed; oldest visit first, so that earlier visits claim deals first.
-- Rules for this folder: comments stand on lines of their own, and no hash sign but the parameters' may occur anywhere below.
SELECT r.ID AS reception_id
FROM (SELECT changed.ID
      FROM dbo.Receptions AS changed
      WHERE changed.DateTimeAdded >= CAST(:#since AS datetime)
         OR changed.DateTimeChanged >= CAST(:#since AS datetime)
         OR changed.PatientAppeared >= CAST(:#since AS datetime)
         OR changed.ReceptionStarted >= CAST(:#since AS datetime)
         OR changed.ReceptionEnded >= CAST(:#since AS datetime)
         OR changed.ReceptionCanceled >= CAST(:#since AS datetime)
         OR changed.CheckIssued >= CAST(:#since AS datetime)
      UNION
      SELECT missed.ID
      FROM dbo.Receptions AS missed
      WHERE missed.PlanEnd >= CAST(:#missed_since AS datetime)
        AND missed.PlanEnd < CAST(:#missed_until AS datetime)
        AND missed.PatientAppeared IS NULL AND missed.ReceptionStarted IS NULL AND missed.ReceptionEnded IS NULL
        AND missed.CheckIssued IS NULL AND missed.ReceptionCanceled IS NULL AND missed.ID_ReceptionCancelReasons IS NULL
      UNION
      SELECT later.ID
      FROM dbo.Receptions AS finished
      JOIN dbo.Receptions AS later ON later.ID_Patients = finished.ID_Patients
      WHERE (finished.ReceptionEnded IS NOT NULL OR finished.CheckIssued IS NOT NULL)
        AND (finished.ReceptionEnded >= CAST(:#since AS datetime)
          OR finished.CheckIssued >= CAST(:#since AS datetime)
          OR finished.ReceptionCanceled >= CAST(:#since AS datetime)
          OR finished.DateTimeChanged >= CAST(:#since AS datetime))
        AND later.ReceptionEnded IS NULL AND later.CheckIssued IS NULL
        AND later.ReceptionCanceled IS NULL AND later.ID_ReceptionCancelReasons IS NULL
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
     ) AS found
JOIN dbo.Receptions AS r ON r.ID = found.ID
ORDER BY r.PlanStart, r.ID
