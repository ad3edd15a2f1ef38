-- Up to where changes are complete: read before a run's first reception, only where row-version-column.sql finds the column.
--
-- active_version   binary(8), never null; the lowest row version that a transaction still open may hold
--
-- Every row below it can be seen; from it on, rows may still appear. A run reads what lies below, and the next one begins at it.
SELECT MIN_ACTIVE_ROWVERSION() AS active_version
