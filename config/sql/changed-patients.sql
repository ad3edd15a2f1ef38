-- Which patients have changed, or something that is written into their contacts has: read by every incremental run of patients.
--
-- :#since        clinic wall clock, as the server's own clock shows it (not UTC); what is marked from that moment on counts as changed
-- patient_id     Patients.ID_Persons; never null, each id once
-- added_at, changed_at, progressed_at   when it was; the latest of them counts, and the next run goes on from the latest of all; null if
--                IDENT does not tell
--
-- The lines between "optional" and "end" are left out where the database has no such column.
SELECT changes.patient_id, MAX(changes.added_at) AS added_at, MAX(changes.changed_at) AS changed_at,
       MAX(changes.progressed_at) AS progressed_at
FROM (SELECT p.ID_Persons AS patient_id, CAST(NULL AS datetime) AS added_at, p.DateTimeChanged AS changed_at,
             CAST(NULL AS datetime) AS progressed_at
      FROM dbo.Patients AS p
      WHERE p.DateTimeChanged >= CAST(:#since AS datetime)
-- optional Persons.DateTimeChanged
      UNION ALL
      SELECT p.ID_Persons, NULL, person.DateTimeChanged, NULL
      FROM dbo.Persons AS person
      JOIN dbo.Patients AS p ON p.ID_Persons = person.ID
      WHERE person.DateTimeChanged >= CAST(:#since AS datetime)
-- end
      UNION ALL
      SELECT r.ID_Patients, r.DateTimeAdded, r.DateTimeChanged,
             COALESCE(r.CheckIssued, r.ReceptionCanceled, r.ReceptionEnded, r.ReceptionStarted, r.PatientAppeared)
      FROM dbo.Receptions AS r
      WHERE r.ID_Patients IS NOT NULL
        AND (r.DateTimeAdded >= CAST(:#since AS datetime)
          OR r.DateTimeChanged >= CAST(:#since AS datetime)
          OR r.PatientAppeared >= CAST(:#since AS datetime)
          OR r.ReceptionStarted >= CAST(:#since AS datetime)
          OR r.ReceptionEnded >= CAST(:#since AS datetime)
          OR r.ReceptionCanceled >= CAST(:#since AS datetime)
          OR r.CheckIssued >= CAST(:#since AS datetime))
      UNION ALL
      SELECT o.ID_Patients, o.DateTimeAdded, o.DateTimeChanged, NULL
      FROM dbo.Orders AS o
      WHERE o.ID_Patients IS NOT NULL
        AND (o.DateTimeAdded >= CAST(:#since AS datetime) OR o.DateTimeChanged >= CAST(:#since AS datetime))
-- optional OrderServiceRelation.DateTimeChanged OrderServiceRelation.DateTimeAdded
      UNION ALL
      SELECT o.ID_Patients, line.DateTimeAdded, line.DateTimeChanged, NULL
      FROM dbo.OrderServiceRelation AS line
      JOIN dbo.Orders AS o ON o.ID = line.ID_Orders
      WHERE o.ID_Patients IS NOT NULL
        AND (line.DateTimeAdded >= CAST(:#since AS datetime) OR line.DateTimeChanged >= CAST(:#since AS datetime))
-- end
-- optional PaymentsIn.ID_Patients PaymentsIn.DateTimePayment
      UNION ALL
      SELECT paid.ID_Patients, paid.DateTimePayment, NULL, NULL
      FROM dbo.PaymentsIn AS paid
      WHERE paid.ID_Patients IS NOT NULL
        AND paid.DateTimePayment >= CAST(:#since AS datetime)
-- end
-- optional PaymentsOut.ID_Patients PaymentsOut.DateTimePayment
      UNION ALL
      SELECT back.ID_Patients, back.DateTimePayment, NULL, NULL
      FROM dbo.PaymentsOut AS back
      WHERE back.ID_Patients IS NOT NULL
        AND back.DateTimePayment >= CAST(:#since AS datetime)
-- end
     ) AS changes
GROUP BY changes.patient_id
