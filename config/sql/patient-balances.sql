-- What patients have paid in advance or owe: payments less what was billed.
--
-- :#in:patient_ids   1 to 250 ids of Patients (ID_Persons); never an empty list; the last may be repeated
--
-- patient_id   number   never null
-- balance      number   roubles: more than 0 = advance, less = debt; left out where the database has no payments
--
-- A returned line (ID_Returns is set) is not owed. The lines between "optional" and "end" are left out where a column is missing.
SELECT p.ID_Persons AS patient_id
-- optional PaymentsIn.ID_Patients PaymentsIn.Payment
     , COALESCE(p.InitialBalance, 0)
       + (SELECT COALESCE(SUM(paid.Payment), 0) FROM dbo.PaymentsIn AS paid WHERE paid.ID_Patients = p.ID_Persons)
-- optional PaymentsOut.ID_Patients PaymentsOut.Payment
       - (SELECT COALESCE(SUM(back.Payment), 0) FROM dbo.PaymentsOut AS back WHERE back.ID_Patients = p.ID_Persons)
-- end
       - (SELECT COALESCE(SUM(line.CountService * price.Price - COALESCE(line.DiscountSum, 0)), 0)
          FROM dbo.Orders AS o
          JOIN dbo.OrderServiceRelation AS line ON line.ID_Orders = o.ID
          JOIN dbo.ServiceItemPrices AS price ON price.ID = line.ID_ServicePrices
          WHERE o.ID_Patients = p.ID_Persons AND line.ID_Returns IS NULL) AS balance
-- end
FROM dbo.Patients AS p
WHERE p.ID_Persons IN (:#in:patient_ids)
