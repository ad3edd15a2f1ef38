-- The sample clinic's tables: names, keys and SQL Server types of an IDENT database, as far as they are known.
-- Only columns that integrations are known to meet are here; there are no foreign keys, because broken rows are wanted.
-- All times are the clinic's wall clock without offset. Both H2 and SQL Server take this script; what only one of them takes has a file of its own.

CREATE TABLE dbo.Persons (
    ID int IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    Surname nvarchar(128) NULL,
    Name nvarchar(128) NULL,
    Patronymic nvarchar(128) NULL,
    Birthday nvarchar(32) NULL,
    MobilePhone nvarchar(256) NULL,
    Email nvarchar(128) NULL,
    Sex nvarchar(16) NULL,
    City nvarchar(128) NULL,
    INN nvarchar(16) NULL,
    SNILS nvarchar(16) NULL,
    DateTimeChanged datetime NULL
);

-- Key: ID_Persons. There is no ID_Patients here; ID_Patients elsewhere points to ID_Persons.
CREATE TABLE dbo.Patients (
    ID_Persons int NOT NULL PRIMARY KEY,
    PatientNumber int NULL,
    CardNumber nvarchar(64) NULL,
    Comment nvarchar(max) NULL,
    AdditionalComment nvarchar(max) NULL,
    ParentSNP nvarchar(256) NULL,
    JobPlace nvarchar(256) NULL,
    Profession nvarchar(256) NULL,
    FirstVisit datetime NULL,
    FirstConsultation datetime NULL,
    FirstTreat datetime NULL,
    Status int NULL,
    MinStatus int NULL,
    InitialBalance decimal(18, 2) NULL,
    InitialTreatmentSum decimal(18, 2) NULL,
    ID_Agents int NULL,
    ID_InfoSources int NULL,
    ID_StaffInfoSources int NULL,
    ID_ArchivingReasons int NULL,
    ID_Staffs int NULL,
    ConformToSending bit NULL,
    SMSRejection bit NULL,
    BillIsNecessary bit NULL,
    EGISZRejection bit NULL,
    PatientToothInfo nvarchar(max) NULL,
    ExternalUID nvarchar(64) NULL,
    ID_OldProgram int NULL,
    ID_StaffsChanged int NULL,
    DateTimeChanged datetime NULL
);

CREATE TABLE dbo.ArchivingReasons (
    ID int NOT NULL PRIMARY KEY,
    Name nvarchar(256) NULL
);

-- Key: ID_Persons. A doctor's name is in Persons.
CREATE TABLE dbo.Staffs (
    ID_Persons int NOT NULL PRIMARY KEY,
    Archive bit NULL
);

-- The branches of the clinic.
CREATE TABLE dbo.OwnCompanies (
    ID smallint NOT NULL PRIMARY KEY,
    Name nvarchar(256) NULL,
    BranchName nvarchar(256) NULL
);

CREATE TABLE dbo.Armchairs (
    ID smallint NOT NULL PRIMARY KEY,
    NameArmchair nvarchar(128) NULL,
    ID_OwnCompanies smallint NULL,
    Archive bit NULL
);

-- Past and future visits alike; the status is derived from the times.
CREATE TABLE dbo.Receptions (
    ID int IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    ID_Patients int NULL,
    ID_Staffs int NULL,
    ID_Armchairs smallint NULL,
    PlanStart datetime NULL,
    PlanEnd datetime NULL,
    PatientAppeared datetime NULL,
    ReceptionStarted datetime NULL,
    ReceptionEnded datetime NULL,
    CheckIssued datetime NULL,
    ReceptionCanceled datetime NULL,
    ID_ReceptionCancelReasons int NULL,
    CancelReasonComment nvarchar(max) NULL,
    ID_StaffsReceptionCanceled int NULL,
    ID_ReceptionsTransferFrom int NULL,
    Comment nvarchar(max) NULL,
    DateTimeAdded datetime NULL,
    ID_StaffsAdded int NULL,
    DateTimeChanged datetime NULL,
    ID_StaffsChanged int NULL,
    ReceptionAdded datetime NULL,
    ID_StaffsReceptionAdded int NULL,
    DateTimeNotified datetime NULL,
    IsNotified bit NULL,
    ID_DeliveryNotifications int NULL,
    NeedHandReminder bit NULL,
    ID_ExternalProviders int NULL,
    ExternalProviderComment nvarchar(max) NULL,
    ID_AppointmentSources int NULL,
    ExternalUID nvarchar(64) NULL
);
CREATE INDEX IX_Receptions_Patients ON dbo.Receptions (ID_Patients);
CREATE INDEX IX_Receptions_PlanStart ON dbo.Receptions (PlanStart);
CREATE INDEX IX_Receptions_Changed ON dbo.Receptions (DateTimeChanged);

CREATE TABLE dbo.Orders (
    ID int IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    DateTimeOrder datetime NULL,
    ID_OwnCompanies smallint NULL,
    ID_Receptions int NULL,
    ID_Patients int NULL,
    ID_Staffs int NULL,
    ID_StaffsAssistant int NULL,
    IsBillFormed bit NULL,
    DateTimeBillFormed datetime NULL,
    DateTimeBill datetime NULL,
    DateTimeAdded datetime NULL,
    DateTimeChanged datetime NULL
);
CREATE INDEX IX_Orders_Receptions ON dbo.Orders (ID_Receptions);

CREATE TABLE dbo.ServiceItems (
    ID int NOT NULL PRIMARY KEY,
    Name nvarchar(512) NULL,
    NotAService bit NULL
);

CREATE TABLE dbo.ServiceItemPrices (
    ID int NOT NULL PRIMARY KEY,
    ID_ServiceItems int NOT NULL,
    ID_ServicePriceGroups int NULL,
    Price decimal(18, 2) NULL,
    DateTimeFrom datetime NULL,
    DateTimeTo datetime NULL
);

CREATE TABLE dbo.OrderServiceRelation (
    ID int IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    ID_Orders int NOT NULL,
    ID_ServicePrices int NOT NULL,
    CountService int NULL,
    DiscountSum decimal(18, 2) NULL,
    DeferredDiscountSum decimal(18, 2) NULL,
    TeethLong bigint NULL,
    ID_Returns int NULL,
    DateTimeAdded datetime NULL,
    DateTimeChanged datetime NULL
);
CREATE INDEX IX_OrderServiceRelation_Orders ON dbo.OrderServiceRelation (ID_Orders);

CREATE TABLE dbo.PaymentsIn (
    ID int IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    DateTimePayment datetime NULL,
    ID_OwnCompanies smallint NULL,
    ID_Patients int NULL,
    Payment decimal(18, 2) NULL
);
CREATE INDEX IX_PaymentsIn_Patients ON dbo.PaymentsIn (ID_Patients);

CREATE TABLE dbo.PaymentsOut (
    ID int IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    DateTimePayment datetime NULL,
    ID_Patients int NULL,
    Payment decimal(18, 2) NULL
);
