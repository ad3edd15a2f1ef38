-- One row for each patient asked for: what runs of patients write into the contact.
--
-- :#in:patient_ids   1 to 250 ids of Patients (ID_Persons); never an empty list; the last may be repeated
--
-- Every alias must be selected, except those between "optional" and "end": these lines are left out, with one warning, where the database
-- has no such column, and the field is then left alone in amoCRM. A build with other names: correct both the comment and the line.
--
-- patient_id           number      never null, each id once
-- read_at              date, time  the server's clock; decides the age, and which birthdays lie in the future
-- patient_number       any type    the patient's running number in IDENT
-- surname, name, patronymic        text, may be padded, empty or null
-- birthday             text or date, dd.MM.yyyy or ISO; anything else counts as unknown
-- mobile_phone         text        as typed: any form, several numbers, none
-- card_number, comment text
-- first_visit          date        or text like birthday
-- sms_rejection        bit         1 = the patient refuses messages; a number or a word such as yes and no does as well
-- In columns of dates, 1900-01-01 counts as null: SQL Server makes it from an empty text.
-- status, gender, email, city, inn, snils, archive_reason   any type, sent as it stands here
-- discount             number      no IDENT build with a known source was seen: select your own between optional lines
SELECT p.ID_Persons AS patient_id,
       CURRENT_TIMESTAMP AS read_at,
       p.PatientNumber AS patient_number,
       person.Surname AS surname,
       person.Name AS name,
       person.Patronymic AS patronymic,
       person.Birthday AS birthday,
       person.MobilePhone AS mobile_phone,
-- optional Patients.Status
       CASE CAST(p.Status AS nvarchar(20)) WHEN N'1' THEN N'Активный' WHEN N'2' THEN N'В архиве' WHEN N'3' THEN N'Удалён' END AS status,
-- end
-- optional Persons.Sex
       person.Sex AS gender,
-- end
-- optional Persons.Email
       person.Email AS email,
-- end
-- optional Persons.City
       person.City AS city,
-- end
-- optional Persons.INN
       person.INN AS inn,
-- end
-- optional Persons.SNILS
       person.SNILS AS snils,
-- end
-- optional ArchivingReasons.Name
       archiving.Name AS archive_reason,
-- end
       p.CardNumber AS card_number,
       p.Comment AS comment,
       p.FirstVisit AS first_visit,
       p.SMSRejection AS sms_rejection
FROM dbo.Patients AS p
LEFT JOIN dbo.Persons AS person ON person.ID = p.ID_Persons
-- optional ArchivingReasons.Name
LEFT JOIN dbo.ArchivingReasons AS archiving ON archiving.ID = p.ID_ArchivingReasons
-- end
WHERE p.ID_Persons IN (:#in:patient_ids)
