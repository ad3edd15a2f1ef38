-- What SQL Server has and H2 lacks: Receptions.RowVersion rowversion NOT NULL, here counted on with every write.
-- Apart from schema.sql, since older IDENT builds may not have the column.

CREATE SEQUENCE dbo.RowVersions START WITH 2001;
ALTER TABLE dbo.Receptions ADD RowVersion binary(8)
    DEFAULT CAST(NEXT VALUE FOR dbo.RowVersions AS binary(8))
    ON UPDATE CAST(NEXT VALUE FOR dbo.RowVersions AS binary(8)) NOT NULL;
CREATE UNIQUE INDEX IX_Receptions_RowVersion ON dbo.Receptions (RowVersion);

-- The lowest version that each open transaction may have given out; SQL Server knows by itself.
CREATE TABLE dbo.OpenTransactions (
    LowestVersion bigint NOT NULL
);
GRANT SELECT ON SCHEMA dbo TO ident_reader;

-- Among SQL Server's own functions, which take no schema before their names.
SET SCHEMA PUBLIC;
CREATE ALIAS PUBLIC.MIN_ACTIVE_ROWVERSION FOR 'io.identamocrm.clinic.RowVersions.minActive';
