-- Below this row version every transaction has ended: read before anything else, where Receptions has a column RowVersion.
--
-- row_version   8 bytes; never null
SELECT MIN_ACTIVE_ROWVERSION() AS row_version
