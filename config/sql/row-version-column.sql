-- Whether this IDENT build counts the changes of receptions by itself; asked at the start and by every run, so that an update of IDENT
-- is noticed.
--
-- row_version_columns   number; 0 = there is no such column, changes are found by their times (changed-receptions.sql)
--                               1 = changes are found by row version (changed-receptions-by-version.sql), which no clock can confuse
--
-- timestamp is the server's own name for the type rowversion; BINARY is that of the demo's database. A column of the same name that
-- holds anything else tells nothing about changes.
-- To have the times used in any case, write SELECT 0 AS row_version_columns instead.
SELECT COUNT(*) AS row_version_columns
FROM INFORMATION_SCHEMA.COLUMNS AS c
WHERE c.TABLE_SCHEMA = 'dbo'
  AND c.TABLE_NAME = 'Receptions'
  AND c.COLUMN_NAME = 'RowVersion'
  AND c.DATA_TYPE IN ('timestamp', 'BINARY')
