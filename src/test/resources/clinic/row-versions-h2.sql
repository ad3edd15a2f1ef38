-- The one thing SQL Server has and H2 lacks: its column is RowVersion rowversion NOT NULL. Here it is counted on with every write.
CREATE SEQUENCE dbo.RowVersions;
ALTER TABLE dbo.Receptions ADD RowVersion binary(8)
    DEFAULT CAST(NEXT VALUE FOR dbo.RowVersions AS binary(8))
    ON UPDATE CAST(NEXT VALUE FOR dbo.RowVersions AS binary(8)) NOT NULL;

-- Versions that open transactions hold back.
CREATE TABLE dbo.OpenTransactions (Version bigint NOT NULL);
CREATE ALIAS PUBLIC.MIN_ACTIVE_ROWVERSION FOR "io.identamocrm.clinic.RowVersions.minActive";
