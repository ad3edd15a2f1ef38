-- The clinic server's own clock, read before anything else in a run: all change times are of this clock.
--
-- read_at   date, time   clinic wall clock, never null
SELECT CURRENT_TIMESTAMP AS read_at
