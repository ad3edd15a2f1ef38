-- Whether a short run would find something: asked every few seconds where Receptions has a column RowVersion.
--
-- :#after             the row version up to which every change of a reception is on record, or was looked at
-- :#next              the row version that is given next if nothing has been written since
-- :#receptions_since  clinic wall clock, as the server's own clock shows it, when the last run of receptions began to read
-- :#patients_since    the same for patients
-- row_version         MIN_ACTIVE_ROWVERSION(), eight bytes; never null
-- receptions_changed  1 if a reception has changed since, else 0; never null
-- bills_changed       1 if a bill has; never null
-- patients_changed    1 if a patient has; never null
--
-- Where no row version has been given since, and that is most of the time, Receptions is not looked at. EXISTS ends at the first row; where
-- there is none, the server reads all of a table whose column has no index. How long this takes decides how often it is asked.
-- Times ahead of the server's clock count when it has caught up with them: else they would start one run after the other.
SELECT MIN_ACTIVE_ROWVERSION() AS row_version,
       CASE WHEN MIN_ACTIVE_ROWVERSION() > CAST(:#next AS binary(8))
              THEN CASE WHEN EXISTS (SELECT 1
                                     FROM dbo.Receptions AS r
                                     WHERE r.RowVersion > CAST(:#after AS binary(8)) AND r.RowVersion < MIN_ACTIVE_ROWVERSION())
                     THEN 1 ELSE 0 END
            ELSE 0 END AS receptions_changed,
       CASE WHEN EXISTS (SELECT 1
                         FROM dbo.Orders AS o
                         WHERE (o.DateTimeAdded > CAST(:#receptions_since AS datetime) AND o.DateTimeAdded <= CURRENT_TIMESTAMP)
                            OR (o.DateTimeChanged > CAST(:#receptions_since AS datetime) AND o.DateTimeChanged <= CURRENT_TIMESTAMP))
              THEN 1
-- optional OrderServiceRelation.DateTimeAdded OrderServiceRelation.DateTimeChanged
            WHEN EXISTS (SELECT 1
                         FROM dbo.OrderServiceRelation AS line
                         WHERE (line.DateTimeAdded > CAST(:#receptions_since AS datetime) AND line.DateTimeAdded <= CURRENT_TIMESTAMP)
                            OR (line.DateTimeChanged > CAST(:#receptions_since AS datetime) AND line.DateTimeChanged <= CURRENT_TIMESTAMP))
              THEN 1
-- end
            ELSE 0 END AS bills_changed,
       CASE WHEN EXISTS (SELECT 1
                         FROM dbo.Patients AS p
                         WHERE p.DateTimeChanged > CAST(:#patients_since AS datetime) AND p.DateTimeChanged <= CURRENT_TIMESTAMP)
              THEN 1
-- optional Persons.DateTimeChanged
            WHEN EXISTS (SELECT 1
                         FROM dbo.Persons AS person
                         WHERE person.DateTimeChanged > CAST(:#patients_since AS datetime)
                           AND person.DateTimeChanged <= CURRENT_TIMESTAMP)
              THEN 1
-- end
            ELSE 0 END AS patients_changed
