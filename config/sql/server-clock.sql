-- The clinic server's own clock, read before anything else in a run: all change times are of this clock.
--
-- read_at         date, time   clinic wall clock, never null
-- database_name   text         which database this is; with database_guid it tells a wrong one before anything is created from it
-- database_guid   text         the same where several servers have one of this name: stays when a backup of the same database is restored
SELECT CURRENT_TIMESTAMP AS read_at,
       (SELECT MIN(own.CATALOG_NAME) FROM INFORMATION_SCHEMA.SCHEMATA AS own) AS database_name
-- optional sys.databases.service_broker_guid
     , (SELECT CAST(own.service_broker_guid AS nvarchar(36)) FROM sys.databases AS own WHERE own.database_id = DB_ID()) AS database_guid
-- end
