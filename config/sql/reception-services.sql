-- What was done and billed at receptions: one row for each line of their orders.
--
-- :#in:reception_ids   1 to 250 ids of Receptions; never an empty list; the last may be repeated
--
-- reception_id   number   never null; a reception without services has no row
-- service_name   text     null for lines that are no services (goods, deposits): these cost money but are not named in the deal
-- amount         number   roubles of the line: count x price - discount; null counts for nothing
-- returned       bit      1 = the line was paid back (ID_Returns is set): it is neither named nor counted, but tells that there was a bill
--
-- A bill that was returned as a whole costs 0. Without the alias returned, what comes counts.
-- The order of the rows is the order of the names in the deal.
SELECT o.ID_Receptions AS reception_id,
       CASE WHEN item.NotAService = 1 THEN NULL ELSE item.Name END AS service_name,
       line.CountService * price.Price - COALESCE(line.DiscountSum, 0) AS amount,
       CASE WHEN line.ID_Returns IS NULL THEN 0 ELSE 1 END AS returned
FROM dbo.Orders AS o
JOIN dbo.OrderServiceRelation AS line ON line.ID_Orders = o.ID
JOIN dbo.ServiceItemPrices AS price ON price.ID = line.ID_ServicePrices
JOIN dbo.ServiceItems AS item ON item.ID = price.ID_ServiceItems
WHERE o.ID_Receptions IN (:#in:reception_ids)
ORDER BY o.ID, line.ID
