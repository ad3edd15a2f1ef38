-- Which receptions have changed: read by incremental runs where Receptions has a column RowVersion, else changed-receptions.sql is.
--
-- :#after        the row version up to which every change is on record
-- :#below        MIN_ACTIVE_ROWVERSION() when the run began (row-version.sql): what open transactions write is at or above it
-- :#since        clinic wall clock; changes of orders from that moment on, as these are told by times only
-- :#missed_since, :#missed_until   clinic wall clock; visits that nobody came to and that were planned to end between them count as missed
--                by now, though nothing of them has changed
-- reception_id   Receptions.ID; never null, each id once
--
-- Where a visit was completed, or a completed one cancelled, the patient's open visits are looked at too: their funnel follows from it.
--
-- SQL Server counts RowVersion on with every write: no clock takes part, no two rows have the same, none is skipped.
-- The result may be long and is streamed; oldest visit first, so that earlier visits claim deals first.
SELECT r.ID AS reception_id
FROM (SELECT changed.ID
      FROM dbo.Receptions AS changed
      WHERE changed.RowVersion > CAST(:#after AS binary(8)) AND changed.RowVersion < CAST(:#below AS binary(8))
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
        AND finished.RowVersion > CAST(:#after AS binary(8)) AND finished.RowVersion < CAST(:#below AS binary(8))
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
