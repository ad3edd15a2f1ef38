-- Which receptions have changed: read by every incremental run.
--
-- :#since        clinic wall clock, as the server's own clock shows it (not UTC); rows from that moment on count as changed
-- reception_id   Receptions.ID; never null, each id once
--
-- IDENT does not move DateTimeChanged with every status, so every time that a status sets is asked for as well.
-- A build without one of these columns: delete its line. A build with more of them: add a line.
-- CAST brings the parameter to the columns' type; a column under a function would cost the server its index.
-- The result may be long and is streamed; oldest visit first, so that earlier visits claim deals first.
-- Rules for this folder: comments stand on lines of their own, and no hash sign but the parameters' may occur anywhere below.
SELECT r.ID AS reception_id
FROM dbo.Receptions AS r
WHERE r.DateTimeAdded >= CAST(:#since AS datetime)
   OR r.DateTimeChanged >= CAST(:#since AS datetime)
   OR r.PatientAppeared >= CAST(:#since AS datetime)
   OR r.ReceptionStarted >= CAST(:#since AS datetime)
   OR r.ReceptionEnded >= CAST(:#since AS datetime)
   OR r.ReceptionCanceled >= CAST(:#since AS datetime)
   OR r.CheckIssued >= CAST(:#since AS datetime)
ORDER BY r.PlanStart, r.ID
