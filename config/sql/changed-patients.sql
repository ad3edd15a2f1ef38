-- Which patients have changed, or something that is written into their contacts has: read by every incremental run of patients.
--
-- :#since      clinic wall clock, as the server's own clock shows it (not UTC); what is marked from that moment on counts as changed
-- patient_id   Patients.ID_Persons; never null, each id once
--
-- The lines between "optional" and "end" are left out where the database has no such column.
SELECT p.ID_Persons AS patient_id
FROM dbo.Patients AS p
WHERE p.DateTimeChanged >= CAST(:#since AS datetime)
-- optional Persons.DateTimeChanged
UNION
SELECT p.ID_Persons AS patient_id
FROM dbo.Persons AS person
JOIN dbo.Patients AS p ON p.ID_Persons = person.ID
WHERE person.DateTimeChanged >= CAST(:#since AS datetime)
-- end
UNION
SELECT r.ID_Patients AS patient_id
FROM dbo.Receptions AS r
WHERE r.ID_Patients IS NOT NULL
  AND (r.DateTimeAdded >= CAST(:#since AS datetime)
    OR r.DateTimeChanged >= CAST(:#since AS datetime)
    OR r.PatientAppeared >= CAST(:#since AS datetime)
    OR r.ReceptionStarted >= CAST(:#since AS datetime)
    OR r.ReceptionEnded >= CAST(:#since AS datetime)
    OR r.ReceptionCanceled >= CAST(:#since AS datetime)
    OR r.CheckIssued >= CAST(:#since AS datetime))
UNION
SELECT o.ID_Patients AS patient_id
FROM dbo.Orders AS o
WHERE o.ID_Patients IS NOT NULL
  AND (o.DateTimeAdded >= CAST(:#since AS datetime) OR o.DateTimeChanged >= CAST(:#since AS datetime))
-- optional OrderServiceRelation.DateTimeChanged OrderServiceRelation.DateTimeAdded
UNION
SELECT o.ID_Patients AS patient_id
FROM dbo.OrderServiceRelation AS line
JOIN dbo.Orders AS o ON o.ID = line.ID_Orders
WHERE o.ID_Patients IS NOT NULL
  AND (line.DateTimeAdded >= CAST(:#since AS datetime) OR line.DateTimeChanged >= CAST(:#since AS datetime))
-- end
-- optional PaymentsIn.ID_Patients PaymentsIn.DateTimePayment
UNION
SELECT paid.ID_Patients AS patient_id
FROM dbo.PaymentsIn AS paid
WHERE paid.ID_Patients IS NOT NULL
  AND paid.DateTimePayment >= CAST(:#since AS datetime)
-- end
-- optional PaymentsOut.ID_Patients PaymentsOut.DateTimePayment
UNION
SELECT back.ID_Patients AS patient_id
FROM dbo.PaymentsOut AS back
WHERE back.ID_Patients IS NOT NULL
  AND back.DateTimePayment >= CAST(:#since AS datetime)
-- end
